import { decideAccess, permissionMatches } from '#shared/domain/access/decideAccess.ts';
import type { AccessTarget } from '#shared/domain/access/decideAccess.ts';
import { redactRecord } from '#shared/domain/access/fieldAccess.ts';
import type { Principal } from '#shared/domain/access/principal.ts';
import { canonicalJson } from '#shared/kernel/canonicalJson.ts';
import type { ReplicatedCollection } from '#shared/records/collections.ts';
import { isTombstone, tombstoneOf } from '#shared/records/envelope.ts';
import type { RecordState } from '#shared/records/envelope.ts';
import { kindsOf, requireResource, resourceByKind } from '#shared/resources/registry.ts';
import { hidesInAudit, redactChanges } from './auditRedaction.ts';
import type { Change, RecordHead, RecordTarget } from '../storage/store.ts';

/** What one person may see of the records. Holds decisions that do not depend on ownership, so scans stay fast. */
export interface View {
  sees: (head: Pick<RecordHead, 'id' | 'kind'> & RecordTarget) => boolean;
  /** The record as this person gets it: redacted, a tombstone, or undefined when it never was theirs to see. */
  show: (change: Change) => RecordState | undefined;
  /** A stored record for an answer to this person; undefined when they may not see it. */
  current: (record: RecordState | undefined) => RecordState | undefined;
}

export function viewOf(principal: Principal): View {
  const ownerless = new Map<string, boolean>();
  const mayView = (kind: string, target: AccessTarget): boolean => {
    const resource = resourceByKind(kind);
    return resource !== undefined && decideAccess(principal, `${resource.permission}.view`, target).allowed;
  };
  const sees: View['sees'] = (head) => {
    if (head.kind === 'staff' && head.id === principal.id) return principal.grants.length > 0;
    const key = `${head.kind}|${head.tenantId}`;
    let open = ownerless.get(key);
    if (open === undefined) ownerless.set(key, (open = mayView(head.kind, { tenantId: head.tenantId })));
    if (open) return true;
    if (head.createdBy !== principal.id && head.assignedTo !== principal.id) return false;
    return mayView(head.kind, head);
  };
  const redact = (record: RecordState): RecordState =>
    isTombstone(record)
      ? record
      : redactChanges(principal, redactRecord(principal, requireResource(record.kind), record));
  return {
    sees,
    show: (change) => {
      const { head } = change;
      if (!head.deleted && sees(head)) return redact(change.read());
      const saw =
        (head.deleted && sees(head)) ||
        change.departed.some((target) => sees({ ...target, id: head.id, kind: head.kind }));
      return saw
        ? tombstoneOf(
            { id: head.id, kind: head.kind, tenantId: head.tenantId, version: head.version, _deleted: true },
            head.version,
          )
        : undefined;
    },
    current: (record) => {
      if (!record) return undefined;
      const target = isTombstone(record)
        ? { id: record.id, kind: record.kind, tenantId: record.tenantId, createdBy: '', assignedTo: '' }
        : record;
      return sees(target) ? redact(record) : undefined;
    },
  };
}

/** Two people with the same key see the same in this collection, so one encoding serves both. */
export function viewKey(principal: Principal, collection: ReplicatedCollection): string {
  const permissions = new Set(kindsOf(collection).map((kind) => requireResource(kind).permission));
  let owned = collection === 'access';
  const grants = principal.grants.flatMap((grant) => {
    const holds = (name: string) => grant.permissions.some((pattern) => permissionMatches(pattern, name));
    const seen = [...permissions].filter((permission) => holds(`${permission}.view`));
    const all = seen.filter((permission) => holds(`${permission}.view_all`));
    if (all.length < seen.length) owned = true;
    if (seen.length === 0) return [];
    return [
      { seen, all, tenants: grant.tenants, rules: grant.fieldRules.filter((rule) => permissions.has(rule.resource)) },
    ];
  });
  return canonicalJson({
    collection,
    grants,
    ...(hidesInAudit(principal, collection) ? { id: principal.id, every: principal.grants } : {}),
    ...(owned ? { id: principal.id, assigned: principal.assignedTenants } : {}),
  });
}
