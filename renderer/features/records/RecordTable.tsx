import { useHotkeys } from '@mantine/hooks';
import type { HotkeyItem } from '@mantine/hooks';
import { useMemo, useRef, useState } from 'react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocation } from 'wouter';
import type { Resource } from '#shared/records/defineResource.ts';
import type { RecordEnvelope } from '#shared/records/envelope.ts';
import { useRecordWords } from '#renderer/data/hooks/useRecordWords.ts';
import type { RecordWords } from '#renderer/data/hooks/useRecordWords.ts';
import type { ReplicaRecord } from '#renderer/data/replicaApi.ts';
import { DataTable } from '#renderer/ui/DataTable.tsx';
import type { DataColumn } from '#renderer/ui/DataTable.tsx';
import { RecordLink } from '#renderer/ui/RecordLink.tsx';
import { SyncMark } from '#renderer/ui/SyncMark.tsx';
import { recordPath } from '#renderer/ui/recordPath.ts';
import { rowHeights, useDensity } from '#renderer/ui/useDensity.ts';
import { BulkDialog } from './BulkDialog.tsx';
import { CellValue } from './CellValue.tsx';
import type { ListField, ListView } from './listView.ts';
import { SelectionBar } from './SelectionBar.tsx';
import type { BulkPurpose } from './SelectionBar.tsx';
import { valueAtPath } from '#shared/records/valueAtPath.ts';
import { neighbourOf, toggled } from './selection.ts';

interface RecordTableProps {
  resource: Resource;
  rows: readonly ReplicaRecord[];
  fields: readonly ListField[];
  sort: ListView['sort'];
  onSort: (sort: ListView['sort']) => void;
  /** Shown instead of a table without rows. */
  empty: ReactNode;
}

const keyOf = (row: ReplicaRecord) => row.record.id;
const physical = { usePhysicalKeys: true };

/** The rows of a list with selection, keys and what can be done with many at once. */
export function RecordTable({ resource, rows, fields, sort, onSort, empty }: RecordTableProps) {
  const { t } = useTranslation('records');
  const words = useRecordWords();
  const [, navigate] = useLocation();
  const [density] = useDensity();
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const [current, setCurrent] = useState('');
  // The records as they were chosen: what a change takes out of the list stays in its result.
  const [bulk, setBulk] = useState<{ purpose: BulkPurpose; records: readonly RecordEnvelope[] }>();
  const anchor = useRef('');
  const order = useMemo(() => rows.map(keyOf), [rows]);
  // What a filter took away is not selected any more: nobody changes what they do not see.
  const selected = useMemo(() => {
    if (chosen.size === 0) return chosen;
    return new Set(order.filter((id) => chosen.has(id)));
  }, [chosen, order]);
  const targets = useMemo(
    () => (selected.size === 0 ? [] : rows.filter((row) => selected.has(keyOf(row))).map((row) => row.record)),
    [rows, selected],
  );
  const toggle = (key: string, range: boolean) => {
    setChosen(toggled(selected, order, key, anchor.current, range));
    anchor.current = key;
    setCurrent(key);
  };
  const open = (id: string, edit: boolean) => id !== '' && navigate(recordPath(resource.kind, id, edit));
  const assign = () => {
    if (resource.writer === 'server') return;
    const records = selected.size > 0 ? targets : rows.filter((row) => keyOf(row) === current).map((row) => row.record);
    if (records.length > 0) setBulk({ purpose: 'assign', records });
  };
  const keys: HotkeyItem[] = [
    ['J', () => setCurrent(neighbourOf(order, current, 1)), physical],
    ['K', () => setCurrent(neighbourOf(order, current, -1)), physical],
    ['X', () => current !== '' && toggle(current, false), physical],
    ['shift+X', () => current !== '' && toggle(current, true), physical],
    ['E', () => open(current, true), physical],
    ['A', assign, physical],
    ['Enter', () => open(current, false), { ...physical, preventDefault: false }],
    ['Escape', () => setChosen(new Set()), { preventDefault: false }],
  ];
  useHotkeys(bulk ? [] : keys);

  const columns = useMemo(
    () => columnsOf(resource, fields, words, { sync: t('list.sync'), platform: t('platform') }),
    [resource, fields, words, t],
  );
  return (
    <>
      {selected.size > 0 && (
        <SelectionBar
          resource={resource}
          ids={targets.map((record) => record.id)}
          onAct={(purpose) => setBulk({ purpose, records: targets })}
          onClear={() => setChosen(new Set())}
        />
      )}
      {rows.length === 0 ? (
        empty
      ) : (
        <DataTable
          rows={rows}
          keyOf={keyOf}
          columns={columns}
          sort={sort.map((one) => ({ id: one.path, descending: one.descending }))}
          onSort={(next) => onSort(next.map((one) => ({ path: one.id, descending: one.descending })))}
          selected={selected}
          onToggle={toggle}
          onToggleAll={(on) => setChosen(new Set(on ? order : []))}
          current={current}
          onCurrent={setCurrent}
          onOpen={(row) => open(keyOf(row), false)}
          rowHeight={rowHeights[density]}
          words={{
            table: t('list.table', { kinds: words.kinds(resource.kind) }),
            selectAll: t('list.selectAll'),
            selectRow: (row) => t('list.selectRow', { title: words.title(row.record) }),
            sortHint: t('list.sortHint'),
          }}
        />
      )}
      {bulk && (
        <BulkDialog
          resource={resource}
          records={bulk.records}
          purpose={bulk.purpose === 'delete' ? 'delete' : 'edit'}
          path={bulk.purpose === 'assign' ? 'assignedTo' : undefined}
          onClose={() => setBulk(undefined)}
        />
      )}
    </>
  );
}

/** The first column leads to the record, the last says whether the server has it. */
function columnsOf(
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
