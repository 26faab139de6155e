import type { Json, JsonObject } from '#shared/kernel/json.ts';
import type { ReplicatedCollection } from '#shared/records/collections.ts';
import type { RecordEnvelope, RecordState } from '#shared/records/envelope.ts';

/** Who a record concerns, as permissions see it. A tombstone keeps the owner of the last living state. */
export interface RecordTarget {
  tenantId: string;
  createdBy: string;
  assignedTo: string;
}

/** A record without its content, for scans that only need to know who may see it. */
export interface RecordHead extends RecordTarget {
  id: string;
  kind: string;
  version: number;
  deleted: boolean;
  sequence: number;
}

/** The newest state of a record, in commit order. */
export interface Change {
  head: RecordHead;
  /** Owners the record had since the reader's checkpoint and has no longer; they get a tombstone. */
  departed: readonly RecordTarget[];
  /** UTF-16 code units of the content as JSON. */
  length: number;
  /** Parses the content, once; call it for what is sent only. */
  read: () => RecordState;
}

export interface RecordPut {
  collection: ReplicatedCollection;
  record: RecordState;
  /** Owner before this write, when the write took the record away from somebody. */
  departed?: RecordTarget;
  /** Keys of `uniqueKeysOf`; undefined for kinds that have none. They replace the record's earlier keys. */
  uniqueKeys?: readonly string[];
}

/** End of one tenant's audit chain. */
export interface ChainHead {
  number: number;
  hash: string;
}

/** Work to be done at least once, not before `dueAt` (milliseconds since the epoch). */
export interface NewJob {
  id: string;
  type: string;
  payload: JsonObject;
  dueAt: number;
  /** '' (default) = the platform's. */
  tenantId?: string;
  /** A whole number, higher first; default 0. */
  priority?: number;
}

/** A job as its claimer gets it. */
export interface Job {
  id: string;
  type: string;
  payload: JsonObject;
  tenantId: string;
  priority: number;
  dueAt: number;
  /** How often it has been claimed, this time included. */
  attempts: number;
  /** Whose claim this is; `extendLease`, `finishJob` and `failJob` take it. */
  token: string;
}

/** A job as it is kept. */
export interface StoredJob extends Required<NewJob> {
  attempts: number;
  createdAt: number;
  /** Until when somebody holds it; 0 = nobody. */
  leaseUntil: number;
  /** True: given up, kept for a person to look at. */
  dead: boolean;
  /** Why the last attempt failed; '' = none failed. */
  problem: string;
}

export interface JobClaim {
  now: number;
  leaseUntil: number;
  limit: number;
  /** How many jobs of one tenant may be held at once, by whomever. */
  perTenant: number;
  token: string;
  /** Only these types; absent = all. */
  types?: readonly string[];
}

/** Living jobs are held, due or later; `waiting` are the latter two. */
export interface JobStats {
  waiting: number;
  due: number;
  held: number;
  dead: number;
  /** The earliest `dueAt` of those that are due. */
  oldestDueAt: number | undefined;
  byType: { type: string; waiting: number; dead: number }[];
}

/** A value only the server knows, never replicated. An area is one use of them, its keys sorted by code point. */
export interface Entry {
  area: string;
  key: string;
  value: Json;
  /** Milliseconds since the epoch, from which on it is not answered any more; absent = never. */
  expiresAt?: number;
}

export interface Credential {
  staffId: string;
  /** Encoded algorithm, parameters, salt and hash. */
  secret: string;
}

/** A sign-in on one device; its refresh tokens form a family. Times in milliseconds since the epoch. */
export interface Session {
  id: string;
  staffId: string;
  clientId: string;
  device: string;
  address: string;
  createdAt: number;
  lastSeenAt: number;
  /** 0 = not revoked. */
  revokedAt: number;
}

export interface RefreshToken {
  hash: string;
  sessionId: string;
  issuedAt: number;
  /** 0 = not used yet. */
  usedAt: number;
}

/**
 * Reads of committed state. Every method reads one consistent moment; two calls may see two. `updatedSince` and
 * `updatedBefore` are milliseconds since the epoch, compared with the record's `updatedAt`, the first inclusive, the second
 * exclusive; undefined = any time. What they leave out is passed over without reading its content.
 */
export interface StoreReader {
  getRecords: (ids: readonly string[]) => Promise<Map<string, RecordState>>;
  /** All living records of a kind, for small kinds that are kept in memory. */
  recordsOfKind: (kind: string) => Promise<RecordState[]>;
  /**
   * Newest states with a sequence above `after`, rising, at most `limit`. With `updatedSince`, living records from before it
   * come only when somebody lost them since `after`: the others must not be shown them.
   */
  changesSince: (
    collection: ReplicatedCollection,
    after: number,
    limit: number,
    updatedSince?: number,
  ) => Promise<Change[]>;
  /** Living records with a sequence below `before`, falling, at most `limit`; '' = any kind or tenant. */
  recordsBefore: (query: {
    collection: ReplicatedCollection;
    kind: string;
    tenantId: string;
    before: number;
    limit: number;
    updatedSince?: number | undefined;
    updatedBefore?: number | undefined;
  }) => Promise<Change[]>;
  /** Heads of living records with a sequence above `after`, rising, at most `limit`. */
  headsSince: (
    collection: ReplicatedCollection,
    after: number,
    limit: number,
    updatedSince?: number,
  ) => Promise<RecordHead[]>;
  /** Records with a sequence above `after`; with `updatedSince` the deleted ones and the living ones updated since. */
  countSince: (collection: ReplicatedCollection, after: number, updatedSince?: number) => Promise<number>;
  /** Highest committed sequence of all collections. */
  latestSequence: () => Promise<number>;
  /** Highest committed sequence of one collection, 0 when it never held anything. */
  collectionSequence: (collection: ReplicatedCollection) => Promise<number>;
  /** Tombstones up to this sequence are gone: a checkpoint below it cannot be continued. */
  compactionFloor: (collection: ReplicatedCollection) => Promise<number>;
  /** Which record holds each of these unique keys. */
  uniqueOwners: (keys: readonly string[]) => Promise<Map<string, string>>;
  chainHeads: (tenantIds: readonly string[]) => Promise<Map<string, ChainHead>>;
  /** Ends of all audit chains in the order of tenants, those after `after`; undefined = from the first ('' is the platform's). */
  allChainHeads: (after: string | undefined, limit: number) => Promise<(ChainHead & { tenantId: string })[]>;
  /** Living audit entries of one chain with a number of at least `from`, rising. */
  chainEntries: (tenantId: string, from: number, limit: number) => Promise<RecordEnvelope[]>;
  getMeta: (key: string) => Promise<string | undefined>;
  getCredential: (staffId: string) => Promise<Credential | undefined>;
  getSession: (id: string) => Promise<Session | undefined>;
  /** Sessions that are not revoked, the one seen longest ago first, at most `limit`; of one person, or seen last before a moment. */
  livingSessions: (query: { staffId?: string; seenBefore?: number; limit: number }) => Promise<Session[]>;
  getRefreshToken: (hash: string) => Promise<RefreshToken | undefined>;
  /** `waiting` counts all that are not dead, held ones included. */
  countJobs: () => Promise<{ waiting: number; dead: number }>;
  jobStats: (now: number) => Promise<JobStats>;
  getJobs: (ids: readonly string[]) => Promise<Map<string, StoredJob>>;
  /** The newest first, at most `limit`. */
  deadJobs: (limit: number) => Promise<StoredJob[]>;
  /** The earliest moment later than `now` at which a job comes due or a lease ends; undefined = there is none. */
  nextJobAt: (now: number) => Promise<number | undefined>;
  /** Those of the keys that there are. */
  getEntries: (area: string, keys: readonly string[]) => Promise<Map<string, Json>>;
  /** In the order of keys, those that begin with `prefix` and come after `after`, at most `limit`. */
  entriesOf: (
    area: string,
    query: { prefix?: string; after?: string; limit: number },
  ) => Promise<{ key: string; value: Json }[]>;
  /** Entries of all areas, expired ones too, by area and key, those after the given one. */
  allEntries: (after: { area: string; key: string } | undefined, limit: number) => Promise<Required<Entry>[]>;
  /** Jobs of all kinds by id, dead and held ones too; `after` is exclusive, '' = from the first. */
  allJobs: (after: string, limit: number) => Promise<StoredJob[]>;
  /** Sessions by id, revoked ones too; `after` is exclusive, '' = from the first. */
  allSessions: (after: string, limit: number) => Promise<Session[]>;
}

/** Reads and writes of one transaction. */
export interface StoreTransaction extends StoreReader {
  /** Stores the records in the given order, each with the next sequence. */
  putRecords: (puts: readonly RecordPut[]) => Promise<void>;
  putChainHeads: (heads: ReadonlyMap<string, ChainHead>) => Promise<void>;
  putMeta: (key: string, value: string) => Promise<void>;
  putCredential: (credential: Credential) => Promise<void>;
  putSession: (session: Session) => Promise<void>;
  putRefreshToken: (token: RefreshToken) => Promise<void>;
  /**
   * Removes refresh tokens issued before the moment. What the client of a session may still hold goes only once it was issued
   * before `lastBefore`: the newest, and one that was used within a minute of it, whose answer may have been lost.
   */
  pruneRefreshTokens: (issuedBefore: number, lastBefore: number) => Promise<void>;
  /** A job whose id exists, dead ones included, is left as it is. */
  enqueueJobs: (jobs: readonly NewJob[]) => Promise<void>;
  /**
   * Takes due jobs that nobody holds, and holds them. One from each tenant in turn, beginning behind the tenant served last;
   * within a tenant by priority, then `dueAt`, then id.
   */
  claimJobs: (claim: JobClaim) => Promise<Job[]>;
  /** False and nothing done when somebody else claimed it since. */
  extendLease: (id: string, token: string, until: number) => Promise<boolean>;
  /** Removes it. With a token false and nothing done when somebody else claimed it since. */
  finishJob: (id: string, token?: string) => Promise<boolean>;
  /** Due again at `retryAt`; undefined = dead. With a token as `finishJob`. */
  failJob: (id: string, problem: string, retryAt: number | undefined, token?: string) => Promise<boolean>;
  /** Due again at `dueAt`, as if this attempt had not been. False and nothing done when somebody else claimed it since. */
  postponeJob: (id: string, dueAt: number, token: string) => Promise<boolean>;
  /** Lets go of every job that is held; for a process that knows that it is alone on the store. */
  releaseJobs: () => Promise<void>;
  removeJobs: (ids: readonly string[]) => Promise<void>;
  /** Moves living jobs. One that is held stays held. */
  rescheduleJobs: (jobs: readonly { id: string; dueAt: number }[]) => Promise<void>;
  /** A dead job is due again, its attempts counted from the start; false when there is no such dead job. */
  reviveJob: (id: string, dueAt: number) => Promise<boolean>;
  putEntries: (entries: readonly Entry[]) => Promise<void>;
  removeEntries: (entries: readonly { area: string; key: string }[]) => Promise<void>;
  removeEntriesWithPrefix: (area: string, prefix: string) => Promise<void>;
  /** Gives a job another payload and problem; what it is held for and when it is due stays. */
  rewriteJob: (id: string, payload: JsonObject, problem: string) => Promise<void>;
  /** Removes sessions with their refresh tokens. */
  removeSessions: (ids: readonly string[]) => Promise<void>;
  removeCredential: (staffId: string) => Promise<void>;
  /** Removes what expired by `now`. */
  pruneEntries: (now: number) => Promise<void>;
  /** Removes tombstones and departures committed before the moment and raises the floor; answers how many went. */
  compact: (committedBefore: number) => Promise<number>;
}

export interface TransactionOptions {
  /**
   * False: the commit does not wait for the disk. A power cut may take it back, though never without all that was committed
   * after it; a killed process takes back nothing. For what is done again when it is lost. Default true.
   */
  durable?: boolean;
}

/**
 * The storage port. One transaction runs at a time and commits durably before its promise resolves; a throw inside rolls
 * everything back and rejects with that error. A failing store rejects with StoreFailure.
 */
export interface SyncStore extends StoreReader {
  transaction: <Value>(
    work: (transaction: StoreTransaction) => Promise<Value>,
    options?: TransactionOptions,
  ) => Promise<Value>;
  /**
   * Leaves nothing of what was removed or replaced on the disk: the file is written anew and its log emptied. Takes time that
   * grows with the file; reads are answered meanwhile, transactions wait. A store in memory answers nothing.
   */
  scrub: () => Promise<void>;
  close: () => Promise<void>;
}

/** The store itself failed (disk full, file locked, damaged); the caller may try again later. */
export class StoreFailure extends Error {
  constructor(message: string, cause: unknown) {
    super(message, { cause });
    this.name = 'StoreFailure';
  }
}
