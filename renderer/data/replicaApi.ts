import type { Problem } from '#shared/kernel/errors.ts';
import type { Json, JsonObject } from '#shared/kernel/json.ts';
import type { Result } from '#shared/kernel/result.ts';
import type { Principal } from '#shared/domain/access/principal.ts';
import type { CollectionName, ReplicatedCollection } from '#shared/records/collections.ts';
import type { RecordEnvelope, RecordState } from '#shared/records/envelope.ts';
import type { MergeConflict } from '#shared/records/merge.ts';
import type { Rescue } from '#shared/replica/engineCalls.ts';
import type { Reach } from '#shared/replica/listRequest.ts';
import type { ChainProof, WitnessState } from './audit/witnessState.ts';
import type { SessionAnswer } from '#shared/protocol/session.ts';
import type { Credentials } from './session/account.ts';
import type { CallMethod } from './session/callServer.ts';
import type { TextReads } from './read/textReads.ts';
import type { OlderRecords, StorageReport } from './storageReport.ts';
import type { WindowedCollection } from './sync/windows.ts';

/** Whether the server has what the console shows. One record has one badge. */
export type SyncBadge = 'synced' | 'waiting' | 'conflict' | 'refused';

export interface ReplicaRecord<Body = JsonObject> {
  record: RecordEnvelope<Body>;
  badge: SyncBadge;
}

/** Operators a list offers, typed by the field's hint. Values are compared as numbers, instants or text. */
export type FilterOperator =
  | 'is'
  | 'is_not'
  | 'contains'
  | 'is_empty'
  | 'is_not_empty'
  | 'less'
  | 'greater'
  | 'between'
  | 'in';

export interface ListFilter {
  /** Dotted path in the record: `status`, `body.plan`. */
  path: string;
  operator: FilterOperator;
  value?: Json;
}

export interface RecordQuery {
  kind: string;
  /** '' or absent = every tenant the person may see. */
  tenantId?: string;
  filters?: readonly ListFilter[];
  /** Text looked for in the descriptor's search fields, all words, any case. */
  search?: string;
  /** First counts most. */
  sort?: readonly { path: string; descending: boolean }[];
  /** Rows that `observeList` answers at most; default 5,000. Screens that may show more page instead. */
  limit?: number;
  /** Only records that one of these reaches, the total included; absent = everything that is here. */
  reach?: readonly Reach[];
}

export interface RecordList {
  rows: readonly ReplicaRecord[];
  /** Rows that match, exactly, also where `limit` left some out. */
  count: number;
  /** Rows of the kind before filters, for "12 of 300". */
  total: number;
  /** 'reading' until the replica has been read once. */
  state: 'reading' | 'ready' | 'failed';
  problem?: string;
}

/** A list of any length, of which only the rows in sight and around them are held. A new object after every change. */
export interface PagedList {
  /** Rows that match; exact once `counted`, before that the ones known so far. */
  count: number;
  /** The first rows of a filtered list are shown before all of them are counted. */
  counted: boolean;
  /** Rows of the kind before filters. */
  total: number;
  /** 'reading' until the first page is here. */
  state: 'reading' | 'ready' | 'failed';
  problem?: string;
  /** undefined = outside the list, or not read yet: it is read when `show` names it. */
  rowAt: (index: number) => ReplicaRecord | undefined;
  /** Index of a row that is held; -1 otherwise. */
  indexOf: (id: string) => number;
}

/** The reader behind one `PagedList`. */
export interface PageReader {
  /** Says which rows are in sight, both ends included; they and their neighbours are read and kept up to date. */
  show: (first: number, last: number) => void;
  /** Index of the first row whose first sort value is at `value` or after it in the list's own order. */
  positionOf: (value: Json) => Promise<number>;
  close: () => void;
}

/** How the engine reads a list, for the developer view. */
export interface QueryPlan {
  sql: string;
  /** Lines of SQLite's EXPLAIN QUERY PLAN, indented by depth. */
  plan: string[];
  /** Milliseconds in the engine. */
  pageTime: number;
  countTime: number;
}

export interface GroupCount {
  /** The values of the grouped paths, in their order; '' where a record has none. */
  values: (string | number)[];
  count: number;
}

export interface CollectionProgress {
  collection: ReplicatedCollection;
  received: number;
  /** What is still to come, as the server estimates; undefined before its first answer. */
  remaining: number | undefined;
  done: boolean;
}

export interface SyncStatus {
  connection: 'offline' | 'connecting' | 'online' | 'signed_out';
  /** The person's own switch: no network is used while it is on. */
  workOffline: boolean;
  unsent: number;
  conflicts: number;
  refused: number;
  /** ISO 8601 of the last message from the server, '' if never. */
  lastContact: string;
  /** Why the console is not online, or what went wrong last; undefined when all is well. */
  problem: Problem | undefined;
  firstSync: {
    done: boolean;
    startedAt: string;
    finishedAt: string;
    collections: CollectionProgress[];
  };
  demo: boolean;
  /** Days that the console may be used without its server, as that says. */
  offlineDays: number;
  serverUrl: string;
  /** Rough size of the replica in documents. */
  documents: number;
  /** Differences that the periodic comparison found and repaired, newest first. */
  repairs: {
    at: string;
    collection: ReplicatedCollection;
    difference: number;
    reason: 'digest' | 'restored_server' | 'tombstones';
  }[];
  /** The replica's file was damaged and begun anew, since the console was started. */
  rescue: Rescue | undefined;
}

/** An unsent edit, as the outbox shows it. */
export interface OutboxEntry {
  id: string;
  kind: string;
  collection: CollectionName;
  operation: 'create' | 'edit' | 'delete';
  base: RecordState | undefined;
  mine: RecordState;
  reason: string;
  /** ISO 8601 by this console's clock. */
  editedAt: string;
}

/** What needs a person: a conflict that merging could not settle, an edit the server refused, a document it sent wrong. */
export type InboxEntry =
  | {
      type: 'conflict';
      id: string;
      recordId: string;
      kind: string;
      at: string;
      resolved: boolean;
      base: RecordState | undefined;
      mine: RecordState;
      theirs: RecordState;
      conflicts: MergeConflict[];
    }
  | {
      type: 'rejection';
      id: string;
      recordId: string;
      kind: string;
      at: string;
      resolved: boolean;
      problem: Problem;
      /** What was typed as the reason of the change; absent or '' = none. */
      reason?: string;
      base: RecordState | undefined;
      mine: RecordState;
      current: RecordState | undefined;
    }
  | {
      type: 'invalid_document';
      id: string;
      recordId: string;
      kind: string;
      at: string;
      resolved: boolean;
      problem: Problem;
      document: Json;
    }
  | {
      /** A person was erased, and was in something that was typed here and never saved. */
      type: 'draft_cleaned';
      id: string;
      recordId: string;
      kind: string;
      at: string;
      resolved: boolean;
      outcome: 'replaced' | 'removed';
    };

/** Changes to a record: only what is named changes. */
export interface RecordPatch {
  body?: JsonObject;
  status?: string;
  assignedTo?: string;
  /** Why, where a transition asks for it. */
  reason?: string;
}

export interface Unsubscribe {
  (): void;
}

/** Everything the screens may do with data. Reads are live; writes land in the replica at once and are sent later. */
export interface Replica {
  status(): SyncStatus;
  onStatus(listener: (status: SyncStatus) => void): Unsubscribe;
  /** Undefined when signed out. Decide with `decideAccess` of shared. */
  principal(): Principal | undefined;

  get(kind: string, id: string): Promise<ReplicaRecord | undefined>;
  observeRecord(kind: string, id: string, listener: (record: ReplicaRecord | undefined) => void): Unsubscribe;
  observeList(query: RecordQuery, listener: (list: RecordList) => void): Unsubscribe;
  /** A list of any length; `limit` of the query does not count. */
  observePages(query: RecordQuery, listener: (list: PagedList) => void): PageReader;
  /** Rows that match, exactly. */
  observeCount(query: RecordQuery, listener: (count: number) => void): Unsubscribe;
  /**
   * How many rows match per combination of values. `prefix` takes so many leading characters of a value: 10 = the day of
   * an instant.
   */
  observeGroups(
    query: RecordQuery,
    by: readonly { path: string; prefix?: number }[],
    listener: (groups: readonly GroupCount[]) => void,
  ): Unsubscribe;
  /**
   * Every row that matches, in the list's order, in pages of at most 1,000. The next page is read when `onPage` is done
   * with one; ends early once `signal` is aborted.
   */
  readRows(
    query: RecordQuery,
    onPage: (rows: readonly ReplicaRecord[]) => unknown,
    signal?: AbortSignal,
  ): Promise<void>;
  explain(query: RecordQuery): Promise<QueryPlan>;
  /** The same records for another thread, unparsed. */
  readTexts(): TextReads;
  /** Records of every kind whose title or search fields hold all words; best first, at most `limit`. */
  search(text: string, limit: number): Promise<ReplicaRecord[]>;

  /** Refusals are the server's own rules, decided here first. */
  create(
    kind: string,
    tenantId: string,
    body: JsonObject,
    options?: { assignedTo?: string },
  ): Promise<Result<RecordEnvelope, Problem>>;
  edit(kind: string, id: string, patch: RecordPatch): Promise<Result<RecordEnvelope, Problem>>;
  remove(kind: string, id: string): Promise<Result<undefined, Problem>>;

  observeOutbox(listener: (entries: readonly OutboxEntry[]) => void): Unsubscribe;
  /** Takes an unsent edit back: the record shows the server's state again. */
  withdraw(kind: string, id: string): Promise<Result<undefined, Problem>>;
  observeInbox(listener: (entries: readonly InboxEntry[]) => void): Unsubscribe;
  /** Writes the chosen record as a new edit and closes the entry. `restoreInbox` takes the closing back. */
  resolveInbox(entryId: string, chosen: RecordPatch | 'theirs'): Promise<Result<undefined, Problem>>;
  restoreInbox(entryId: string): Promise<Result<undefined, Problem>>;

  storageReport(): Promise<StorageReport>;
  /** Keeps so many days of a log, 0 = everything: fetches what is missing, removes what is too old. */
  chooseWindow(collection: WindowedCollection, days: number): Promise<void>;
  /** Gives unused space back to the disk; answers the bytes before and after. */
  compactStorage(): Promise<{ before: number; after: number }>;
  /** Looks through the whole file; answers what is wrong, in SQLite's words. */
  checkStorage(): Promise<string[]>;
  /** ISO 8601: records of this kind changed before it are not kept here; undefined = all are. */
  heldSince(kind: string): string | undefined;
  /**
   * All records of this kind that the server had at the last contact, and that are to be kept, are here; also without a connection. Other
   * kinds may come earlier: what they say of these records is no evidence against them before.
   */
  isCaughtUp(kind: string): boolean;
  /** Asks the server for records older than what is kept here, newest first. Needs a connection. */
  readOlder(query: { kind: string; tenantId?: string; before?: number }): Promise<Result<OlderRecords, Problem>>;

  /**
   * Asks the server something that is no record: `path` begins with `/v1/`. `unavailable` when it cannot be reached or the
   * person works offline.
   */
  call(method: CallMethod, path: string, body?: Json): Promise<Result<Json, Problem>>;

  /** Asks the server for a text of any length, piece by piece; rejects when `signal` is aborted or `onText` fails. */
  download(
    path: string,
    body: Json,
    onText: (text: string) => unknown,
    signal: AbortSignal,
  ): Promise<Result<undefined, Problem>>;

  /** What this console remembers of the chains of the audit log, and what it refused. */
  observeWitness(listener: (state: WitnessState) => void): Unsubscribe;
  /** Trusts what the server says of a chain ('' = the platform's) from now on; what was refused stays as history. */
  settleWitness(tenantId: string): Promise<void>;
  /** Keeps what a verification found. */
  keepProof(proof: ChainProof): Promise<void>;

  /** The same for what anybody may ask, without a session. */
  ask(method: CallMethod, path: string, body?: Json): Promise<Result<Json, Problem>>;

  /** The replica was begun anew after damage: whoever observes has to ask again. */
  onReopened(listener: () => void): Unsubscribe;

  setWorkOffline(on: boolean): void;
  signIn(credentials: Credentials): Promise<Result<undefined, Problem>>;
  /** Enters with a session that began elsewhere, such as with an OpenID provider. */
  adopt(session: SessionAnswer): Promise<void>;
  /** Ends the session; refuses while edits are unsent unless `discard`. */
  signOut(options: { discard: boolean }): Promise<Result<undefined, Problem>>;
  close(): Promise<void>;
}
