import type { JsonObject } from '#shared/kernel/json.ts';
import type { ReplicatedCollection } from '#shared/records/collections.ts';
import type { RecordState } from '#shared/records/envelope.ts';

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
  /** Parses the content; call it for what is sent only. */
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

export interface Job {
  id: string;
  type: string;
  payload: JsonObject;
  /** How often it has been claimed, this time included. */
  attempts: number;
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
  getMeta: (key: string) => Promise<string | undefined>;
  getCredential: (staffId: string) => Promise<Credential | undefined>;
  getSession: (id: string) => Promise<Session | undefined>;
  getRefreshToken: (hash: string) => Promise<RefreshToken | undefined>;
  countJobs: () => Promise<{ waiting: number; dead: number }>;
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
  /** Removes refresh tokens issued before the moment. */
  pruneRefreshTokens: (issuedBefore: number) => Promise<void>;
  enqueueJobs: (jobs: readonly { id: string; type: string; payload: JsonObject; dueAt: number }[]) => Promise<void>;
  /** Takes at most `limit` due jobs that nobody holds, oldest first, and holds them until `leaseUntil`. */
  claimJobs: (now: number, leaseUntil: number, limit: number) => Promise<Job[]>;
  finishJob: (id: string) => Promise<void>;
  /** Due again at `retryAt`; undefined = dead, kept for a person to look at. */
  failJob: (id: string, problem: string, retryAt: number | undefined) => Promise<void>;
  /** Removes tombstones and departures committed before the moment and raises the floor; answers how many went. */
  compact: (committedBefore: number) => Promise<number>;
}

/**
 * The storage port. One transaction runs at a time and commits durably before its promise resolves; a throw inside rolls
 * everything back and rejects with that error. A failing store rejects with StoreFailure.
 */
export interface SyncStore extends StoreReader {
  transaction: <Value>(work: (transaction: StoreTransaction) => Promise<Value>) => Promise<Value>;
  close: () => Promise<void>;
}

/** The store itself failed (disk full, file locked, damaged); the caller may try again later. */
export class StoreFailure extends Error {
  constructor(message: string, cause: unknown) {
    super(message, { cause });
    this.name = 'StoreFailure';
  }
}
