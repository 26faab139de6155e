import { OlderBar } from '#renderer/features/records/OlderBar.tsx';
import { listFields } from '#renderer/features/records/listView.ts';
import { requireResource } from '#shared/resources/registry.ts';

const resource = requireResource('auditEntry');
const fields = listFields(resource);

/** The way to entries of the log that only the server keeps, in the bar below the log. */
export function OlderAuditEntries() {
  return <OlderBar resource={resource} fields={fields} within />;
}
