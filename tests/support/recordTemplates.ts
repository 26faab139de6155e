import type { IdSource } from '#shared/kernel/sources.ts';
import type { Resource } from '#shared/records/defineResource.ts';
import type { RecordEnvelope } from '#shared/records/envelope.ts';
import { generateDemoData } from '#server/features/demo/generateDemoData.ts';

/** One valid record of every kind, from the demo data. */
export function recordTemplates(now: number): ReadonlyMap<string, RecordEnvelope> {
  const sizes = { tenants: 6, rules: 6, events: 60, auditEntries: 20, referrals: 40, clicks: 20, anomalies: 10 };
  const found = new Map<string, RecordEnvelope>();
  for (const records of generateDemoData({ ...sizes, seed: 3, now }))
    for (const record of records) if (!found.has(record.kind)) found.set(record.kind, record);
  return found;
}

/**
 * A valid record of the kind that belongs to nobody, unless told otherwise; without roles and system marks, which have rules of
 * their own.
 * @throws Error when the demo data has none of the kind
 */
export function recordFrom(
  templates: ReadonlyMap<string, RecordEnvelope>,
  resource: Resource,
  ids: IdSource,
  changes: Partial<RecordEnvelope> = {},
): RecordEnvelope {
  const template = templates.get(resource.kind);
  if (!template) throw new Error(`the demo data has no ${resource.kind}`);
  const id = ids();
  const plain: RecordEnvelope['body'] =
    resource.kind === 'staff' ? { roles: [] } : resource.kind === 'role' ? { isSystem: false } : {};
  return {
    ...template,
    id,
    tenantId: resource.kind === 'tenant' ? id : template.tenantId,
    createdBy: 'stranger',
    assignedTo: '',
    version: 1,
    ...changes,
    body: { ...template.body, ...plain, ...changes.body },
  };
}
