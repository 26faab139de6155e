import type { IdSource, Clock } from '#shared/kernel/sources.ts';
import type { JsonObject } from '#shared/kernel/json.ts';
import { isTombstone } from '#shared/records/envelope.ts';
import type { RecordEnvelope, RecordState } from '#shared/records/envelope.ts';
import type { ReplicatedCollection } from '#shared/records/collections.ts';
import { requireResource } from '#shared/resources/registry.ts';
import type { ChainHead, RecordPut, StoreTransaction } from '../storage/store.ts';
import { auditBody, chainEntry } from './auditTrail.ts';
import type { AuditedWrite } from './auditTrail.ts';
import { followUpsOf } from './followUps.ts';
import { uniqueKeysOf } from './uniqueKeys.ts';

export interface WriteSources {
  clock: Clock;
  ids: IdSource;
}

export interface WriteBatch {
  /** The record as this transaction sees it, its own earlier writes included. */
  load: (ids: readonly string[]) => Promise<void>;
  get: (id: string) => RecordState | undefined;
  /** Fields of a uniqueness rule that another record already holds. */
  duplicateOf: (record: RecordState) => Promise<readonly string[] | undefined>;
  /** Stores a write with its audit entry and follow-ups. */
  write: (write: Omit<AuditedWrite, 'resource' | 'before'>) => Promise<void>;
  /** Stores a record as it is: imports of history, the server's own append-only records. */
  append: (record: RecordEnvelope) => void;
  enqueue: (type: string, payload: JsonObject) => void;
  /** Hands everything to the store; answers which collections changed. */
  flush: () => Promise<ReadonlySet<ReplicatedCollection>>;
}

/** Collects what one transaction writes, so that the store gets it in one call. */
export function createWriteBatch(transaction: StoreTransaction, { clock, ids }: WriteSources): WriteBatch {
  const known = new Map<string, RecordState | undefined>();
  const keys = new Map<string, string>();
  const puts: RecordPut[] = [];
  const entries: RecordEnvelope[] = [];
  const jobs: { id: string; type: string; payload: JsonObject; dueAt: number }[] = [];
  const now = () => new Date(clock()).toISOString();

  const put = (record: RecordState, before: RecordState | undefined) => {
    const resource = requireResource(record.kind);
    const unique = uniqueKeysOf(resource, record);
    for (const [key, id] of keys) if (id === record.id) keys.set(key, '');
    for (const { key } of unique ?? []) keys.set(key, record.id);
    known.set(record.id, record);
    const lost =
      before &&
      !isTombstone(before) &&
      !isTombstone(record) &&
      (before.assignedTo !== record.assignedTo ||
        before.tenantId !== record.tenantId ||
        before.createdBy !== record.createdBy);
    puts.push({
      collection: resource.collection as ReplicatedCollection,
      record,
      ...(lost
        ? { departed: { tenantId: before.tenantId, assignedTo: before.assignedTo, createdBy: before.createdBy } }
        : {}),
      ...(unique ? { uniqueKeys: unique.map((one) => one.key) } : {}),
    });
  };
  const serverRecord = (
    kind: string,
    tenantId: string,
    body: JsonObject,
    more: Partial<RecordEnvelope> = {},
  ): RecordEnvelope => {
    const at = now();
    return {
      id: ids(),
      kind,
      tenantId,
      status: '',
      assignedTo: '',
      createdAt: at,
      createdBy: 'system',
      updatedAt: at,
      updatedBy: 'system',
      version: 1,
      ...more,
      body,
    };
  };

  return {
    load: async (wanted) => {
      const missing = wanted.filter((id) => !known.has(id));
      const found = await transaction.getRecords(missing);
      for (const id of missing) known.set(id, found.get(id));
    },
    get: (id) => known.get(id),
    duplicateOf: async (record) => {
      const unique = uniqueKeysOf(requireResource(record.kind), record);
      if (!unique || unique.length === 0) return undefined;
      const stored = await transaction.uniqueOwners(unique.map((one) => one.key));
      return unique.find(({ key }) => {
        const holder = keys.get(key) ?? stored.get(key) ?? '';
        return holder !== '' && holder !== record.id;
      })?.fields;
    },
    write: async (given) => {
      const before = known.get(given.after.id);
      const follow = followUpsOf(before, given, serverRecord, now());
      const write = { ...given, after: follow.record, before, resource: requireResource(given.after.kind) };
      put(write.after, before);
      for (const record of follow.records) put(record, undefined);
      for (const job of follow.jobs) jobs.push({ id: ids(), ...job, dueAt: clock() });
      entries.push(serverRecord('auditEntry', write.after.tenantId, auditBody(write, now())));
    },
    append: (record) => (record.kind === 'auditEntry' ? void entries.push(record) : put(record, known.get(record.id))),
    enqueue: (type, payload) => void jobs.push({ id: ids(), type, payload, dueAt: clock() }),
    flush: async () => {
      const heads = new Map<string, ChainHead>(
        await transaction.chainHeads([...new Set(entries.map((entry) => entry.tenantId))]),
      );
      const moved = new Map<string, ChainHead>();
      for (const entry of entries) {
        const chained = chainEntry(entry, heads.get(entry.tenantId));
        heads.set(entry.tenantId, chained.head);
        moved.set(entry.tenantId, chained.head);
        put(chained.entry, undefined);
      }
      if (puts.length > 0) await transaction.putRecords(puts);
      if (moved.size > 0) await transaction.putChainHeads(moved);
      if (jobs.length > 0) await transaction.enqueueJobs(jobs);
      return new Set(puts.map((one) => one.collection));
    },
  };
}
