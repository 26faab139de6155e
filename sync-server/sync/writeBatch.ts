import { randomBytes } from 'node:crypto';
import type { IdSource, Clock, RandomBytes } from '#shared/kernel/sources.ts';
import type { JsonObject } from '#shared/kernel/json.ts';
import { isTombstone } from '#shared/records/envelope.ts';
import type { RecordEnvelope, RecordState } from '#shared/records/envelope.ts';
import type { ReplicatedCollection } from '#shared/records/collections.ts';
import { requireResource } from '#shared/resources/registry.ts';
import type { ChainHead, NewJob, RecordPut, StoreReader, StoreTransaction } from '../storage/store.ts';
import { auditBody, chainEntry, noteBody, saltLength } from './auditTrail.ts';
import type { AuditNote, AuditedWrite } from './auditTrail.ts';
import { createBatchEntries } from './batchEntries.ts';
import type { BatchEntries } from './batchEntries.ts';
import { countRaised, eventJobsOf } from './eventJobs.ts';
import { followUpsOf } from './followUps.ts';
import type { WriteCause } from './followUps.ts';
import { withDevices } from './sessionDevices.ts';
import { uniqueKeysOf } from './uniqueKeys.ts';

/** What a write may set off besides itself; asked within the transaction that writes. */
export interface WriteObserver {
  /** Brings what is known of rules up to this transaction. */
  catchUp: (reader: StoreReader) => Promise<void>;
  /** Whether an event of this name, made by a write, is worth storing. */
  wants: (eventName: string) => boolean;
  /** Work at a later time that the record's new content calls for. */
  jobsOf: (record: RecordEnvelope) => readonly (JobSettings & { type: string; payload: JsonObject })[];
}

export interface WriteSources {
  clock: Clock;
  ids: IdSource;
  /** Where the salts of audit entries come from; default the system's. */
  random?: RandomBytes;
  /** Without it the events of the catalogue are stored, and those of plain changes are not. */
  observer?: WriteObserver;
}

export interface JobSettings {
  /** A job that waits under the same id already stays as it is. Default: a new id. */
  id?: string;
  /** Milliseconds since the epoch; default now. */
  dueAt?: number;
  /** Whose share of the queue it takes; default the platform's. */
  tenantId?: string;
  /** Higher first; default 0. */
  priority?: number;
}

export interface WriteBatch extends Omit<BatchEntries, 'flush'> {
  /** This transaction's view of the store, without what the batch has not handed over yet. */
  reader: StoreReader;
  /** The record as this transaction sees it, its own earlier writes included. */
  load: (ids: readonly string[]) => Promise<void>;
  get: (id: string) => RecordState | undefined;
  /** Fields of a uniqueness rule that another record already holds. */
  duplicateOf: (record: RecordState) => Promise<readonly string[] | undefined>;
  /** Stores a write with its audit entry and follow-ups. `cause`: what the events of it are to know of their origin. */
  write: (write: Omit<AuditedWrite, 'resource' | 'before'> & { cause?: WriteCause }) => Promise<void>;
  /** Stores a record as it is: imports of history, the server's own append-only records. */
  append: (record: RecordEnvelope) => void;
  /** Stores a state in place of the loaded one, with no entry of its own, no events and no place in a chain: for what is erased. */
  rewrite: (record: RecordState) => void;
  /**
   * An entry of the audit log about something that is no write of a record. Values that are secret are the caller's to leave out;
   * `address` is what `networkOf` makes of one; a device that is not named is that of the session.
   */
  note: (note: AuditNote) => void;
  /** Other work on the store that is to commit with this batch; it runs when the batch is handed over. */
  also: (work: (transaction: StoreTransaction) => Promise<void>) => void;
  /** Stores a pending event and has it processed. */
  raise: (event: RecordEnvelope) => void;
  enqueue: (type: string, payload: JsonObject, settings?: JobSettings) => void;
  /** Also those enqueued in this batch. */
  removeJobs: (ids: readonly string[]) => void;
  /** Hands everything to the store; answers which collections changed. */
  flush: () => Promise<ReadonlySet<ReplicatedCollection>>;
}

/** Collects what one transaction writes, so that the store gets it in one call. */
export function createWriteBatch(
  transaction: StoreTransaction,
  { clock, ids, observer, random = randomBytes }: WriteSources,
): WriteBatch {
  const known = new Map<string, RecordState | undefined>();
  /** Unique keys that this batch gave, to the record that holds them now, '' = none; and those of each record. */
  const keys = new Map<string, string>();
  const keysOf = new Map<string, readonly string[]>();
  const puts: RecordPut[] = [];
  const audit: RecordEnvelope[] = [];
  const raised: RecordEnvelope[] = [];
  const jobs = new Map<string, NewJob>();
  const removedJobs = new Set<string>();
  const alsoDo: ((transaction: StoreTransaction) => Promise<void>)[] = [];
  const { flush: flushEntries, ...entries } = createBatchEntries(transaction);
  let caughtUp = false;
  let moment = Number.NaN;
  let written = '';
  const now = () => {
    const at = clock();
    if (at !== moment) [moment, written] = [at, new Date(at).toISOString()];
    return written;
  };

  const put = (record: RecordState, before: RecordState | undefined) => {
    const resource = requireResource(record.kind);
    const unique = uniqueKeysOf(resource, record);
    if (unique) {
      for (const key of keysOf.get(record.id) ?? []) if (keys.get(key) === record.id) keys.set(key, '');
      for (const { key } of unique) keys.set(key, record.id);
      keysOf.set(
        record.id,
        unique.map((one) => one.key),
      );
    }
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
  const enqueue: WriteBatch['enqueue'] = (type, payload, settings = {}) => {
    const { id = ids(), dueAt = clock(), tenantId = '', priority = 0 } = settings;
    if (!jobs.has(id)) jobs.set(id, { id, type, payload, dueAt, tenantId, priority });
  };
  const raise = (event: RecordEnvelope) => {
    put(event, undefined);
    raised.push(event);
  };

  return {
    ...entries,
    reader: transaction,
    load: async (wanted) => {
      const missing = wanted.filter((id) => !known.has(id));
      if (missing.length === 0) return;
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
    write: async ({ cause, ...given }) => {
      if (observer && !caughtUp) await observer.catchUp(transaction);
      caughtUp = true;
      const resource = requireResource(given.after.kind);
      const before = known.get(given.after.id);
      const follow = followUpsOf(before, given, {
        make: serverRecord,
        at: now(),
        wants: observer?.wants ?? ((eventName) => !eventName.startsWith('record.')),
        recordOf: (id) => known.get(id),
        ...(cause ? { cause } : {}),
      });
      const write = { ...given, after: follow.record, before, resource };
      put(write.after, before);
      for (const record of follow.records) put(record, undefined);
      for (const event of follow.events) raise(event);
      for (const { type, payload, ...settings } of follow.jobs) enqueue(type, payload, settings);
      if (observer && !isTombstone(follow.record))
        for (const { type, payload, ...settings } of observer.jobsOf(follow.record)) enqueue(type, payload, settings);
      audit.push(serverRecord('auditEntry', write.after.tenantId, auditBody(write, follow.differences, now())));
      for (const note of follow.notes) audit.push(serverRecord('auditEntry', note.tenantId, noteBody(note, now())));
    },
    append: (record) => (record.kind === 'auditEntry' ? void audit.push(record) : put(record, known.get(record.id))),
    rewrite: (record) => put(record, known.get(record.id)),
    note: (note) => void audit.push(serverRecord('auditEntry', note.tenantId, noteBody(note, now()))),
    also: (work) => void alsoDo.push(work),
    raise,
    enqueue,
    removeJobs: (gone) => {
      for (const id of gone) {
        jobs.delete(id);
        removedJobs.add(id);
      }
    },
    flush: async () => {
      const heads = new Map<string, ChainHead>(
        await transaction.chainHeads([...new Set(audit.map((entry) => entry.tenantId))]),
      );
      const moved = new Map<string, ChainHead>();
      const salts = random(audit.length * saltLength);
      for (const [index, entry] of (await withDevices(audit, transaction)).entries()) {
        const salt = salts.subarray(index * saltLength, (index + 1) * saltLength);
        const chained = chainEntry(entry, heads.get(entry.tenantId), salt);
        heads.set(entry.tenantId, chained.head);
        moved.set(entry.tenantId, chained.head);
        put(chained.entry, undefined);
      }
      await countRaised(entries, raised.length);
      for (const job of eventJobsOf(raised)) enqueue(job.type, job.payload, { tenantId: job.tenantId });
      if (puts.length > 0) await transaction.putRecords(puts);
      if (moved.size > 0) await transaction.putChainHeads(moved);
      await flushEntries();
      for (const work of alsoDo) await work(transaction);
      if (removedJobs.size > 0) await transaction.removeJobs([...removedJobs]);
      if (jobs.size > 0) await transaction.enqueueJobs([...jobs.values()]);
      return new Set(puts.map((one) => one.collection));
    },
  };
}
