import { canonicalJson } from '#shared/kernel/canonicalJson.ts';
import type { Principal } from '#shared/domain/access/principal.ts';
import { heldPatterns, tenantScope } from '#shared/domain/access/decideAccess.ts';
import type { IdSource } from '#shared/kernel/sources.ts';
import { replicatedCollections } from '#shared/records/collections.ts';
import type { ReplicatedCollection } from '#shared/records/collections.ts';
import type { Hello } from '#shared/protocol/messages.ts';
import { defaultLimits, protocolVersion, schemaVersion } from '#shared/protocol/version.ts';
import { LinkLost } from '#renderer/data/sync/transport.ts';
import type { LinkHandlers, OpenLink } from '#renderer/data/sync/transport.ts';
import { openSqliteStore } from '#server/storage/sqlite/openSqliteStore.ts';
import type { SyncStore } from '#server/storage/store.ts';
import { createSyncCore } from '#server/sync/syncCore.ts';
import type { SyncCore } from '#server/sync/syncCore.ts';
import { viewOf } from '#server/sync/visibility.ts';
import type { VirtualTime } from './virtualTime.ts';

/** How the virtual line treats one message: milliseconds until each copy arrives; none = lost. */
export type Fate = (direction: 'up' | 'down') => readonly number[];

export interface VirtualServer {
  store: SyncStore;
  core: SyncCore;
  /** A line for one person; `fate` decides about every message. */
  lineFor: (personId: string, fate: Fate) => OpenLink;
  /** Rights as of now; connected consoles hear of a change. undefined = no longer active. */
  setPrincipal: (principal: Principal) => void;
  /** Breaks every connection. */
  dropAll: () => void;
  setReachable: (on: boolean) => void;
  /** What documents look like on the way down; a test may damage them. */
  tamper: (change: (document: unknown) => unknown) => void;
  serverId: string;
}

interface Connection {
  personId: string;
  send: (event: 'hello' | 'changes' | 'resync' | 'scope' | 'bye', payload: unknown) => void;
  drop: () => void;
  positions: Map<ReplicatedCollection, number>;
}

/** Milliseconds after which a request without an answer counts as lost. */
const answerTimeout = 45_000;

/** The real sync core on a real SQLite store in memory, behind a line that delays, repeats, reorders and loses messages. */
export function createVirtualServer(
  time: VirtualTime,
  ids: IdSource,
  people: readonly Principal[],
  directory = ':memory:',
): VirtualServer {
  const store = openSqliteStore(directory, time.now);
  const principals = new Map(people.map((person) => [person.id, person]));
  const core = createSyncCore({ store, clock: time.now, ids, currentPrincipal: (given) => principals.get(given.id) });
  const connections = new Set<Connection>();
  let reachable = true;
  let damage = (document: unknown) => document;
  const wire = (value: unknown): unknown => JSON.parse(JSON.stringify(value));

  core.onCommitted((touched) => {
    for (const connection of connections) for (const collection of touched) void announce(connection, collection);
  });
  const announce = async (connection: Connection, collection: ReplicatedCollection) => {
    const since = connection.positions.get(collection) ?? 0;
    const principal = principals.get(connection.personId);
    const changes = await store.changesSince(collection, since, 500);
    const last = changes.at(-1)?.head.sequence;
    if (!principal || last === undefined || !connections.has(connection)) return;
    if ((connection.positions.get(collection) ?? 0) >= last) return;
    connection.positions.set(collection, last);
    const view = viewOf(principal);
    const documents = changes.flatMap((change) => view.show(change) ?? []).map(damage);
    if (documents.length > 0)
      connection.send('changes', wire({ collection, documents, checkpoint: { seq: last }, since: { seq: since } }));
  };
  const hello = async (principal: Principal): Promise<Hello> => ({
    protocol: protocolVersion,
    schemaVersion,
    serverId: 'virtual',
    serverTime: new Date(time.now()).toISOString(),
    sequence: await store.latestSequence(),
    principal: { id: principal.id, name: principal.name },
    scope: { hash: canonicalJson(principal), tenants: tenantScope(principal) },
    permissions: heldPatterns(principal),
    access: principal,
    limits: defaultLimits,
    flags: {},
    demo: false,
  });
  const answerTo = async (personId: string, event: string, payload: unknown): Promise<unknown> => {
    const principal = principals.get(personId);
    if (!principal) return { ok: false, error: { code: 'session_revoked', message: 'gone' } };
    if (event === 'pull') {
      const answer = await core.pull(principal, payload as never, personId);
      return answer.ok ? { ...answer, documents: answer.documents.map(damage) } : answer;
    }
    if (event === 'push') return core.push(principal, `session-${personId}`, payload as never);
    return core.digest(principal, payload as never);
  };
  const greet = async (connection: Connection) => {
    for (const collection of replicatedCollections)
      connection.positions.set(collection, await store.collectionSequence(collection));
    const principal = principals.get(connection.personId);
    if (!principal) return connection.send('bye', { code: 'session_revoked' });
    connections.add(connection);
    connection.send('hello', wire(await hello(principal)));
  };

  return {
    store,
    core,
    serverId: 'virtual',
    lineFor: (personId, fate) => (_auth, handlers) => openLine(personId, fate, handlers),
    setPrincipal: (principal) => {
      principals.set(principal.id, principal);
      const scope = {
        hash: canonicalJson(principal),
        tenants: tenantScope(principal),
        permissions: heldPatterns(principal),
        access: principal,
      };
      for (const connection of connections)
        if (connection.personId === principal.id) connection.send('scope', wire(scope));
    },
    dropAll: () => [...connections].forEach((connection) => connection.drop()),
    setReachable: (on) => {
      reachable = on;
      if (!on) [...connections].forEach((connection) => connection.drop());
    },
    tamper: (change) => (damage = change),
  };

  function openLine(personId: string, fate: Fate, handlers: LinkHandlers): ReturnType<OpenLink> {
    let over = false;
    const lost = new Set<() => void>();
    const down = () => {
      if (over) return;
      close();
      handlers.onDown({ code: 'unavailable', message: 'the virtual line broke' });
    };
    const close = () => {
      over = true;
      connections.delete(connection);
      for (const reject of lost) reject();
      lost.clear();
    };
    const carry = (direction: 'up' | 'down', deliver: () => void) => {
      for (const delay of fate(direction)) time.schedule(delay, () => !over && deliver());
    };
    const connection: Connection = {
      personId,
      positions: new Map(),
      drop: down,
      send: (event, payload) => carry('down', () => handlers.onMessage(event, payload)),
    };
    time.schedule(5, () => {
      if (over) return;
      if (reachable) void greet(connection);
      else down();
    });
    return {
      close,
      request: (event, payload) =>
        new Promise((resolve, reject) => {
          if (over) return reject(new LinkLost());
          const fail = () => reject(new LinkLost());
          lost.add(fail);
          const cancel = time.schedule(answerTimeout, down);
          const sent = wire(payload);
          // A message that is on its way when the line breaks may still arrive.
          const arrive = async () => {
            if (!reachable) return;
            const received = wire(await answerTo(personId, event, sent));
            carry('down', () => {
              cancel();
              lost.delete(fail);
              resolve(received);
            });
          };
          for (const delay of fate('up')) time.schedule(delay, () => void arrive());
        }),
    };
  }
}
