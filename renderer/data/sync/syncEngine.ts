import { helloSchema, byeSchema, resyncSchema, scopeSchema, changesSchema } from '#shared/protocol/messages.ts';
import type { Hello } from '#shared/protocol/messages.ts';
import { defaultOfflineDays } from '#shared/kernel/offlineDays.ts';
import type { SubjectSpec } from '#shared/domain/privacy/subject.ts';
import { schemaVersion } from '#shared/protocol/version.ts';
import type { Problem } from '#shared/kernel/errors.ts';
import { problemOf, saying } from '#shared/kernel/sentences/sentence.ts';
import type { Clock, IdSource } from '#shared/kernel/sources.ts';
import { replicatedCollections } from '#shared/records/collections.ts';
import type { ReplicatedCollection } from '#shared/records/collections.ts';
import type { Account } from '../session/account.ts';
import type { LocalData } from '../storage/localData.ts';
import { backOff } from './backOff.ts';
import { createCollectionSync } from './collectionSync.ts';
import type { CollectionSync } from './collectionSync.ts';
import { doubtOf, identitySchema } from './identity.ts';
import type { Identity } from './identity.ts';
import { watchRightsExpiry } from './rightsExpiry.ts';
import { takeOverRights, unfinishedRights } from './rightsOfReplica.ts';
import type { StatusStore } from './statusStore.ts';
import type { Link, OpenLink } from './transport.ts';
import { turnsOf } from './turns.ts';
import { keepToViewRules } from './viewRulesOfReplica.ts';
import type { Windows } from './windows.ts';

export interface SyncEngineOptions {
  data: LocalData;
  account: Pick<Account, 'accessToken' | 'forgetAccessToken'>;
  openLink: OpenLink;
  status: StatusStore;
  clientId: string;
  appVersion: string;
  windows: Pick<Windows, 'sinceOf'>;
  /** Persons were erased, as far as records here told who; before their records are stored. */
  onErased: (erased: readonly SubjectSpec[]) => Promise<void>;
  /** The server takes this session no more. */
  onSignedOut: (problem: Problem) => void;
  clock: Clock;
  newId: IdSource;
  /** From 0 to 1, to spread reconnects. */
  random: () => number;
  pause: () => Promise<void>;
  schedule: (milliseconds: number, work: () => void) => () => void;
}

export interface SyncEngine {
  identity: () => Identity | undefined;
  start: () => void;
  setWorkOffline: (on: boolean) => void;
  /** An edit waits in this collection. */
  requestPush: (collection: ReplicatedCollection) => void;
  /** The network may be back: try at once. */
  retryNow: () => void;
  /** Compares every collection with the server now. */
  compare: () => void;
  /** A window was changed: fetches what is missing, forgets what is too old. */
  fitWindows: () => Promise<void>;
  /** Not everything that is wanted of a collection has been pulled yet. */
  isFetching: (collection: ReplicatedCollection) => boolean;
  /** Everything that the server had at the last contact has been pulled, and what came since then is stored. */
  isCaughtUp: (collection: ReplicatedCollection) => boolean;
  stop: () => Promise<void>;
  idle: () => Promise<void>;
}

/** Milliseconds. */
const digestEvery = 10 * 60_000;
const helloTimeout = 20_000;
const signedOutCodes = new Set<Problem['code']>(['unauthenticated', 'session_revoked', 'invalid_credentials']);

/** Keeps the console connected and its collections replicated. */
export async function createSyncEngine(options: SyncEngineOptions): Promise<SyncEngine> {
  const { data, account, status, schedule } = options;
  const stored = identitySchema.safeParse(await data.store.getFact('identity'));
  let identity: Identity | undefined = stored.success ? stored.data : undefined;
  const inTurn = turnsOf(2);
  const collections = new Map<ReplicatedCollection, CollectionSync>();
  const opening = replicatedCollections.map((collection) =>
    createCollectionSync({
      ...options,
      collection,
      inTurn,
      since: () => options.windows.sinceOf(collection),
      onProgress: status.progress,
      onComplete: status.complete,
      onProblem: status.collectionProblem,
      onRepair: (name, difference) => status.repaired(name, difference, 'digest'),
    }),
  );
  const opened = await Promise.all(opening);
  replicatedCollections.forEach((collection, index) => {
    const sync = opened[index];
    if (!sync) return;
    collections.set(collection, sync);
    if (sync.state().complete) status.complete(collection);
  });
  let link: Link | undefined;
  let attempt = 0;
  let failures = 0;
  let workOffline = false;
  let stopped = true;
  let cancelRetry: (() => void) | undefined;
  let cancelDigest: (() => void) | undefined;
  let cancelHello: (() => void) | undefined;
  /** The server has said who this is, on the connection there is now. */
  let greeted = false;

  const saveIdentity = async (next: Identity) => {
    await data.store.putFact('identity', next);
    identity = next;
    status.identified(next);
  };
  if (identity) status.identified(identity);
  const unfinished = await unfinishedRights(data.store);
  if (identity && unfinished) {
    const next: Identity = { ...identity, scopeHash: '', principal: unfinished };
    await takeOverRights(data.store, collections, identity.principal, unfinished, () => saveIdentity(next));
  }

  const disconnect = () => {
    attempt += 1;
    greeted = false;
    cancelRetry?.();
    cancelRetry = undefined;
    cancelHello?.();
    cancelDigest?.();
    link?.close();
    link = undefined;
    for (const sync of collections.values()) sync.stop();
  };
  const down = (problem: Problem) => {
    disconnect();
    if (stopped || workOffline) return;
    if (signedOutCodes.has(problem.code)) {
      status.connection('signed_out', problem);
      options.onSignedOut(problem);
      return;
    }
    status.connection('offline', problem);
    const wait = problem.code === 'client_outdated' ? 600_000 : backOff(failures, options.random());
    failures += 1;
    cancelRetry = schedule(wait, () => void connect());
  };
  const connect = async (renewed = false): Promise<void> => {
    disconnect();
    if (stopped || workOffline) return;
    const mine = attempt;
    status.connection('connecting');
    const token = await account.accessToken();
    if (mine !== attempt) return;
    if (!token.ok) return down(token.error);
    link = options.openLink(
      { token: token.value, clientId: options.clientId, schemaVersion, appVersion: options.appVersion },
      {
        onMessage: (event, payload) => {
          if (mine === attempt) receive(event, payload);
        },
        onDown: (problem) => {
          if (mine !== attempt) return;
          const refused = problem.code === 'token_expired' || signedOutCodes.has(problem.code);
          if (!refused || renewed) return down(problem);
          // The token may be old while the session still lives: ask for a new one, once.
          account.forgetAccessToken();
          void connect(true);
        },
      },
    );
    cancelHello = schedule(helloTimeout, () => {
      if (mine === attempt) down(problemOf('unavailable', saying('not_greeted')));
    });
  };
  const receive = (event: string, payload: unknown): void => {
    status.contact();
    switch (event) {
      case 'hello': {
        const hello = helloSchema.safeParse(payload);
        if (hello.success) void greet(hello.data, attempt).catch(storageFailed);
        else down(problemOf('client_outdated', saying('other_protocol')));
        return;
      }
      case 'changes': {
        const named = changesSchema.pick({ collection: true }).safeParse(payload);
        if (named.success) collections.get(named.data.collection)?.receiveChanges(payload);
        return;
      }
      case 'resync': {
        const asked = resyncSchema.safeParse(payload);
        const names = (asked.success ? asked.data.collections : undefined) ?? replicatedCollections;
        for (const name of names) collections.get(name)?.requestPull();
        return;
      }
      case 'scope': {
        const scope = scopeSchema.safeParse(payload);
        if (scope.success) void changeScope(scope.data.hash, scope.data.access).catch(storageFailed);
        return;
      }
      case 'bye': {
        const bye = byeSchema.safeParse(payload);
        account.forgetAccessToken();
        const code = bye.success ? bye.data.code : 'unavailable';
        if (signedOutCodes.has(code)) void connect(true);
        else down({ code, message: 'The server closed the connection. It is tried again.' });
      }
    }
  };
  const greet = async (hello: Hello, mine: number): Promise<void> => {
    cancelHello?.();
    const highest = Math.max(0, ...[...collections.values()].map((sync) => sync.state().checkpoint ?? 0));
    const doubt = doubtOf(identity, hello, Math.max(highest, identity?.sequence ?? 0));
    const known = identity;
    if (doubt && doubt !== 'other_scope') {
      for (const [name, sync] of collections) {
        if (sync.state().checkpoint !== null) await sync.distrust();
        if (doubt === 'restored_server') status.repaired(name, 0, 'restored_server');
      }
    }
    const next: Identity = {
      serverId: hello.serverId,
      sequence: hello.sequence,
      scopeHash: hello.scope.hash,
      principal: hello.access,
      demo: hello.demo,
    };
    if (known && (unsettled || known.scopeHash !== next.scopeHash)) await adopt(known.principal, next);
    else await saveIdentity(next);
    if (mine !== attempt || !link) return;
    greeted = true;
    expiry.watch();
    failures = 0;
    status.set({ offlineDays: hello.offlineDays ?? defaultOfflineDays });
    status.connection('online');
    for (const sync of collections.values()) sync.start(link, hello.limits, hello.sequence);
    fitWindows().catch(storageFailed);
    digestLater();
  };
  // What fails here is done again at the next start.
  let adopting = keepToViewRules(data.store, collections, identity?.principal).catch(() => undefined);
  /** By whose rights the disk is, while it does not follow yet. */
  let unsettled: Identity['principal'] | undefined;
  /** Decides by the new rights from now on; the disk follows. One change after another. */
  const adopt = (before: Identity['principal'], next: Identity): Promise<void> => {
    identity = next;
    status.identified(next);
    const settle = async (earlier: Promise<void>): Promise<void> => {
      await earlier;
      unsettled ??= before;
      await takeOverRights(data.store, collections, unsettled, next.principal, () => saveIdentity(identity ?? next));
      unsettled = undefined;
    };
    const mine = settle(adopting);
    adopting = mine.catch(() => undefined);
    return mine;
  };
  const changeScope = async (scopeHash: string, principal: Identity['principal']): Promise<void> => {
    // '' = decided here, without a server: each of these is a change of its own.
    if (!identity || (scopeHash !== '' && identity.scopeHash === scopeHash)) return;
    await adopt(identity.principal, { ...identity, scopeHash, principal });
    expiry.watch();
    for (const sync of collections.values()) if (sync.state().sweep) sync.requestPull();
  };
  const storageFailed = (error: unknown) => {
    const reason = error instanceof Error ? error.message : String(error);
    down(problemOf('unavailable', saying('state_not_stored', { why: reason })));
  };
  const expiry = watchRightsExpiry({
    clock: options.clock,
    schedule,
    principal: () => (stopped ? undefined : identity?.principal),
    isGreeted: () => greeted,
    onEnded: (principal) => changeScope('', principal),
    onFailed: storageFailed,
  });
  const fitWindows = async (): Promise<void> => {
    for (const sync of collections.values()) await sync.fitWindow();
  };
  const digestLater = () => {
    cancelDigest = schedule(digestEvery, () => {
      for (const sync of collections.values()) sync.requestDigest();
      fitWindows().catch(storageFailed);
      digestLater();
    });
  };
  return {
    identity: () => identity,
    start: () => {
      stopped = false;
      expiry.start();
      void connect();
    },
    setWorkOffline: (on) => {
      workOffline = on;
      if (on) {
        disconnect();
        status.connection('offline');
      } else {
        failures = 0;
        void connect();
      }
    },
    requestPush: (collection) => collections.get(collection)?.requestPush(),
    retryNow: () => {
      if (stopped || workOffline || link) return;
      failures = 0;
      void connect();
    },
    fitWindows,
    isFetching: (collection) => {
      const state = collections.get(collection)?.state();
      return state !== undefined && (!state.complete || state.sweep);
    },
    isCaughtUp: (collection) =>
      identity !== undefined && (collections.get(collection)?.isCaughtUp(identity.sequence) ?? false),
    compare: () => collections.forEach((sync) => sync.requestDigest()),
    stop: async () => {
      stopped = true;
      expiry.stop();
      disconnect();
      for (const sync of collections.values()) await sync.idle();
    },
    idle: async () => {
      await adopting;
      for (const sync of collections.values()) await sync.idle();
    },
  };
}
