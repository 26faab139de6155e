import type { TFunction } from 'i18next';
import { numberIn, textIn } from '#shared/records/readBody.ts';
import type { RecordWords } from '#renderer/data/hooks/useRecordWords.ts';
import type { ReplicaRecord } from '#renderer/data/replicaApi.ts';
import type { DataColumn } from '#renderer/ui/DataTable.tsx';
import list from '#renderer/ui/ListPage.module.css';
import { RecordLink } from '#renderer/ui/RecordLink.tsx';
import { RelativeTime } from '#renderer/ui/RelativeTime.tsx';
import { StatusMark } from '#renderer/ui/StatusMark.tsx';

/** The columns of the list of events. */
export function eventColumns(t: TFunction<'automation'>, words: RecordWords): DataColumn<ReplicaRecord>[] {
  const label = (path: string) => words.field('event', path);
  return [
    {
      id: 'body.code',
      header: words.kind('event'),
      width: 260,
      least: 180,
      sortable: true,
      cell: ({ record }) => (
        <RecordLink kind="event" id={record.id}>
          <span dir="auto">{words.title(record)}</span>
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
        <StatusMark tone={words.tone('event', record.status)}>{words.state('event', record.status)}</StatusMark>
      ),
    },
    {
      id: 'tenantId',
      header: label('tenantId'),
      width: 160,
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
      id: 'detail',
      header: t('events.detail'),
      width: 260,
      least: 120,
      sortable: false,
      cell: ({ record }) => {
        const error = textIn(record.body, 'error');
        const matched = numberIn(record.body, 'matched');
        return <span dir="auto">{error || (matched > 0 ? t('events.matched', { count: matched }) : '')}</span>;
      },
    },
    {
      id: 'body.source',
      header: label('body.source'),
      width: 100,
      least: 88,
      sortable: true,
      cell: ({ record }) => <span dir="auto">{textIn(record.body, 'source')}</span>,
    },
    {
      id: 'body.occurredAt',
      header: label('body.occurredAt'),
      width: 120,
      least: 104,
      sortable: true,
      cell: ({ record }) => <RelativeTime instant={textIn(record.body, 'occurredAt')} />,
    },
  ];
}
