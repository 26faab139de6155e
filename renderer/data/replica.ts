import type { Problem } from '#shared/kernel/errors.ts';
import { failure, success } from '#shared/kernel/result.ts';
import type { Result } from '#shared/kernel/result.ts';
import type { Clock, IdSource } from '#shared/kernel/sources.ts';
import type { Replica } from './replicaApi.ts';
import type { Account } from './session/account.ts';
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

const nobody: Problem = { code: 'unauthenticated', message: 'Sign in first.' };

/** A replica for whoever is signed in; each person has their own database, so that nobody meets another's edits. */
export async function createReplica(parts: ReplicaParts): Promise<OpenedReplica> {
  const { account } = parts;
  const status = createStatusStore(parts.serverUrl, parts.clock);
  let workspace: Workspace | undefined;
  let email = '';

  const enter = async (person: string): Promise<void> => {
    if (workspace && email === person) {
      workspace.engine.start();
      return;
    }
    await workspace?.close();
    status.reset();
    workspace = await openWorkspace(parts, person, status);
    email = person;
    status.set({ connection: 'offline', workOffline: workspace.workOffline });
    if (workspace.workOffline) workspace.engine.setWorkOffline(true);
    workspace.engine.start();
  };
  const kept = await account.restore();
  if (kept) await enter(kept.email.toLowerCase());

  const withWorkspace = <Value>(
    work: (open: Workspace) => Promise<Result<Value, Problem>>,
  ): Promise<Result<Value, Problem>> => (workspace ? work(workspace) : Promise.resolve(failure(nobody)));
  const nothing = () => undefined;

  return {
    status: status.get,
    onStatus: status.observe,
    principal: () => (status.get().connection === 'signed_out' ? undefined : workspace?.engine.identity()?.principal),
    get: async (kind, id) => workspace?.reads.get(kind, id),
    observeRecord: (kind, id, listener) => workspace?.reads.observeRecord(kind, id, listener) ?? nothing,
    observeList: (query, listener) => workspace?.reads.observeList(query, listener) ?? nothing,
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
      const session = await account.login(credentials);
      if (!session.ok) return session;
      await enter(session.value.email.toLowerCase());
      return success(undefined);
    },
    signOut: async ({ discard }) => {
      const unsent = status.get().unsent;
      if (unsent > 0 && !discard)
        return failure({
          code: 'invalid',
          message: `${unsent} of your changes are not sent yet. Connect and wait, or give them up.`,
          details: { unsent },
        });
      const leaving = workspace;
      workspace = undefined;
      email = '';
      await leaving?.remove();
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
