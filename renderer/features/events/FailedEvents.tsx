import { IconBan, IconCircleCheck, IconPencil, IconRefresh } from '@tabler/icons-react';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { mostIds } from '#shared/domain/automation/commands.ts';
import { textIn } from '#shared/records/readBody.ts';
import { useTenantFilter } from '#renderer/data/hooks/tenantFilter.ts';
import { useAccess } from '#renderer/data/hooks/useAccess.ts';
import type { CommandControl } from '#renderer/data/hooks/useCommand.ts';
import { useStepsAccess } from '#renderer/data/hooks/useStepsAccess.ts';
import type { StepsAccess } from '#renderer/data/hooks/useStepsAccess.ts';
import { useRecordGroups } from '#renderer/data/hooks/useRecordGroups.ts';
import { useRecordList } from '#renderer/data/hooks/useRecordList.ts';
import { useRecordWords } from '#renderer/data/hooks/useRecordWords.ts';
import { useReplica } from '#renderer/data/hooks/useReplica.ts';
import type { RecordQuery, Replica, ReplicaRecord } from '#renderer/data/replicaApi.ts';
import { EmptyState } from '#renderer/ui/EmptyState.tsx';
import { GuardedButton } from '#renderer/ui/GuardedButton.tsx';
import { RecordLink } from '#renderer/ui/RecordLink.tsx';
import { RelativeTime } from '#renderer/ui/RelativeTime.tsx';
import { SplitView } from '#renderer/ui/SplitView.tsx';
import { VirtualList } from '#renderer/ui/VirtualList.tsx';
import { EditEventDialog } from './EditEventDialog.tsx';
import classes from './Events.module.css';
import { isWithheld } from './eventActs.ts';
import { IgnoreDialog } from './IgnoreDialog.tsx';
import { useEventListStore } from './eventListStore.ts';
import { failedBy, failedGroups } from './failedGroups.ts';
import type { FailedGroup } from './failedGroups.ts';

/** Rows of a group that are shown; acts go over all of them. */
const rowsShown = 500;
/** Of them, those whose rules are asked whether the whole group may be retried; the server asks for every one. */
const rowsAsked = 50;

/** Failed events by what made them fail: one cause is repaired once, for all of its events. */
export function FailedEvents({ control }: { control: CommandControl }) {
  const { t } = useTranslation('automation');
  const tenantId = useTenantFilter();
  const groups = useRecordGroups(
    { kind: 'event', tenantId, filters: [{ path: 'status', operator: 'is', value: 'failed' }] },
    failedBy,
  );
  const causes = useMemo(() => (groups ? failedGroups(groups) : undefined), [groups]);
  const { group: chosen, choose } = useEventListStore();
  const group = causes?.find((one) => one.key === chosen) ?? causes?.[0];
  if (!causes) return <EmptyState icon={<IconRefresh size={32} />} title={t('reading')} />;
  if (!group)
    return (
      <EmptyState
        icon={<IconCircleCheck size={32} />}
        title={t('failedView.none')}
        description={t('failedView.noneText')}
      />
    );
  return (
    <SplitView
      words={{ list: t('failedView.causes'), detail: t('failedView.events') }}
      list={
        <VirtualList
          items={causes}
          keyOf={(one) => one.key}
          estimate={64}
          label={t('failedView.causes')}
          current={group.key}
          render={(one) => <CauseRow group={one} current={one.key === group.key} onChoose={() => choose(one.key)} />}
        />
      }
      detail={<CauseDetail key={group.key} group={group} tenantId={tenantId} control={control} />}
    />
  );
}

function CauseRow({ group, current, onChoose }: { group: FailedGroup; current: boolean; onChoose: () => void }) {
  const { t } = useTranslation('automation');
  const words = useRecordWords();
  return (
    <button
      type="button"
      className={classes.cause}
      data-current={current || undefined}
      aria-pressed={current}
      data-testid="failed-group"
      onClick={onChoose}
    >
      <span className={classes.causeCount}>{words.number(group.count)}</span>
      <span className={classes.causeWords}>
        <span className={classes.causeError}>
          <bdi>{group.pattern || t('failedView.noError')}</bdi>
        </span>
        <span className={classes.quiet}>{failureWord(group.failure, t)}</span>
      </span>
    </button>
  );
}

function failureWord(failure: string, t: (key: string) => string): string {
  return t(`failure.${failure === '' ? 'unknown' : failure}`);
}

function CauseDetail({ group, tenantId, control }: { group: FailedGroup; tenantId: string; control: CommandControl }) {
  const { t } = useTranslation('automation');
  const replica = useReplica();
  const access = useAccess();
  const [ignoring, setIgnoring] = useState<readonly string[]>();
  const [editing, setEditing] = useState<ReplicaRecord>();
  const query: RecordQuery = {
    kind: 'event',
    tenantId,
    filters: [
      { path: 'status', operator: 'is', value: 'failed' },
      { path: 'body.failure', operator: 'is', value: group.failure },
      { path: 'body.error', operator: 'in', value: [...group.errors] },
    ],
    sort: [{ path: 'body.occurredAt', descending: true }],
  };
  const found = useRecordList({ ...query, limit: rowsShown });
  const sample = found.rows[0] ? textIn(found.rows[0].record.body, 'error') : '';
  const whyNot = access('events.edit') || access('commands.create');
  const steps = useStepsAccess();
  const verdicts = found.rows.slice(0, rowsAsked).map((row) => steps.ofEvent(row.record));
  const barred = verdicts.find((one) => one.whyNot !== '')?.whyNot ?? '';
  const retryAll = async () => {
    const eventIds = await idsOf(replica, query);
    if (eventIds.length > 0 && (await steps.prove(...verdicts))) await control.give('retryEvents', { eventIds });
  };
  return (
    <div className={classes.detail}>
      <header className={classes.detailHead}>
        <h2 className={classes.detailTitle}>{failureWord(group.failure, t)}</h2>
        <p className={classes.detailError}>
          <bdi>{sample}</bdi>
        </p>
        <p className={classes.quiet}>{t(`failure.${group.failure === '' ? 'unknown' : group.failure}Help`)}</p>
        <div className={classes.detailActions}>
          <GuardedButton
            size="compact-sm"
            leftSection={<IconRefresh size={14} />}
            whyNot={whyNot || barred}
            data-testid="retry-group"
            onClick={() => void retryAll()}
          >
            {t('failedView.retryAll', { count: Math.min(group.count, mostIds) })}
          </GuardedButton>
          <GuardedButton
            size="compact-sm"
            variant="default"
            leftSection={<IconBan size={14} />}
            whyNot={whyNot}
            data-testid="ignore-group"
            onClick={() => void idsOf(replica, query).then(setIgnoring)}
          >
            {t('failedView.ignoreAll')}
          </GuardedButton>
        </div>
      </header>
      <VirtualList
        items={found.rows}
        keyOf={(row) => row.record.id}
        estimate={44}
        label={t('failedView.events')}
        render={(row) => (
          <FailedRow row={row} whyNot={whyNot} steps={steps} control={control} onEdit={() => setEditing(row)} />
        )}
      />
      {found.count > found.rows.length && (
        <p className={classes.more}>{t('count', { shown: found.rows.length, total: found.count })}</p>
      )}
      {ignoring && <IgnoreDialog eventIds={ignoring} control={control} onClose={() => setIgnoring(undefined)} />}
      {editing && <EditEventDialog record={editing.record} control={control} onClose={() => setEditing(undefined)} />}
    </div>
  );
}

/** Ids of all events a query finds, as many as one command may name. */
async function idsOf(replica: Replica, query: RecordQuery): Promise<string[]> {
  const ids: string[] = [];
  const enough = new AbortController();
  await replica.readRows(
    query,
    (rows) => {
      ids.push(...rows.map((row) => row.record.id));
      if (ids.length >= mostIds) enough.abort();
    },
    enough.signal,
  );
  return ids.slice(0, mostIds);
}

interface FailedRowProps {
  row: ReplicaRecord;
  whyNot: string;
  steps: StepsAccess;
  control: CommandControl;
  onEdit: () => void;
}

function FailedRow({ row: { record }, whyNot, steps, control, onEdit }: FailedRowProps) {
  const { t } = useTranslation('automation');
  const words = useRecordWords();
  const verdict = steps.ofEvent(record);
  const barred = whyNot || verdict.whyNot;
  const retry = async () => {
    if (await steps.prove(verdict)) await control.give('retryEvents', { eventIds: [record.id] }, record.tenantId);
  };
  return (
    <div className={classes.failedRow} data-testid={`failed-${record.id}`}>
      <span className={classes.failedName}>
        <RecordLink kind="event" id={record.id}>
          <bdi>{words.title(record)}</bdi>
        </RecordLink>
        <span className={classes.quiet}>
          <bdi>{record.tenantId === '' ? t('platform') : words.name('tenant', record.tenantId)}</bdi> ·{' '}
          <RelativeTime instant={textIn(record.body, 'occurredAt')} />
        </span>
      </span>
      <GuardedButton
        size="compact-xs"
        variant="subtle"
        leftSection={<IconPencil size={12} />}
        whyNot={barred || (isWithheld(record) ? t('withheld') : '')}
        data-testid={`edit-${record.id}`}
        onClick={onEdit}
      >
        {t('events.edit')}
      </GuardedButton>
      <GuardedButton
        size="compact-xs"
        variant="default"
        leftSection={<IconRefresh size={12} />}
        whyNot={barred}
        data-testid={`retry-${record.id}`}
        onClick={() => void retry()}
      >
        {t('events.retry')}
      </GuardedButton>
    </div>
  );
}
