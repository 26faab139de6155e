import type { Problem } from '#shared/kernel/errors.ts';
import { problemOf, saying } from '#shared/kernel/sentences/sentence.ts';
import type { Json } from '#shared/kernel/json.ts';
import { failure, success } from '#shared/kernel/result.ts';
import type { Result } from '#shared/kernel/result.ts';
import type { Clock, IdSource } from '#shared/kernel/sources.ts';
import type { Rescue } from '#shared/replica/engineCalls.ts';
import type { PageReader, Replica } from './replicaApi.ts';
import type { Account, OneSession } from './session/account.ts';
import { createDeparture } from './session/departure.ts';
import { askAfterLeft } from './session/leftSessions.ts';
import { noteWorkspace, workspaceApart, workspaceOf } from './session/workspaceName.ts';
import type { Leftovers } from './session/leftovers.ts';
import { tellCleaned } from './session/tellCleaned.ts';
import { callServer } from './session/callServer.ts';
import type { CallMethod } from './session/callServer.ts';
import { downloadText } from './session/downloadText.ts';
import { readOlder } from './session/readOlder.ts';
import type { StorageInstances } from './storage/openDatabase.ts';
import { createStatusStore } from './sync/statusStore.ts';
import type { OpenLink } from './sync/transport.ts';
import { openWorkspace } from './workspace.ts';
import type { Workspace } from './workspace.ts';

export interface ReplicaParts {
  serverUrl: string;
  clientId: string;
  appVersion: string;
  account: Account;
  leftovers: Leftovers;
  openLink: OpenLink;
  openStorage: (name: string) => Promise<StorageInstances>;
  clock: Clock;
  newId: IdSource;
  random: () => number;
  pause: () => Promise<void>;
  schedule: (milliseconds: number, work: () => void) => () => void;
}

/** The replica and what only its composition root and tests use. */
export interface OpenedReplica extends Replica {
  retryNow: () => void;
  /** Resolves when nothing is being replicated at the moment. */
  idle: () => Promise<void>;
  /** Compares every collection with the server now instead of in ten minutes. */
  compare: () => void;
}

const closedReader: PageReader = {
  show: () => undefined,
  positionOf: () => Promise.resolve(0),
  close: () => undefined,
};
const workingOffline: Problem = problemOf('unavailable', saying('working_offline'));
/** Milliseconds before the server is asked once more whether it ended the session. */
const askAgainAfter = 30_000;
const nobody: Problem = problemOf('unauthenticated', saying('sign_in_first'));

/** A replica for whoever is signed in; each person has their own database, so that nobody meets another's edits. */
export async function createReplica(parts: ReplicaParts): Promise<OpenedReplica> {
  const { account } = parts;
  const status = createStatusStore(parts.serverUrl, parts.clock, parts.schedule);
  let workspace: Workspace | undefined;
  const reopened = new Set<() => void>();

  /** Files, by name, that were replaced between their opening and their being in use. */
  const replacedWhileOpening = new Map<string, Rescue>();
  const departure = createDeparture(account, parts.leftovers);
  const enter = async (session: OneSession, again = false): Promise<void> => {
    const name = await workspaceOf(parts.leftovers, parts.serverUrl, session);
    if (workspace?.name === name && belongsTo(workspace, session)) {
      workspace.engine.start();
      return;
    }
    const before = workspace;
    workspace = undefined;
    replacedWhileOpening.clear();
    await before?.close();
    status.reset();
    // Nobody was signed out: the screens wait instead of asking for a password.
    if (again) status.set({ connection: 'offline' });
    await askAfterLeft(parts, departure);
    const open = (file: string) =>
      openWorkspace(
        parts,
        file,
        status,
        (rescue) => onRescue(session, file, rescue),
        () => void sentAway(),
      );
    let opened = await open(name);
    if (session.staffId !== undefined && !belongsTo(opened, session)) {
      // This e-mail address was somebody else's before.
      await opened.close();
      opened = await open(workspaceApart(parts.serverUrl, session.staffId));
    }
    parts.leftovers.belongTo(opened.name);
    // Told at the next start otherwise.
    await tellCleaned(parts.leftovers, opened.takeBack, parts.clock).catch(() => undefined);
    workspace = opened;
    status.set({ connection: 'offline', workOffline: workspace.workOffline, rescue: workspace.rescue });
    const replaced = replacedWhileOpening.get(workspace.name);
    if (replaced) return startAgain(session, workspace.name, replaced);
    if (workspace.workOffline) workspace.engine.setWorkOffline(true);
    workspace.engine.start();
  };
  const onRescue = (session: OneSession, name: string, rescue: Rescue): void => {
    if (workspace?.name === name) void startAgain(session, name, rescue);
    else replacedWhileOpening.set(name, rescue);
  };
  /** The file is a new one: everything that was read from the old one is forgotten, then pulled again. */
  const startAgain = async (session: OneSession, name: string, rescue: Rescue): Promise<void> => {
    if (workspace?.name !== name) return;
    const old = workspace;
    workspace = undefined;
    await old?.close().catch(() => undefined); // What it still wanted to write was for the damaged file.
    await enter(session, true);
    status.set({ rescue });
    reopened.forEach((listener) => listener());
  };
  let asking: Promise<void> | undefined;
  /** The server may have ended the session: when that is certain, nothing of the person stays here. */
  const sentAway = (): Promise<void> => {
    asking ??= leaveIfCertain().finally(() => (asking = undefined));
    return asking;
  };
  const leaveIfCertain = async (): Promise<void> => {
    const leaving = workspace;
    if (!leaving) return;
    const certain = await departure.isCertain(leaving).catch(() => 'unknown' as const);
    if (workspace !== leaving || certain === 'no') return;
    if (certain === 'unknown') return askAgain(leaving);
    workspace = undefined;
    status.reset();
    try {
      const sealed = await departure.wipe(leaving);
      status.connection(
        'signed_out',
        problemOf('session_revoked', saying('session_was_ended'), { details: { sealed } }),
      );
    } catch (error) {
      // The session is still kept, so that it is done again at the next start at the latest.
      const reason = error instanceof Error ? error.message : String(error);
      status.connection('signed_out', problemOf('internal', saying('data_not_removed', { why: reason })));
    }
  };
  const askAgain = (leaving: Workspace): void => {
    parts.schedule(askAgainAfter, () => {
      if (workspace === leaving && status.get().connection === 'signed_out') void sentAway();
    });
  };
  let greeted: Workspace | undefined;
  status.observe(({ connection }) => {
    if (connection !== 'online') greeted = undefined;
    if (connection !== 'online' || !workspace || greeted === workspace) return;
    greeted = workspace;
    const call = (method: CallMethod, path: string, body?: Json) =>
      callServer({ serverUrl: parts.serverUrl, account, method, path, body });
    const person = workspace.engine.identity()?.principal.id;
    // What fails here is tried at the next greeting.
    if (person !== undefined)
      noteWorkspace(parts.leftovers, parts.serverUrl, person, workspace.name).catch(() => undefined);
    departure.greeted(workspace, call).catch(() => undefined);
  });
  const kept = await account.restore();
  if (kept) await enter(kept);

  const withWorkspace = <Value>(
    work: (open: Workspace) => Promise<Result<Value, Problem>>,
  ): Promise<Result<Value, Problem>> => (workspace ? work(workspace) : Promise.resolve(failure(nobody)));
  const nothing = () => undefined;
  const opened = (): Workspace => {
    if (!workspace) throw new Error(nobody.message);
    return workspace;
  };

  return {
    status: status.get,
    onStatus: status.observe,
    principal: () => (status.get().connection === 'signed_out' ? undefined : workspace?.engine.identity()?.principal),
    get: async (kind, id) => workspace?.reads.get(kind, id),
    observeRecord: (kind, id, listener) => workspace?.reads.observeRecord(kind, id, listener) ?? nothing,
    observeList: (query, listener) => workspace?.reads.observeList(query, listener) ?? nothing,
    observePages: (query, listener) => workspace?.reads.observePages(query, listener) ?? closedReader,
    observeCount: (query, listener) => workspace?.reads.observeCount(query, listener) ?? nothing,
    observeGroups: (query, by, listener) => workspace?.reads.observeGroups(query, by, listener) ?? nothing,
    readRows: async (query, onPage, signal) => workspace?.reads.readRows(query, onPage, signal),
    explain: (query) => opened().reads.explain(query),
    readTexts: () => ({
      after: (request) => opened().texts.after(request),
      find: (kind, ids) => opened().texts.find(kind, ids),
    }),
    storageReport: () => opened().storage.report(),
    chooseWindow: (collection, days) => opened().storage.chooseWindow(collection, days),
    compactStorage: () => opened().storage.compact(),
    checkStorage: () => opened().storage.check(),
    heldSince: (kind) => workspace?.storage.heldSince(kind),
    isCaughtUp: (kind) => workspace?.storage.isCaughtUp(kind) ?? false,
    readOlder: async ({ kind, tenantId = '', before }) => {
      const until = workspace?.storage.heldSince(kind);
      if (until === undefined) return success({ rows: [], next: undefined });
      return readOlder({ serverUrl: parts.serverUrl, account, kind, tenantId, until, before });
    },
    call: async (method, path, body) => {
      if (!workspace) return failure(nobody);
      if (status.get().workOffline) return failure(workingOffline);
      const answer = await callServer({ serverUrl: parts.serverUrl, account, method, path, body });
      if (!answer.ok && answer.error.code === 'session_revoked') void sentAway();
      return answer;
    },
    ask: (method, path, body) => callServer({ serverUrl: parts.serverUrl, method, path, body }),
    download: async (path, body, onText, signal) => {
      if (!workspace) return failure(nobody);
      if (status.get().workOffline) return failure(workingOffline);
      return downloadText({ serverUrl: parts.serverUrl, account, path, body, onText, signal });
    },
    observeWitness: (listener) => workspace?.witness.observe(listener) ?? nothing,
    settleWitness: (tenantId) => opened().witness.settle(tenantId),
    keepProof: (proof) => opened().witness.keepProof(proof),
    onReopened: (listener) => {
      reopened.add(listener);
      return () => void reopened.delete(listener);
    },
    search: async (text, limit) => (await workspace?.reads.search(text, limit)) ?? [],
    create: (...given) => withWorkspace((open) => open.writes.create(...given)),
    edit: (...given) => withWorkspace((open) => open.writes.edit(...given)),
    remove: (...given) => withWorkspace((open) => open.writes.remove(...given)),
    withdraw: (...given) => withWorkspace((open) => open.writes.withdraw(...given)),
    observeOutbox: (listener) => workspace?.observeOutbox(listener) ?? nothing,
    observeInbox: (listener) => workspace?.observeInbox(listener) ?? nothing,
    resolveInbox: (...given) => withWorkspace((open) => open.inbox.resolve(...given)),
    restoreInbox: (...given) => withWorkspace((open) => open.inbox.restore(...given)),
    setWorkOffline: (on) => {
      status.set({ workOffline: on });
      workspace?.setWorkOffline(on);
    },
    signIn: async (credentials) => {
      // Nobody comes back while what was theirs is being removed.
      await asking;
      const session = await account.login(credentials);
      if (!session.ok) return session;
      await enter(session.value);
      return success(undefined);
    },
    adopt: async (answer) => {
      await asking;
      await enter(await account.adopt(answer));
    },
    signOut: async ({ discard }) => {
      const unsent = status.get().unsent;
      if (unsent > 0 && !discard)
        return failure(problemOf('invalid', saying('unsent_changes', { count: unsent }), { details: { unsent } }));
      const leaving = workspace;
      workspace = undefined;
      // A full disk must not keep anybody from leaving.
      if (leaving) await departure.keepHeads(leaving).catch(() => undefined);
      await leaving?.remove();
      if (leaving) parts.leftovers.forgetDrafts(leaving.name);
      status.reset();
      await account.logout();
      return success(undefined);
    },
    close: async () => workspace?.close(),
    retryNow: () => workspace?.engine.retryNow(),
    idle: async () => workspace?.engine.idle(),
    compare: () => workspace?.engine.compare(),
  };
}

/** A file that nobody was greeted in yet is anybody's. */
function belongsTo(workspace: Workspace, { staffId }: OneSession): boolean {
  const person = workspace.engine.identity()?.principal.id;
  return staffId === undefined || person === undefined || person === staffId;
}
