import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { isTombstone } from '#shared/records/envelope.ts';
import { useRecordWords } from '#renderer/data/hooks/useRecordWords.ts';
import type { InboxEntry } from '#renderer/data/replicaApi.ts';
import { ConflictField } from './ConflictField.tsx';
import { DeletionConflict } from './DeletionConflict.tsx';
import { EntryCard } from './EntryCard.tsx';
import classes from './Inbox.module.css';
import { useInboxStore } from './inboxStore.ts';
import { conflictShape, undecided } from './resolution.ts';
import type { Choices } from './resolution.ts';
import { useResolve } from './useResolve.tsx';

export type ConflictEntry = Extract<InboxEntry, { type: 'conflict' }>;

const noChoices: Choices = {};

/** A conflict: what it was, mine and theirs for every field, and the decision. */
export function ConflictCard({ entry, current }: { entry: ConflictEntry; current: boolean }) {
  const { t } = useTranslation('inbox');
  const words = useRecordWords();
  const choices = useInboxStore((state) => state.choices[entry.id] ?? noChoices);
  const choose = useInboxStore((state) => state.choose);
  const { applyChoices } = useResolve();
  const shape = conflictShape(entry.mine, entry.theirs);
  if (shape !== 'fields') return <DeletionConflict entry={entry} current={current} shape={shape} />;
  const open = undecided(entry.conflicts, choices).length;
  const takeAll = (take: 'mine' | 'theirs') =>
    entry.conflicts.forEach((conflict) => choose(entry.id, conflict.path, { take }));
  const author = isTombstone(entry.theirs) ? '' : words.name('staff', entry.theirs.updatedBy);
  return (
    <EntryCard
      entry={entry}
      current={current}
      testId={`conflict-${entry.recordId}`}
      explanation={t('conflict.explanation', { count: entry.conflicts.length, author })}
    >
      <div role="group" aria-label={t('conflict.fields')} className={classes.fields}>
        {entry.conflicts.map((conflict) => (
          <ConflictField
            key={conflict.path}
            kind={entry.kind}
            conflict={conflict}
            author={author}
            choice={choices[conflict.path]}
            disabled={entry.resolved}
            onChoose={(choice) => choose(entry.id, conflict.path, choice)}
          />
        ))}
      </div>
      {!entry.resolved && (
        <footer className={classes.actions}>
          {entry.conflicts.length > 1 && (
            <>
              <Button variant="default" size="xs" data-testid="take-all-mine" onClick={() => takeAll('mine')}>
                {t('conflict.allMine')}
              </Button>
              <Button variant="default" size="xs" data-testid="take-all-theirs" onClick={() => takeAll('theirs')}>
                {t('conflict.allTheirs')}
              </Button>
            </>
          )}
          <span className={classes.spread}>{open > 0 ? t('conflict.open', { count: open }) : t('conflict.ready')}</span>
          <Button size="xs" disabled={open > 0} data-testid="resolve" onClick={() => void applyChoices(entry, choices)}>
            {t('conflict.apply')}
          </Button>
        </footer>
      )}
    </EntryCard>
  );
}
