import type { Principal } from '#shared/domain/access/principal.ts';
import type { Json, JsonObject } from '#shared/kernel/json.ts';
import type { Clock, IdSource } from '#shared/kernel/sources.ts';
import type { RecordEnvelope, RecordState } from '#shared/records/envelope.ts';
import type { Cause } from '#shared/resources/events/cause.ts';
import type { StoreReader, SyncStore } from '../storage/store.ts';

/** What events that a write makes are to know of their origin. */
export interface WriteCause {
  /** Depth of those events. */
  depth: number;
  chain: readonly Cause[];
}

export interface EngineWrite {
  after: RecordState;
  actor: { id: string; name: string };
  reason: string;
  madeAt: string;
  requestId: string;
  cause?: WriteCause;
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

/** One commit as the engine reads and writes in it: everything of it or nothing is stored. */
export interface EngineBatch {
  /** This transaction's view of the store, without what this batch has not handed over yet. */
  reader: StoreReader;
  load: (ids: readonly string[]) => Promise<void>;
  /** The newest state of a loaded record, this batch's own writes included. */
  get: (id: string) => RecordState | undefined;
  duplicateOf: (record: RecordState) => Promise<readonly string[] | undefined>;
  /** Stores a write with its audit entry and everything that follows from it. */
  write: (write: EngineWrite) => Promise<void>;
  /** Stores a record without audit entry. */
  append: (record: RecordEnvelope) => void;
  /** Writes an audit entry for something that is no write of a record. */
  note: (note: {
    actor: { id: string; name: string };
    tenantId: string;
    action: 'export';
    resource: string;
    changes?: JsonObject[];
    requestId?: string;
  }) => void;
  /** Stores a pending event and has it processed. */
  raise: (event: RecordEnvelope) => void;
  enqueue: (type: string, payload: JsonObject, settings?: JobSettings) => void;
  removeJobs: (ids: readonly string[]) => void;
  /** Private values of the server by area and key, this batch's own included. */
  getEntries: (area: string, keys: readonly string[]) => Promise<ReadonlyMap<string, Json>>;
  /** By key, rising; `after` is exclusive. */
  entriesOf: (
    area: string,
    range: { prefix?: string; after?: string; limit: number },
  ) => Promise<{ key: string; value: Json }[]>;
  /** `expiresAt` in milliseconds since the epoch; absent = kept until removed. */
  putEntry: (area: string, key: string, value: Json, expiresAt?: number) => void;
  removeEntry: (area: string, key: string) => void;
}

/** Runs the work in the next group commit, perhaps more than once; resolves when it is durable. */
export type EngineWriter = <Answer>(rows: number, work: (batch: EngineBatch) => Promise<Answer>) => Promise<Answer>;

/** What every part of the engine is given. */
export interface EngineSources {
  store: SyncStore;
  write: EngineWriter;
  clock: Clock;
  ids: IdSource;
  /** 0 ≤ n < 1. */
  random: () => number;
  /** Rights as of now; undefined for nobody and for disabled staff. */
  principalOf: (staffId: string) => Principal | undefined;
}
