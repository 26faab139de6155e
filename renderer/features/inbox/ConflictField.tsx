import { Button } from '@mantine/core';
import { IconCheck, IconPencil } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { MergeConflict } from '#shared/records/merge.ts';
import { useRecordWords } from '#renderer/data/hooks/useRecordWords.ts';
import classes from './Inbox.module.css';
import type { FieldChoice } from './resolution.ts';
import { ValueEditor } from './ValueEditor.tsx';

interface ConflictFieldProps {
  kind: string;
  conflict: MergeConflict;
  /** Who wrote theirs. */
  author: string;
  choice: FieldChoice | undefined;
  disabled: boolean;
  onChoose: (choice: FieldChoice) => void;
}

/** One field that both sides changed: before, mine and theirs side by side; either is taken by choosing its column. */
export function ConflictField({ kind, conflict, author, choice, disabled, onChoose }: ConflictFieldProps) {
  const { t } = useTranslation('inbox');
  const words = useRecordWords();
  const label = words.field(kind, conflict.path);
  const show = (value: MergeConflict['mine']) => words.value(kind, conflict.path, value);
  const take = choice?.take;
  return (
    <fieldset className={classes.field} disabled={disabled}>
      <legend className={classes.legend}>{label}</legend>
      <div className={classes.columns}>
        <div className={classes.side}>
          <span className={classes.sideName}>{t('conflict.before')}</span>
          <span className={classes.value}>{show(conflict.base)}</span>
        </div>
        <Side
          name={t('conflict.mine')}
          action={t('conflict.takeMine')}
          label={t('conflict.takeMineOf', { field: label })}
          testId="take-mine"
          chosen={take === 'mine'}
          disabled={disabled}
          onTake={() => onChoose({ take: 'mine' })}
        >
          {show(conflict.mine)}
        </Side>
        <Side
          name={author === '' ? t('conflict.theirs') : t('conflict.theirsBy', { author })}
          action={t('conflict.takeTheirs')}
          label={t('conflict.takeTheirsOf', { field: label })}
          testId="take-theirs"
          chosen={take === 'theirs'}
          disabled={disabled}
          onTake={() => onChoose({ take: 'theirs' })}
        >
          {show(conflict.theirs)}
        </Side>
      </div>
      {choice?.take === 'edited' ? (
        <div className={classes.editor}>
          <span className={classes.sideName}>{t('conflict.edited')}</span>
          <ValueEditor
            label={t('conflict.editedOf', { field: label })}
            value={choice.value}
            options={words.options(kind, conflict.path)}
            onChange={(value) => onChoose({ take: 'edited', value })}
          />
        </div>
      ) : (
        !disabled &&
        conflict.path !== 'status' && (
          <Button
            variant="subtle"
            size="compact-xs"
            className={classes.editButton}
            leftSection={<IconPencil size={14} />}
            data-testid="edit-value"
            aria-label={t('conflict.editOf', { field: label })}
            onClick={() => onChoose({ take: 'edited', value: conflict.mine ?? conflict.theirs ?? '' })}
          >
            {t('conflict.edit')}
          </Button>
        )
      )}
    </fieldset>
  );
}

interface SideProps {
  name: string;
  action: string;
  label: string;
  testId: string;
  chosen: boolean;
  disabled: boolean;
  onTake: () => void;
  children: ReactNode;
}

function Side({ name, action, label, testId, chosen, disabled, onTake, children }: SideProps) {
  return (
    <div className={classes.side} data-chosen={chosen || undefined}>
      <span className={classes.sideName}>{name}</span>
      <span className={classes.value}>{children}</span>
      {!disabled && (
        <Button
          variant={chosen ? 'filled' : 'default'}
          size="compact-xs"
          className={classes.take}
          leftSection={chosen ? <IconCheck size={14} /> : undefined}
          aria-pressed={chosen}
          aria-label={label}
          data-testid={testId}
          onClick={onTake}
        >
          {action}
        </Button>
      )}
    </div>
  );
}
