import { hiddenFields } from '#shared/domain/access/fieldAccess.ts';
import type { Principal } from '#shared/domain/access/principal.ts';
import { isJsonObject } from '#shared/kernel/json.ts';
import type { ReplicatedCollection } from '#shared/records/collections.ts';
import type { RecordEnvelope } from '#shared/records/envelope.ts';
import { auditEntry } from '#shared/resources/audit/auditEntry.ts';
import { resourceByKind } from '#shared/resources/registry.ts';

/** True when what this person sees of the audit log depends on rules about other kinds. */
export function hidesInAudit(principal: Principal, collection: ReplicatedCollection): boolean {
  return collection === auditEntry.collection && principal.grants.some((grant) => grant.fieldRules.length > 0);
}

/** An audit entry without the values of fields that the person may not see in the record itself; other kinds as they are. */
export function redactChanges(principal: Principal, record: RecordEnvelope): RecordEnvelope {
  const about = record.kind === auditEntry.kind ? resourceByKind(String(record.body['resource'])) : undefined;
  const changes: unknown = record.body['changes'];
  if (!about || !Array.isArray(changes) || !hidesInAudit(principal, 'audit')) return record;
  // As if the record were the person's own: then every role that shows the kind in this tenant counts.
  const hidden = hiddenFields(principal, about, { ...record, createdBy: principal.id });
  const isHidden = (path: unknown) =>
    hidden.some((name) => path === `body.${name}` || String(path).startsWith(`body.${name}.`));
  const shown = changes.map((change) =>
    isJsonObject(change) && isHidden(change['path'])
      ? Object.fromEntries(Object.entries(change).map(([key, value]) => [key, key === 'path' ? value : '[REDACTED]']))
      : change,
  );
  return { ...record, body: { ...record.body, changes: shown } };
}
