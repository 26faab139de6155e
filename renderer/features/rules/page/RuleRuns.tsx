import { Anchor } from '@mantine/core';
import { IconPlayerPlay } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import { numberIn, textIn } from '#shared/records/readBody.ts';
import { useAutomationWords } from '#renderer/data/hooks/useAutomationWords.ts';
import { useRecordList } from '#renderer/data/hooks/useRecordList.ts';
import { useRecordWords } from '#renderer/data/hooks/useRecordWords.ts';
import type { ReplicaRecord } from '#renderer/data/replicaApi.ts';
import { EmptyState } from '#renderer/ui/EmptyState.tsx';
import { RecordLink } from '#renderer/ui/RecordLink.tsx';
import { RelativeTime } from '#renderer/ui/RelativeTime.tsx';
import { StatusMark } from '#renderer/ui/StatusMark.tsx';
import { VirtualList } from '#renderer/ui/VirtualList.tsx';
import classes from '../Rules.module.css';

/** Runs of the tab; the list of runs holds the rest. */
const runsShown = 200;

/** The newest runs of a rule, and the way to all. */
export function RuleRuns({ ruleId }: { ruleId: string }) {
  const { t } = useTranslation('automation');
  const words = useRecordWords();
  const found = useRecordList({
    kind: 'run',
    filters: [{ path: 'body.ruleId', operator: 'is', value: ruleId }],
    sort: [{ path: 'body.startedAt', descending: true }],
    limit: runsShown,
  });
  if (found.rows.length === 0)
    return (
      <EmptyState
        icon={<IconPlayerPlay size={32} />}
        title={t(found.state === 'reading' ? 'reading' : 'rules.noRunsTitle')}
        description={found.state === 'reading' ? undefined : t('rules.noRunsText')}
      />
    );
  return (
    <>
      <VirtualList
        items={found.rows}
        keyOf={(row) => row.record.id}
        estimate={40}
        label={words.kinds('run')}
        render={(row) => <RunRow row={row} />}
      />
      <p className={classes.tabFoot}>
        {t('count', { shown: found.rows.length, total: found.count })}
        <Anchor component={Link} size="xs" href={`/runs?rule=${encodeURIComponent(ruleId)}`} data-testid="all-runs">
          {t('rules.allRuns')}
        </Anchor>
      </p>
    </>
  );
}

function RunRow({ row: { record } }: { row: ReplicaRecord }) {
  const { t } = useTranslation('automation');
  const words = useRecordWords();
  const automation = useAutomationWords();
  const { body, status } = record;
  const duration = numberIn(body, 'durationMs');
  return (
    <div className={classes.runRow}>
      <StatusMark tone={words.tone('run', status)}>{words.state('run', status)}</StatusMark>
      <span className={classes.runCell}>
        <RecordLink kind="run" id={record.id}>
          {textIn(body, 'error') || t(`origin.${textIn(body, 'origin') || 'event'}`)}
        </RecordLink>
      </span>
      <span className={classes.runCell}>{words.name('tenant', record.tenantId)}</span>
      <span className={classes.end}>{duration === 0 ? '' : automation.duration(duration)}</span>
      <span className={classes.end}>
        <RelativeTime instant={textIn(body, 'startedAt')} />
      </span>
    </div>
  );
}
