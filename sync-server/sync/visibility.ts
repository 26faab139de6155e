import { holdsAnywhere, permissionMatches } from '#shared/domain/access/decideAccess.ts';
import type { Principal } from '#shared/domain/access/principal.ts';
import { recordViewOf } from '#shared/domain/access/recordView.ts';
import { repeatsOthers } from '#shared/domain/access/viewGrowth.ts';
import { marksErasure } from '#shared/domain/privacy/erasureMarks.ts';
import { canonicalJson } from '#shared/kernel/canonicalJson.ts';
import type { ReplicatedCollection } from '#shared/records/collections.ts';
import { isTombstone, tombstoneOf } from '#shared/records/envelope.ts';
import type { RecordState } from '#shared/records/envelope.ts';
import { kindsOf, permissionResources, requireResource } from '#shared/resources/registry.ts';
import { serverCrypto } from './serverCrypto.ts';
import type { Change, RecordHead, RecordTarget } from '../storage/store.ts';

/** What one person may see of the records. Holds decisions that do not depend on ownership, so scans stay fast. */
export interface View {
  sees: (head: Pick<RecordHead, 'id' | 'kind'> & RecordTarget) => boolean;
  /** The record as this person gets it: redacted, a tombstone, or undefined when it never was theirs to see. */
  show: (change: Change) => RecordState | undefined;
  /** A stored record for an answer to this person; undefined when they may not see it. */
  current: (record: RecordState | undefined) => RecordState | undefined;
  /** Of what repeats records that nobody wrote down: whether they see all that it may be. */
  seesAnything: (tenantId: string) => boolean;
}

export function viewOf(principal: Principal): View {
  const { sees, redact, seesAnything } = recordViewOf(principal, serverCrypto);
  return {
    sees,
    seesAnything,
    show: (change) => {
      const { head } = change;
      if (!head.deleted && sees(head)) {
        const record = change.read();
        return isTombstone(record) ? record : redact(record);
      }
      const saw =
        (head.deleted && sees(head)) ||
        change.departed.some((target) => sees({ ...target, id: head.id, kind: head.kind }));
      if (!saw) return undefined;
      const { id, kind, tenantId, version } = head;
      const gone = tombstoneOf({ id, kind, tenantId, version, _deleted: true }, version);
      return head.deleted && marksErasure(change.read()) ? { ...gone, erased: true } : gone;
    },
    current: (record) => {
      if (!record) return undefined;
      const target = isTombstone(record)
        ? { id: record.id, kind: record.kind, tenantId: record.tenantId, createdBy: '', assignedTo: '' }
        : record;
      if (!sees(target)) return undefined;
      return isTombstone(record) ? record : redact(record);
    },
  };
}

/** Two people with the same key see the same in this collection, so one encoding serves both. */
export function viewKey(principal: Principal, collection: ReplicatedCollection): string {
  const own = new Set(kindsOf(collection).map((kind) => requireResource(kind).permission));
  const seesSome = [...own].some((permission) => holdsAnywhere(principal, `${permission}.view`));
  if (!seesSome && collection !== 'access') return canonicalJson({ collection });
  const permissions = repeatsOthers(collection) ? new Set(permissionResources) : own;
  let owned = collection === 'access';
  let assigned = owned;
  const grants = principal.grants.flatMap((grant) => {
    const holds = (name: string) => grant.permissions.some((pattern) => permissionMatches(pattern, name));
    const seen = [...permissions].filter((permission) => holds(`${permission}.view`));
    const all = seen.filter((permission) => holds(`${permission}.view_all`));
    const part = seen.filter((permission) => !all.includes(permission));
    if (part.length > 0) assigned = true;
    // Of what is repeated nobody knows whose it was: there only whole tenants count.
    if (part.some((permission) => own.has(permission))) owned = true;
    // What was given with an order is for its giver, unless they see everything.
    const everything = holds('*') && grant.tenants === '*' && grant.fieldRules.length === 0;
    if (collection === 'runs' && seen.includes('commands') && !everything) owned = true;
    if (seen.length === 0) return [];
    return [
      { seen, all, tenants: grant.tenants, rules: grant.fieldRules.filter((rule) => permissions.has(rule.resource)) },
    ];
  });
  return canonicalJson({
    collection,
    grants,
    ...(owned ? { id: principal.id } : {}),
    ...(assigned ? { tenants: principal.assignedTenants } : {}),
  });
}
