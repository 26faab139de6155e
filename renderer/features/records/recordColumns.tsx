import type { Resource } from '#shared/records/defineResource.ts';
import type { RecordEnvelope } from '#shared/records/envelope.ts';
import { valueAtPath } from '#shared/records/valueAtPath.ts';
import type { RecordWords } from '#renderer/data/hooks/useRecordWords.ts';
import type { ReplicaRecord } from '#renderer/data/replicaApi.ts';
import type { DataColumn } from '#renderer/ui/DataTable.tsx';
import { RecordLink } from '#renderer/ui/RecordLink.tsx';
import { SyncMark } from '#renderer/ui/SyncMark.tsx';
import { CellValue } from './CellValue.tsx';
import type { ListField } from './listView.ts';

/** The first column leads to the record, the last says whether the server has it. */
export function recordColumns(
  resource: Resource,
  fields: readonly ListField[],
  words: RecordWords,
  labels: { sync: string; platform: string },
): DataColumn<ReplicaRecord>[] {
  const columns = fields.map((field, index): DataColumn<ReplicaRecord> => {
    const draw = ({ record }: ReplicaRecord) => (
      <CellValue record={record} field={field} words={words} platform={labels.platform} />
    );
    return {
      id: field.path,
      header: words.field(resource.kind, field.path),
      width: resource.list.columns.find((column) => column.path === field.path)?.width ?? 140,
      least: leastWidth(field),
      align: field.type === 'number' || field.type === 'money' ? 'end' : 'start',
      sortable: true,
      cell: (row) =>
        index === 0 ? (
          <RecordLink kind={resource.kind} id={row.record.id}>
            {isBlank(row.record, field) ? words.title(row.record) : draw(row)}
          </RecordLink>
        ) : (
          draw(row)
        ),
    };
  });
  const badge: DataColumn<ReplicaRecord> = {
    id: 'sync',
    header: labels.sync,
    width: 112,
    least: 116,
    sortable: false,
    cell: (row) => <SyncMark badge={row.badge} />,
  };
  return [...columns, badge];
}

/** The first column carries the name; a record without one there is named by its title. */
function isBlank(record: RecordEnvelope, field: ListField): boolean {
  return (valueAtPath(record, field.path) ?? '') === '';
}

/** Amounts and states are short and must not be cut. */
function leastWidth(field: ListField): number | undefined {
  return field.type === 'money' || field.type === 'status' ? 116 : undefined;
}
