import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { isTombstone } from '#shared/records/envelope.ts';
import { recordDifferences } from '#shared/records/recordDifferences.ts';
import { useRecordWords } from '#renderer/data/hooks/useRecordWords.ts';
import type { RecordPatch } from '#renderer/data/replicaApi.ts';
import { FieldDiff } from '#renderer/ui/FieldDiff.tsx';
import type { ConflictEntry } from './ConflictCard.tsx';
import { EntryCard } from './EntryCard.tsx';
import classes from './Inbox.module.css';
import { useResolve } from './useResolve.tsx';

interface DeletionConflictProps {
  entry: ConflictEntry;
  current: boolean;
  shape: 'deleted_there' | 'deleted_here';
}

/** One side deleted what the other edited: shows the edits that are at stake, and both ways out. */
export function DeletionConflict({ entry, current, shape }: DeletionConflictProps) {
  const { t } = useTranslation('inbox');
  const words = useRecordWords();
  const { settle, deleteAnyway } = useResolve();
  const edited = shape === 'deleted_there' ? entry.mine : entry.theirs;
  const differences = recordDifferences(entry.base, edited);
  return (
    <EntryCard
      entry={entry}
      current={current}
      testId={`conflict-${entry.recordId}`}
      explanation={t(`deletion.${shape}`)}
    >
      {differences.length > 0 && (
        <FieldDiff
          words={{
            caption: t('deletion.changes'),
            field: t('field'),
            before: t('conflict.before'),
            after: t(`deletion.after_${shape}`),
          }}
          rows={differences.map(({ path, before, after }) => ({
            key: path,
            label: words.field(entry.kind, path),
            before: words.value(entry.kind, path, before),
            after: words.value(entry.kind, path, after),
          }))}
        />
      )}
      {!entry.resolved && (
        <footer className={classes.actions}>
          <span className={classes.spread} />
          <Button
            variant="default"
            size="xs"
            data-testid="take-theirs"
            onClick={() => void settle(entry, 'theirs', 'toast.resolved')}
          >
            {t(`deletion.theirs_${shape}`)}
          </Button>
          {shape === 'deleted_there' ? (
            <Button
              size="xs"
              data-testid="take-mine"
              onClick={() => void settle(entry, wholeOf(entry), 'toast.restored')}
            >
              {t('deletion.restore')}
            </Button>
          ) : (
            <Button size="xs" color="red" data-testid="take-mine" onClick={() => void deleteAnyway(entry)}>
              {t('deletion.deleteAnyway')}
            </Button>
          )}
        </footer>
      )}
    </EntryCard>
  );
}

function wholeOf(entry: ConflictEntry): RecordPatch {
  if (isTombstone(entry.mine)) return {};
  return { body: entry.mine.body, status: entry.mine.status, assignedTo: entry.mine.assignedTo };
}
