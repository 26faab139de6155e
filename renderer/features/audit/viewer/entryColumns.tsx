import type { TFunction } from 'i18next';
import { toneOfAction } from '#renderer/data/audit/actionGroups.ts';
import { viewEntry } from '#renderer/data/audit/entryView.ts';
import type { EntryWords } from '#renderer/data/audit/useEntryWords.ts';
import type { RecordWords } from '#renderer/data/hooks/useRecordWords.ts';
import type { ReplicaRecord } from '#renderer/data/replicaApi.ts';
import type { DataColumn } from '#renderer/ui/DataTable.tsx';
import list from '#renderer/ui/ListPage.module.css';
import { StatusMark } from '#renderer/ui/StatusMark.tsx';
import classes from './Viewer.module.css';

interface ColumnParts {
  t: TFunction<'audit'>;
  words: RecordWords;
  entries: EntryWords;
  /** Beside an open entry there is room for the most important ones only. */
  narrow: boolean;
}

/** The columns of the log. */
export function entryColumns({ t, words, entries, narrow }: ColumnParts): DataColumn<ReplicaRecord>[] {
  const label = (path: string) => words.field('auditEntry', path);
  const first: DataColumn<ReplicaRecord>[] = [
    {
      id: 'body.at',
      header: label('body.at'),
      width: 146,
      least: 146,
      sortable: !narrow,
      cell: ({ record }) => {
        const { at = '' } = viewEntry(record).body;
        return (
          <time className={classes.time} dateTime={at} title={entries.moment(at)}>
            {entries.short(at)}
          </time>
        );
      },
    },
    {
      id: 'body.actorName',
      header: label('body.actorName'),
      width: 150,
      least: 108,
      sortable: false,
      cell: ({ record }) => {
        const entry = viewEntry(record);
        const actor = entries.actor(entry);
        if (actor === '' || (entry.withheld.has('actorName') && !entry.body.actorName))
          return (
            <span className={list.second}>{actor || t(entry.body.thinned ? 'thinned.mark' : 'withheld.mark')}</span>
          );
        return <span dir="auto">{actor}</span>;
      },
    },
    {
      id: 'body.action',
      header: label('body.action'),
      width: 140,
      least: 128,
      sortable: false,
      cell: ({ record }) => {
        const entry = viewEntry(record);
        return <StatusMark tone={toneOfAction(entry.body.action ?? '')}>{entries.action(entry)}</StatusMark>;
      },
    },
    {
      id: 'body.resource',
      header: t('list.what'),
      width: 250,
      least: 140,
      sortable: false,
      cell: ({ record }) => {
        const entry = viewEntry(record);
        const subject = entries.subject(entry);
        return (
          <span className={classes.what}>
            <span className={classes.kind}>{entries.resource(entry.body.resource ?? '')}</span>
            {subject !== '' && <bdi>{subject}</bdi>}
          </span>
        );
      },
    },
  ];
  if (narrow) return first;
  return [
    ...first,
    {
      id: 'detail',
      header: t('list.detail'),
      width: 200,
      least: 110,
      sortable: false,
      cell: ({ record }) => {
        const entry = viewEntry(record);
        return (
          <span className={list.second} dir="auto">
            {entry.body.reason || entries.fields(entry)}
          </span>
        );
      },
    },
    {
      id: 'tenantId',
      header: label('tenantId'),
      width: 130,
      least: 96,
      sortable: false,
      cell: ({ record }) =>
        record.tenantId === '' ? (
          <span className={list.second}>{t('platform')}</span>
        ) : (
          <span dir="auto">{words.name('tenant', record.tenantId)}</span>
        ),
    },
    {
      id: 'body.number',
      header: label('body.number'),
      width: 84,
      least: 76,
      align: 'end',
      sortable: false,
      cell: ({ record }) => <span className={classes.time}>{viewEntry(record).body.number ?? ''}</span>,
    },
  ];
}
