import type { Json, JsonObject } from '#shared/kernel/json.ts';
import type { RecordEnvelope, RecordState } from '#shared/records/envelope.ts';
import type { StoreReader, StoreTransaction } from '../../storage/store.ts';

/** Who did it, as the audit log names them. `address` is what `networkOf` makes of one. */
export interface AccountActor {
  id: string;
  name: string;
  session?: string;
  device?: string;
  address?: string;
}

/** What the audit log is told of accounts. Never a secret somebody typed, nor an address of somebody unknown. */
export interface AccountNote {
  actor: AccountActor;
  tenantId: '';
  action:
    | 'login'
    | 'logout'
    | 'failed_login'
    | 'locked_out'
    | 'password_change'
    | 'second_factor_change'
    | 'reauthenticate'
    | 'session_revoke'
    | 'invite';
  resource: 'session' | 'staff';
  resourceId?: string;
  resourceName?: string;
  changes?: JsonObject[];
  reason?: string;
}

/** What accounts need of a group commit. Entries are seen as the commit will leave them, by everybody who shares it. */
export interface AccountBatch {
  reader: StoreReader;
  load: (ids: readonly string[]) => Promise<void>;
  get: (id: string) => RecordState | undefined;
  /** Without an entry of the audit log. */
  append: (record: RecordEnvelope) => void;
  /** With one. */
  write: (write: {
    after: RecordState;
    actor: AccountActor;
    reason: string;
    madeAt: string;
    requestId: string;
  }) => Promise<void>;
  note: (note: AccountNote) => void;
  also: (work: (transaction: StoreTransaction) => Promise<void>) => void;
  getEntries: (area: string, keys: readonly string[]) => Promise<ReadonlyMap<string, Json>>;
  entriesOf: (area: string, range: { prefix?: string; limit: number }) => Promise<{ key: string; value: Json }[]>;
  putEntry: (area: string, key: string, value: Json, expiresAt?: number) => void;
  removeEntry: (area: string, key: string) => void;
}

/** Resolves once it is durable. The work may run twice, when a neighbour in the commit fails. */
export type AccountWrite = <Answer>(rows: number, work: (batch: AccountBatch) => Promise<Answer>) => Promise<Answer>;
