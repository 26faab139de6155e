import { Anchor } from '@mantine/core';
import { IconListSearch } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import type { Json } from '#shared/kernel/json.ts';
import type { RecordEnvelope } from '#shared/records/envelope.ts';
import { useRecordList } from '#renderer/data/hooks/useRecordList.ts';
import { useRecordWords } from '#renderer/data/hooks/useRecordWords.ts';
import type { ReplicaRecord } from '#renderer/data/replicaApi.ts';
import { EmptyState } from '#renderer/ui/EmptyState.tsx';
import { RecordLink } from '#renderer/ui/RecordLink.tsx';
import { RelativeTime } from '#renderer/ui/RelativeTime.tsx';
import { StatusMark } from '#renderer/ui/StatusMark.tsx';
import { SyncMark } from '#renderer/ui/SyncMark.tsx';
import { VirtualList } from '#renderer/ui/VirtualList.tsx';
import { tenantListPath } from './tenantListPath.ts';
import classes from './Tenants.module.css';

interface TenantRecordsProps {
  kind: string;
  tenantId: string;
  /** Records of the platform apply to the tenant too. */
  andPlatform?: boolean;
  /** A path, with `-` in front for descending. */
  sort: string;
  /** Paths shown beside the title. */
  fields: readonly string[];
}

/** Rows of a tab; the list of the kind holds the rest. */
const recordsShown = 500;

/** The records of one kind that belong to a tenant: the first of them, and the way to all. */
export function TenantRecords({ kind, tenantId, andPlatform, sort, fields }: TenantRecordsProps) {
  const { t } = useTranslation('tenants');
  const words = useRecordWords();
  const order = [{ path: sort.replace(/^-/, ''), descending: sort.startsWith('-') }];
  const tenants: Json[] = [tenantId, ''];
  const list = useRecordList(
    andPlatform
      ? { kind, sort: order, filters: [{ path: 'tenantId', operator: 'in', value: tenants }], limit: recordsShown }
      : { kind, tenantId, sort: order, limit: recordsShown },
  );
  if (list.state === 'failed')
    return <EmptyState icon={<IconListSearch size={32} />} title={t('list.failed')} description={list.problem} />;
  if (list.rows.length === 0) {
    return list.state === 'reading' ? null : (
      <EmptyState
        icon={<IconListSearch size={32} />}
        title={t('list.empty', { kind: words.kinds(kind) })}
        description={t('list.emptyText')}
      />
    );
  }
  const template = { gridTemplateColumns: `minmax(0, 2fr) 130px repeat(${fields.length}, minmax(0, 1fr))` };
  return (
    <div className={classes.records}>
      <div className={`${classes.recordRow} ${classes.recordHead}`} style={template} aria-hidden="true">
        <span>{t('list.count', { count: list.count })}</span>
        <span />
        {fields.map((path) => (
          <span key={path}>{words.field(kind, path)}</span>
        ))}
      </div>
      <VirtualList
        items={list.rows}
        keyOf={(row) => row.record.id}
        estimate={40}
        label={words.kinds(kind)}
        render={(row) => (
          <div className={classes.recordRow} style={template}>
            <RowCells row={row} kind={kind} fields={fields} />
          </div>
        )}
      />
      {list.count > list.rows.length && (
        <p className={classes.recordMore}>
          {t('list.shown', { shown: list.rows.length, total: list.count })}
          <Anchor component={Link} size="xs" href={tenantListPath(kind, tenantId)}>
            {t('list.all', { kind: words.kinds(kind) })}
          </Anchor>
        </p>
      )}
    </div>
  );
}

function RowCells({
  row: { record, badge },
  kind,
  fields,
}: {
  row: ReplicaRecord;
  kind: string;
  fields: readonly string[];
}) {
  const words = useRecordWords();
  return (
    <>
      <span className={classes.cell}>
        <RecordLink kind={kind} id={record.id}>
          {words.title(record)}
        </RecordLink>
        {badge !== 'synced' && <SyncMark badge={badge} />}
      </span>
      <span className={classes.cell}>
        {record.status !== '' && (
          <StatusMark tone={words.tone(kind, record.status)}>{words.state(kind, record.status)}</StatusMark>
        )}
      </span>
      {fields.map((path) => (
        <span key={path} className={classes.cell}>
          <Cell record={record} kind={kind} path={path} />
        </span>
      ))}
    </>
  );
}

function Cell({ record, kind, path }: { record: RecordEnvelope; kind: string; path: string }) {
  const words = useRecordWords();
  if (path === 'createdAt') return <RelativeTime instant={record.createdAt} />;
  if (path === 'tenantId') return words.value(kind, path, record.tenantId);
  const value = record.body[path.slice('body.'.length)];
  if (path.endsWith('At') || path.endsWith('.at')) {
    return typeof value === 'string' && value !== '' ? <RelativeTime instant={value} /> : null;
  }
  return words.value(kind, path, value, record.body);
}
