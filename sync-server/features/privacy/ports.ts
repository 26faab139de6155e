import type { Clock } from '#shared/kernel/sources.ts';
import type { Json, JsonObject } from '#shared/kernel/json.ts';
import type { RecordEnvelope, RecordState } from '#shared/records/envelope.ts';
import type { StoreReader, StoreTransaction, SyncStore } from '../../storage/store.ts';

/** One commit, as requests about people read and write in it. */
export interface PrivacyBatch {
  reader: StoreReader;
  load: (ids: readonly string[]) => Promise<void>;
  get: (id: string) => RecordState | undefined;
  /** Stores a state with neither entry nor events. */
  rewrite: (record: RecordState) => void;
  write: (write: {
    after: RecordState;
    actor: { id: string; name: string };
    reason: string;
    madeAt: string;
    requestId: string;
  }) => Promise<void>;
  append: (record: RecordEnvelope) => void;
  note: (note: {
    actor: { id: string; name: string };
    tenantId: string;
    action: 'erase' | 'anonymise' | 'export';
    resource: string;
    resourceId: string;
    changes: JsonObject[];
  }) => void;
  also: (work: (transaction: StoreTransaction) => Promise<void>) => void;
  getEntries: (area: string, keys: readonly string[]) => Promise<ReadonlyMap<string, Json>>;
  putEntry: (area: string, key: string, value: Json, expiresAt?: number) => void;
  removeEntry: (area: string, key: string) => void;
}

export interface PrivacySources {
  store: SyncStore;
  write: <Answer>(rows: number, work: (batch: PrivacyBatch) => Promise<Answer>) => Promise<Answer>;
  clock: Clock;
  serverId: string;
}

export const server = { id: 'system', name: 'system' };
