import type { TFunction } from 'i18next';
import { isJsonObject } from '#shared/kernel/json.ts';
import type { RecordEnvelope } from '#shared/records/envelope.ts';
import { numberIn, textIn } from '#shared/records/readBody.ts';
import type { AutomationWords } from '#renderer/data/hooks/useAutomationWords.ts';
import type { RecordWords } from '#renderer/data/hooks/useRecordWords.ts';
import type { ReplicaRecord } from '#renderer/data/replicaApi.ts';
import type { DataColumn } from '#renderer/ui/DataTable.tsx';
import list from '#renderer/ui/ListPage.module.css';
import { RecordLink } from '#renderer/ui/RecordLink.tsx';
import { RelativeTime } from '#renderer/ui/RelativeTime.tsx';
import { StatusMark } from '#renderer/ui/StatusMark.tsx';

interface ColumnParts {
  t: TFunction<'automation'>;
  words: RecordWords;
  automation: AutomationWords;
}

/** The columns of the list of runs. */
export function runColumns({ t, words, automation }: ColumnParts): DataColumn<ReplicaRecord>[] {
  const label = (path: string) => words.field('run', path);
  return [
    {
      id: 'body.ruleName',
      header: label('body.ruleName'),
      width: 300,
      least: 180,
      sortable: true,
      cell: ({ record }) => (
        <RecordLink kind="run" id={record.id}>
          <span dir="auto">{textIn(record.body, 'ruleName') || record.id}</span>
        </RecordLink>
      ),
    },
    {
      id: 'status',
      header: label('status'),
      width: 120,
      least: 112,
      sortable: true,
      cell: ({ record }) => (
        <StatusMark tone={words.tone('run', record.status)}>{words.state('run', record.status)}</StatusMark>
      ),
    },
    {
      id: 'detail',
      header: t('runs.detail'),
      width: 280,
      least: 140,
      sortable: false,
      cell: ({ record }) => <span dir="auto">{detailOf(record, t, words)}</span>,
    },
    {
      id: 'tenantId',
      header: label('tenantId'),
      width: 150,
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
      id: 'body.durationMs',
      header: label('body.durationMs'),
      width: 100,
      least: 96,
      align: 'end',
      sortable: true,
      cell: ({ record }) => {
        const duration = numberIn(record.body, 'durationMs');
        return duration === 0 ? '' : automation.duration(duration);
      },
    },
    {
      id: 'body.startedAt',
      header: label('body.startedAt'),
      width: 120,
      least: 104,
      sortable: true,
      cell: ({ record }) => <RelativeTime instant={textIn(record.body, 'startedAt')} />,
    },
  ];
}

/** What went wrong, what it waits for, or how it came to be. */
function detailOf({ body, status }: RecordEnvelope, t: TFunction<'automation'>, words: RecordWords): string {
  const error = textIn(body, 'error');
  if (error !== '') return error;
  const waiting = body['waiting'];
  if (status === 'waiting' && isJsonObject(waiting)) return t(`waiting.${String(waiting['for'])}`);
  const [origin, eventId] = [textIn(body, 'origin') || 'event', textIn(body, 'eventId')];
  return origin === 'event' && eventId !== '' ? words.name('event', eventId) : t(`origin.${origin}`);
}
