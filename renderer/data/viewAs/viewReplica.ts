import type { Principal } from '#shared/domain/access/principal.ts';
import { recordViewOf } from '#shared/domain/access/recordView.ts';
import type { Problem } from '#shared/kernel/errors.ts';
import { failure } from '#shared/kernel/result.ts';
import { requireResource } from '#shared/resources/registry.ts';
import type { PagedList, RecordQuery, Replica, ReplicaRecord } from '../replicaApi.ts';
import { reachOf } from './reachOf.ts';

/**
 * The replica as another principal would have it: what they may not view is not there, hidden fields are not in the
 * records, and nothing is written or asked of the server. It reads the same local data; nothing is copied.
 */
export function viewReplica(replica: Replica, principal: Principal, refusal: string): Replica {
  const view = recordViewOf(principal);
  const refused: Problem = { code: 'read_only', message: refusal };
  const refuse = async () => failure(refused);
  const fail = async () => {
    throw new Error(refusal);
  };
  const within = (query: RecordQuery): RecordQuery => ({
    ...query,
    reach: reachOf(principal, requireResource(query.kind)),
  });
  const shown = (row: ReplicaRecord | undefined): ReplicaRecord | undefined =>
    row && view.sees(row.record) ? { ...row, record: view.redact(row.record) } : undefined;
  const shownRows = (rows: readonly ReplicaRecord[]) => rows.flatMap((row) => shown(row) ?? []);
  // Every method by its name: one that is added to the replica has to be decided here.
  return {
    // The replica's methods are closures: none of them knows a `this`.
    /* oxlint-disable typescript/unbound-method */
    status: replica.status,
    onStatus: replica.onStatus,
    storageReport: replica.storageReport,
    checkStorage: replica.checkStorage,
    heldSince: replica.heldSince,
    isCaughtUp: replica.isCaughtUp,
    onReopened: replica.onReopened,
    observeWitness: replica.observeWitness,
    setWorkOffline: replica.setWorkOffline,
    ask: replica.ask,
    signIn: replica.signIn,
    adopt: replica.adopt,
    signOut: replica.signOut,
    close: replica.close,
    /* oxlint-enable typescript/unbound-method */
    principal: () => (replica.principal() === undefined ? undefined : principal),
    get: async (kind, id) => shown(await replica.get(kind, id)),
    observeRecord: (kind, id, listener) => replica.observeRecord(kind, id, (record) => listener(shown(record))),
    observeList: (query, listener) =>
      replica.observeList(within(query), (list) => listener({ ...list, rows: shownRows(list.rows) })),
    observePages: (query, listener) =>
      replica.observePages(within(query), (list) => listener(withShown(list, (row) => shown(row)))),
    observeCount: (query, listener) => replica.observeCount(within(query), listener),
    observeGroups: (query, by, listener) => replica.observeGroups(within(query), by, listener),
    readRows: (query, onPage, signal) => replica.readRows(within(query), (rows) => onPage(shownRows(rows)), signal),
    explain: (query) => replica.explain(within(query)),
    search: async (text, limit) => shownRows(await replica.search(text, limit * 4)).slice(0, limit),
    readTexts: () => ({ after: fail, find: fail }),
    create: refuse,
    edit: refuse,
    remove: refuse,
    withdraw: refuse,
    observeOutbox: (listener) => {
      listener([]);
      return () => undefined;
    },
    observeInbox: (listener) => {
      listener([]);
      return () => undefined;
    },
    resolveInbox: refuse,
    restoreInbox: refuse,
    readOlder: refuse,
    call: refuse,
    download: refuse,
    settleWitness: fail,
    keepProof: fail,
    chooseWindow: fail,
    compactStorage: fail,
  };
}

function withShown(list: PagedList, shown: (row: ReplicaRecord) => ReplicaRecord | undefined): PagedList {
  return {
    ...list,
    rowAt: (index) => {
      const row = list.rowAt(index);
      return row && shown(row);
    },
  };
}
