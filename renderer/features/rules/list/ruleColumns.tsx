import type { TFunction } from 'i18next';
import { rule } from '#shared/resources/automation/rule.ts';
import { triggerSchema } from '#shared/resources/automation/trigger.ts';
import { numberIn, textIn } from '#shared/records/readBody.ts';
import type { AutomationWords } from '#renderer/data/hooks/useAutomationWords.ts';
import type { RecordWords } from '#renderer/data/hooks/useRecordWords.ts';
import type { ReplicaRecord } from '#renderer/data/replicaApi.ts';
import type { DataColumn } from '#renderer/ui/DataTable.tsx';
import list from '#renderer/ui/ListPage.module.css';
import { RecordLink } from '#renderer/ui/RecordLink.tsx';
import { RelativeTime } from '#renderer/ui/RelativeTime.tsx';
import { Sparkline } from '#renderer/ui/Sparkline.tsx';
import { SyncMark } from '#renderer/ui/SyncMark.tsx';
import { triggerIcons, unknownIcon } from '#renderer/ui/stepIcons.ts';
import classes from '../Rules.module.css';
import { ActiveSwitch } from './ActiveSwitch.tsx';
import { figureDays } from './ruleFigures.ts';
import type { RuleFigures } from './ruleFigures.ts';

interface ColumnParts {
  t: TFunction<'automation'>;
  words: RecordWords;
  automation: AutomationWords;
  figures: ReadonlyMap<string, RuleFigures>;
}

/** The columns of the list of rules. */
export function ruleColumns({ t, words, automation, figures }: ColumnParts): DataColumn<ReplicaRecord>[] {
  const label = (path: string) => words.field(rule.kind, path);
  return [
    {
      id: 'body.isActive',
      header: label('body.isActive'),
      width: 64,
      least: 64,
      sortable: true,
      cell: ({ record }) => <ActiveSwitch record={record} />,
    },
    {
      id: 'body.name',
      header: label('body.name'),
      width: 300,
      least: 200,
      sortable: true,
      cell: ({ record, badge }) => (
        <span className={list.two}>
          <span className={classes.nameLine}>
            <RecordLink kind="rule" id={record.id}>
              <span dir="auto">{words.title(record)}</span>
            </RecordLink>
            {badge !== 'synced' && <SyncMark badge={badge} />}
          </span>
          <span className={list.second} dir="auto">
            {textIn(record.body, 'description')}
          </span>
        </span>
      ),
    },
    {
      id: 'body.trigger',
      header: label('body.trigger'),
      width: 220,
      least: 150,
      sortable: false,
      cell: ({ record }) => <TriggerCell trigger={record.body['trigger']} automation={automation} />,
    },
    {
      id: 'tenantId',
      header: t('rules.scopeColumn'),
      width: 116,
      least: 96,
      sortable: true,
      cell: ({ record }) =>
        record.tenantId === '' ? (
          <span className={list.second}>{t('platform')}</span>
        ) : (
          <span dir="auto">{words.name('tenant', record.tenantId)}</span>
        ),
    },
    {
      id: 'body.lastExecutedAt',
      header: label('body.lastExecutedAt'),
      width: 110,
      least: 100,
      sortable: true,
      cell: ({ record }) => {
        const at = textIn(record.body, 'lastExecutedAt');
        return at === '' ? <span className={list.second}>{t('rules.never')}</span> : <RelativeTime instant={at} />;
      },
    },
    {
      id: 'success',
      header: t('rules.success', { days: figureDays }),
      width: 164,
      least: 164,
      sortable: false,
      cell: ({ record }) => (
        <SuccessCell figures={figures.get(record.id)} t={t} words={words} automation={automation} />
      ),
    },
    {
      id: 'week',
      header: t('rules.week'),
      width: 72,
      least: 68,
      align: 'end',
      sortable: false,
      cell: ({ record }) => words.number(figures.get(record.id)?.week ?? 0),
    },
    {
      id: 'body.priority',
      header: label('body.priority'),
      width: 92,
      least: 92,
      align: 'end',
      sortable: true,
      cell: ({ record }) => words.number(numberIn(record.body, 'priority')),
    },
  ];
}

function TriggerCell({ trigger, automation }: { trigger: unknown; automation: AutomationWords }) {
  const read = triggerSchema.safeParse(trigger);
  if (!read.success) return null;
  const Icon = triggerIcons[read.data.type] ?? unknownIcon;
  const text = automation.trigger(read.data);
  return (
    <span className={list.withIcon} title={text}>
      <Icon size={14} role="img" aria-label={automation.triggerType(read.data.type)} />
      {/* A pattern alone says enough beside its sign, and is cut at its own end. */}
      {read.data.type === 'event' ? <span dir="ltr">{read.data.pattern}</span> : <span dir="auto">{text}</span>}
    </span>
  );
}

interface SuccessCellProps extends Omit<ColumnParts, 'figures'> {
  figures: RuleFigures | undefined;
}

function SuccessCell({ figures, t, words, automation }: SuccessCellProps) {
  if (!figures) return <span className={list.second}>{t('rules.noRuns')}</span>;
  const bad = figures.days.reduce((sum, day) => sum + day.bad, 0);
  const all = bad + figures.days.reduce((sum, day) => sum + day.good, 0);
  return (
    <span className={classes.success}>
      <Sparkline
        days={figures.days}
        label={t('rules.sparkline', { days: figureDays, runs: words.number(all), failed: words.number(bad) })}
      />
      <span>{figures.rate === undefined ? '–' : automation.percent(figures.rate)}</span>
    </span>
  );
}
