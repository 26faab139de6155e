import { Tooltip } from '@mantine/core';
import { IconEyeOff } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import classes from './ChangeTable.module.css';
import { DiffPieces } from './DiffPieces.tsx';
import { FieldDiff } from './FieldDiff.tsx';
import { wordDiff } from './wordDiff.ts';

type Side = { state: 'value'; text: string } | { state: 'none' } | { state: 'withheld' };

interface ChangeTableProps {
  changes: readonly { key: string; label: string; before: Side; after: Side; action?: ReactNode }[];
  words: {
    caption: string;
    field: string;
    before: string;
    after: string;
    empty: string;
    /** In place of a value that was taken away, and why it is. */
    withheld: string;
    withheldText: string;
  };
}

/** Characters from which on a text is compared word by word rather than shown twice. */
const longText = 40;

/** What changed, field by field, in words; long texts show which words. A value that was taken away says so. */
export function ChangeTable({ changes, words }: ChangeTableProps) {
  return (
    <FieldDiff
      words={words}
      rows={changes.map(({ key, label, before, after, action }) => {
        const isCompared =
          before.state === 'value' &&
          after.state === 'value' &&
          before.text !== '' &&
          after.text !== '' &&
          Math.max(before.text.length, after.text.length) >= longText;
        const pieces = isCompared ? wordDiff(before.text, after.text) : undefined;
        const shown = (side: Side, name: 'before' | 'after'): ReactNode => {
          if (side.state === 'withheld') return <Withheld word={words.withheld} why={words.withheldText} />;
          if (pieces) return <DiffPieces pieces={pieces} side={name} />;
          if (side.state === 'none' || side.text === '') return <span className={classes.empty}>{words.empty}</span>;
          return side.text;
        };
        return {
          key,
          label,
          before: (
            <span className={classes.value} dir="auto">
              {shown(before, 'before')} {action}
            </span>
          ),
          after: (
            <span className={classes.value} dir="auto">
              {shown(after, 'after')}
            </span>
          ),
        };
      })}
    />
  );
}

/** Stands for a value that was erased or is not for this reader. */
export function Withheld({ word, why }: { word: string; why: string }) {
  return (
    <Tooltip label={why} multiline maw={320}>
      <span className={classes.withheld} tabIndex={0} aria-label={`${word}: ${why}`} role="note">
        <IconEyeOff size={12} aria-hidden="true" />
        {word}
      </span>
    </Tooltip>
  );
}
