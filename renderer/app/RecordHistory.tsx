import { useLocation } from 'wouter';
import { HistoryTab } from '#renderer/features/records/HistoryTab.tsx';
import { useRecordForm } from '#renderer/features/records/useRecordForm.ts';
import type { RecordEnvelope } from '#shared/records/envelope.ts';
import { requireResource } from '#shared/resources/registry.ts';

/** What the log says about a record, for pages of other features. A value put back waits in the record's form, which opens. */
export function RecordHistory({ record }: { record: RecordEnvelope }) {
  const [, navigate] = useLocation();
  const resource = requireResource(record.kind);
  const form = useRecordForm(resource, record, 'edit');
  return (
    <HistoryTab
      resource={resource}
      record={record}
      form={form}
      onRestored={() => navigate(`/records/${record.kind}/${encodeURIComponent(record.id)}`)}
    />
  );
}
