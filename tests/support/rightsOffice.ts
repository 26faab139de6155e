import type { Principal } from '#shared/domain/access/principal.ts';
import { systemRoles } from '#shared/domain/access/systemRoles.ts';
import type { JsonObject } from '#shared/kernel/json.ts';
import { createUuidV7Source } from '#shared/kernel/uuidV7.ts';
import type { PushAnswer } from '#shared/protocol/messages.ts';
import type { ReplicatedCollection } from '#shared/records/collections.ts';
import { isTombstone, tombstoneOf } from '#shared/records/envelope.ts';
import type { RecordEnvelope, RecordState } from '#shared/records/envelope.ts';
import { requireResource } from '#shared/resources/registry.ts';
import { createAccessWatch } from '#server/rights.ts';
import type { AccessWatch } from '#server/rights.ts';
import { createSeededRandom } from '#server/features/demo/seededRandom.ts';
import { openSqliteStore } from '#server/storage/sqlite/openSqliteStore.ts';
import type { SyncStore } from '#server/storage/store.ts';
import { createPrincipals } from '#server/sync/principals.ts';
import type { Principals } from '#server/sync/principals.ts';
import { createSyncCore } from '#server/sync/syncCore.ts';
import type { SyncCore } from '#server/sync/syncCore.ts';

export interface HeldRole {
  role: string;
  expiresAt?: string;
  reason?: string;
}

/** The real write path over a store in memory, where rights follow from the records of staff and roles. */
export interface RightsOffice {
  store: SyncStore;
  core: SyncCore;
  principals: Principals;
  watch: AccessWatch;
  /** Moves the clock; milliseconds. */
  pass: (milliseconds: number) => void;
  now: () => number;
  principal: (id: string) => Principal;
  /** Stores a record as it is. */
  put: (kind: string, id: string, body: JsonObject, changes?: Partial<RecordEnvelope>) => Promise<RecordEnvelope>;
  hire: (id: string, ...roles: HeldRole[]) => Promise<RecordEnvelope>;
  record: (id: string) => Promise<RecordEnvelope>;
  /** Pushes what `change` makes of a record, or a new one. */
  edit: (
    by: string,
    id: string,
    change: (record: RecordEnvelope) => Partial<RecordEnvelope>,
    options?: EditOptions,
  ) => Promise<PushAnswer>;
  push: (by: string, doc: RecordState, baseVersion: number, options?: EditOptions) => Promise<PushAnswer>;
  remove: (by: string, id: string) => Promise<PushAnswer>;
  /** Bodies of audit entries with an action, oldest first. */
  entries: (action: string) => Promise<JsonObject[]>;
  close: () => Promise<void>;
}

interface EditOptions {
  reason?: string;
  elevated?: boolean;
}

/** As staff records hold them. */
export function held(...roles: HeldRole[]): JsonObject[] {
  return roles.map(({ role, expiresAt = '', reason = 'Asked for' }) => ({ id: role, roleId: role, expiresAt, reason }));
}

export async function openRightsOffice(): Promise<RightsOffice> {
  let now = Date.parse('2026-11-21T12:00:00.000Z');
  const clock = () => now;
  const store = openSqliteStore(':memory:', clock);
  const ids = createUuidV7Source(clock, createSeededRandom(5).bytes);
  const principals = createPrincipals(store, clock);
  const watch = createAccessWatch(store, clock);
  const core = createSyncCore({
    store,
    clock,
    ids,
    currentPrincipal: ({ id }) => principals.principalOf(id),
    recorder: watch.recorder,
  });
  core.onCommitted(async () => void (await principals.refresh()));
  const collectionOf = (kind: string) => requireResource(kind).collection as ReplicatedCollection;
  const nobody: Principal = { id: 'nobody', name: 'Nobody', grants: [], assignedTenants: [] };
  const office: RightsOffice = {
    store,
    core,
    principals,
    watch,
    pass: (milliseconds) => (now += milliseconds),
    now: clock,
    principal: (id) => principals.principalOf(id) ?? { ...nobody, id },
    put: async (kind, id, body, changes = {}) => {
      const at = new Date(now).toISOString();
      const made = { createdAt: at, createdBy: 'system', updatedAt: at, updatedBy: 'system', version: 1 };
      const parsed = requireResource(kind).body.parse(body) as JsonObject;
      const record = { id, kind, tenantId: '', status: '', assignedTo: '', ...made, ...changes, body: parsed };
      await store.transaction((transaction) => transaction.putRecords([{ collection: collectionOf(kind), record }]));
      await principals.refresh();
      return record;
    },
    hire: (id, ...roles) => {
      const body = { email: `${id}@steward.example`, displayName: id, roles: held(...roles) };
      return office.put('staff', id, body, { status: 'active' });
    },
    record: async (id) => {
      const found = (await store.getRecords([id])).get(id);
      if (!found || isTombstone(found)) throw new Error(`there is no record ${id}`);
      return found;
    },
    push: async (by, doc, baseVersion, { reason, elevated = true } = {}) => {
      const row = { baseVersion, doc, ...(reason === undefined ? {} : { reason }) };
      const request = { collection: collectionOf(doc.kind), pushId: ids(), rows: [row] };
      return core.push(office.principal(by), 'console', request, {}, { elevated });
    },
    edit: async (by, id, change, options) => {
      const record = await office.record(id);
      const changes = change(record);
      const doc = { ...record, version: record.version + 1, updatedAt: new Date(now).toISOString(), ...changes };
      return office.push(by, { ...doc, body: { ...record.body, ...changes.body } }, record.version, options);
    },
    remove: async (by, id) => {
      const record = await office.record(id);
      return office.push(by, tombstoneOf(record, record.version + 1), record.version);
    },
    entries: async (action) => {
      const changes = await store.changesSince('audit', 0, 1000);
      const records = changes.map((change) => change.read());
      return records.flatMap((one) => (isTombstone(one) || one.body['action'] !== action ? [] : [one.body]));
    },
    close: () => store.close(),
  };
  for (const { key, name, permissions, fieldRules } of systemRoles) {
    const rights = { permissions: [...permissions], fieldRules: fieldRules.map((rule) => ({ ...rule })) };
    await office.put('role', key, { key, name, isSystem: true, ...rights });
  }
  return office;
}

/** Codes of the refusals in an answer; 'conflict' for each conflict. */
export function refusals(answer: PushAnswer): string[] {
  if (!answer.ok) return [answer.error.code];
  return [...answer.rejections.map((one) => one.code), ...answer.conflicts.map(() => 'conflict')];
}
