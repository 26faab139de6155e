import { IconPlayerPlay } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { numberIn, textIn } from '#shared/records/readBody.ts';
import { useAutomationWords } from '#renderer/data/hooks/useAutomationWords.ts';
import { useRecordList } from '#renderer/data/hooks/useRecordList.ts';
import { useRecordWords } from '#renderer/data/hooks/useRecordWords.ts';
import { EmptyState } from '#renderer/ui/EmptyState.tsx';
import { RecordLink } from '#renderer/ui/RecordLink.tsx';
import { StatusMark } from '#renderer/ui/StatusMark.tsx';
import { VirtualList } from '#renderer/ui/VirtualList.tsx';
import classes from './Events.module.css';

/** Runs shown; no event sets off more rules. */
const runsShown = 500;

/** The runs that an event caused. */
export function EventRuns({ eventId }: { eventId: string }) {
  const { t } = useTranslation('automation');
  const words = useRecordWords();
  const automation = useAutomationWords();
  const found = useRecordList({
    kind: 'run',
    filters: [{ path: 'body.eventId', operator: 'is', value: eventId }],
    sort: [{ path: 'body.startedAt', descending: false }],
    limit: runsShown,
  });
  if (found.rows.length === 0)
    return (
      <EmptyState
        icon={<IconPlayerPlay size={32} />}
        title={t(found.state === 'reading' ? 'reading' : 'events.noRuns')}
        description={found.state === 'reading' ? undefined : t('events.noRunsText')}
      />
    );
  return (
    <VirtualList
      items={found.rows}
      keyOf={(row) => row.record.id}
      estimate={40}
      label={words.kinds('run')}
      render={({ record }) => (
        <div className={classes.runRow}>
          <StatusMark tone={words.tone('run', record.status)}>{words.state('run', record.status)}</StatusMark>
          <RecordLink kind="run" id={record.id}>
            <bdi>{textIn(record.body, 'ruleName')}</bdi>
          </RecordLink>
          <span className={classes.quiet} dir="auto">
            {textIn(record.body, 'error')}
          </span>
          <span>{automation.duration(numberIn(record.body, 'durationMs'))}</span>
        </div>
      )}
    />
  );
}
