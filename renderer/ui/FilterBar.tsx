import { Button, TextInput } from '@mantine/core';
import { IconSearch, IconX } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import classes from './ListPage.module.css';

interface FilterBarProps {
  words: { label: string; search: string; reset: string };
  text: string;
  onText: (text: string) => void;
  /** Of the search field. */
  testId: string;
  /** The list shows less than everything, so that there is a way back. */
  isNarrowed: boolean;
  onReset: () => void;
  /** What else narrows the list. */
  children?: ReactNode;
}

/** The bar above a list: a search, what else narrows it, and the way back to everything. */
export function FilterBar({ words, text, onText, testId, isNarrowed, onReset, children }: FilterBarProps) {
  return (
    <div className={classes.toolbar} role="search" aria-label={words.label}>
      <TextInput
        className={classes.search}
        type="search"
        aria-label={words.search}
        placeholder={words.search}
        leftSection={<IconSearch size={14} />}
        value={text}
        data-testid={testId}
        onChange={(event) => onText(event.currentTarget.value)}
      />
      {children}
      {isNarrowed && (
        <Button
          variant="subtle"
          color="gray"
          leftSection={<IconX size={14} />}
          data-testid="clear-filters"
          onClick={onReset}
        >
          {words.reset}
        </Button>
      )}
    </div>
  );
}
