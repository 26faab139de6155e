import { Button } from '@mantine/core';
import { IconArrowBackUp } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { recordDifferences } from '#shared/records/recordDifferences.ts';
import { useRecordWords } from '#renderer/data/hooks/useRecordWords.ts';
import type { OutboxEntry } from '#renderer/data/replicaApi.ts';
import { FieldDiff } from '#renderer/ui/FieldDiff.tsx';
import { RecordLink } from '#renderer/ui/RecordLink.tsx';
import { RelativeTime } from '#renderer/ui/RelativeTime.tsx';
import { SyncMark } from '#renderer/ui/SyncMark.tsx';
import classes from './Outbox.module.css';
import type { WaitingReason } from './waitingReason.ts';

const shownAtFirst = 4;

interface OutboxRowProps {
  entry: OutboxEntry;
  waiting: WaitingReason;
  onWithdraw: () => void;
}

/** One unsent edit with its changes. */
export function OutboxRow({ entry, waiting, onWithdraw }: OutboxRowProps) {
  const { t } = useTranslation('outbox');
  const words = useRecordWords();
  const [all, setAll] = useState(false);
  const differences = entry.operation === 'delete' ? [] : recordDifferences(entry.base, entry.mine);
  const shown = all ? differences : differences.slice(0, shownAtFirst);
  const hidden = differences.length - shown.length;
  const title = words.title(entry.mine) || words.title(entry.base) || entry.mine.id;
  return (
    <article className={classes.row} data-testid={`outbox-row-${entry.mine.id}`}>
      <header className={classes.rowHead}>
        <div className={classes.rowTitle}>
          <span className={classes.quiet}>
            {t(`operation.${entry.operation}`)} · {words.kind(entry.kind)}
          </span>
          <RecordLink kind={entry.kind} id={entry.mine.id}>
            {title}
          </RecordLink>
        </div>
        <span className={classes.when}>
          <RelativeTime instant={entry.editedAt} />
        </span>
        <Button
          variant="default"
          size="xs"
          leftSection={<IconArrowBackUp size={14} />}
          data-testid="withdraw"
          aria-label={t('withdraw.label', { title })}
          onClick={onWithdraw}
        >
          {t('withdraw.button')}
        </Button>
      </header>
      <p className={classes.waiting}>
        <SyncMark badge={waiting === 'needs_decision' ? 'conflict' : 'waiting'} />
        <span>{t(`waiting.${waiting}`)}</span>
      </p>
      {entry.reason !== '' && <p className={classes.quiet}>{t('reason', { reason: entry.reason })}</p>}
      {shown.length > 0 && (
        <FieldDiff
          tone="waiting"
          words={{ caption: t('changes', { title }), field: t('field'), before: t('before'), after: t('after') }}
          rows={shown.map(({ path, before, after }) => ({
            key: path,
            label: words.field(entry.kind, path),
            before: words.value(entry.kind, path, before),
            after: words.value(entry.kind, path, after),
          }))}
        />
      )}
      {hidden > 0 && (
        <Button variant="subtle" size="compact-xs" onClick={() => setAll(true)}>
          {t('showAll', { count: hidden })}
        </Button>
      )}
    </article>
  );
}
