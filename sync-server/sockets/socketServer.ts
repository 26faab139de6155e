import type { IncomingMessage, Server as HttpServer } from 'node:http';
import { Server } from 'socket.io';
import type { Socket } from 'socket.io';
import { minimumSchemaVersion, protocolVersion, schemaVersion, defaultLimits } from '#shared/protocol/version.ts';
import { connectAuthSchema, digestSchema, pullSchema, pushSchema } from '#shared/protocol/messages.ts';
import type { Hello } from '#shared/protocol/messages.ts';
import { mayBeDangerous } from '#shared/domain/writes/neededPermissions.ts';
import type { Problem } from '#shared/kernel/errors.ts';
import { problemOf, saying } from '#shared/kernel/sentences/sentence.ts';
import { isJsonObject } from '#shared/kernel/json.ts';
import type { Clock } from '#shared/kernel/sources.ts';
import type { StoreReader } from '../storage/store.ts';
import type { Principals } from '../sync/principals.ts';
import type { SyncCore } from '../sync/syncCore.ts';
import type { SignIn } from '../features/signIn/signIn.ts';
import type { Metrics } from '../http/metrics.ts';
import { createAdmission } from './admission.ts';
import { answerMessage, message } from './answerMessage.ts';
import { createChangeTailer } from './changeTailer.ts';
import { createConnection } from './connection.ts';
import type { Connection } from './connection.ts';
import { createDoorkeeper, defaultDoorLimits } from './doorkeeper.ts';
import type { DoorLimits } from './doorkeeper.ts';
import { createRoomRegistry } from './roomRegistry.ts';
import { scopeOf } from './scopeOf.ts';

export interface SocketServerOptions {
  http: HttpServer;
  core: SyncCore;
  store: StoreReader;
  principals: Principals;
  signIn: SignIn;
  metrics: Metrics;
  clock: Clock;
  serverId: string;
  demo: boolean;
  /** Days that consoles may be used without this server. */
  offlineDays: number;
  origins: readonly string[];
  /** Default: those of a server for a company. */
  doorLimits?: DoorLimits;
  /** Where a request comes from, proxies aside. */
  addressOf: (request: IncomingMessage) => string;
  /** What stands for an address in the audit log. */
  networkOf: (address: string) => string;
  onFault: (what: string, error: unknown) => void;
}

const namespace = '/sync';
/** Milliseconds. Roles that expire take effect at their moment; a clock that was set is noticed within this time. */
const rightsCheck = 30_000;

/** The sync protocol over Socket.io. `close` says goodbye to every console. */
export function createSocketServer(options: SocketServerOptions): {
  start: () => Promise<void>;
  close: () => Promise<void>;
} {
  const { core, store, principals, signIn, metrics } = options;
  const io = new Server(options.http, {
    transports: ['websocket'],
    serveClient: false,
    maxHttpBufferSize: defaultLimits.maxBytes + 65_536,
    pingInterval: 15_000,
    pingTimeout: 15_000,
    connectTimeout: 20_000,
    cors: { origin: [...options.origins] },
    // A socket carries no cookies and every connection needs a token, but a foreign page has no business here either.
    allowRequest: (request, decide) => {
      const { origin } = request.headers;
      const known = origin === undefined || options.origins.includes(origin);
      decide(null, known && door.mayOpen(options.addressOf(request)));
    },
  });
  const door = createDoorkeeper(options.doorLimits ?? defaultDoorLimits);
  io.engine.on('connection', (line: RawLine) => {
    door.opened({ id: line.id, close: () => line.close() }, options.addressOf(line.request));
    line.once('close', () => door.closed(line.id));
  });
  // Nothing is served there, and nothing would ever close who waits there.
  io.of('/').use((_socket, next) => next(new Error('There is nothing here. Connect to /sync.')));
  const connections = new Map<string, Connection>();
  const tailer = createChangeTailer({
    store,
    rooms: (collection) => rooms.of(collection),
    now: () => performance.now(),
    onFault: (error) => options.onFault('change tailer', error),
  });
  const rooms = createRoomRegistry({
    io,
    namespace,
    position: tailer.position,
    onSent: (documents) => {
      metrics.sentDocuments.inc({ way: 'changes' }, documents);
      for (const connection of connections.values()) if (connection.shed()) metrics.resyncs.inc();
    },
  });
  const { admit } = createAdmission();

  let rightsTimer: NodeJS.Timeout | undefined;
  const refreshRights = () => {
    const since = options.clock();
    for (const connection of connections.values()) connection.applyRights(principals.principalOf(connection.staffId));
    rooms.prune();
    checkRightsLater(since);
  };
  /** `since`: before the rights were looked at, so that one that ended in between is looked at again. */
  const checkRightsLater = (since: number) => {
    clearTimeout(rightsTimer);
    const untilNext = (principals.nextExpiry(since) ?? Number.POSITIVE_INFINITY) - options.clock();
    rightsTimer = setTimeout(refreshRights, Math.min(rightsCheck, Math.max(1, untilNext)));
    rightsTimer.unref();
  };
  const stopListening = core.onCommitted(async (collections) => {
    if (collections.has('access') && (await principals.refresh())) refreshRights();
    tailer.wake(collections);
  });
  signIn.onRevoked((sessionId) => {
    for (const connection of connections.values())
      if (connection.sessionId === sessionId) connection.close('session_revoked');
  });
  signIn.sessions.keepWhile((sessionId) => {
    for (const connection of connections.values()) if (connection.sessionId === sessionId) return true;
    return false;
  });
  checkRightsLater(options.clock());

  const authorise = async (
    socket: Socket,
  ): Promise<{ connection: Parameters<typeof createConnection>[1] } | { problem: Problem }> => {
    const auth = connectAuthSchema.safeParse(socket.handshake.auth);
    if (!auth.success)
      return {
        problem: { code: 'unauthenticated', message: 'Connect with a token, clientId, schemaVersion and appVersion.' },
      };
    if (auth.data.schemaVersion < minimumSchemaVersion)
      return {
        problem: problemOf('client_outdated', saying('console_too_old')),
      };
    const session = await signIn.authenticate(auth.data.token);
    if (!session.ok) return { problem: session.error };
    const principal = principals.principalOf(session.value.staffId);
    if (!principal) return { problem: problemOf('session_revoked', saying('account_inactive')) };
    return { connection: { sessionId: session.value.sessionId, principal, clientId: auth.data.clientId } };
  };

  const admitSocket = async (socket: Socket): Promise<Error | undefined> => {
    const refusal = (problem: Problem) => Object.assign(new Error(problem.message), { data: problem });
    try {
      const outcome = await authorise(socket);
      if ('problem' in outcome) return refusal(outcome.problem);
      if (!door.entered(lineOf(socket), outcome.connection.principal.id)) return refusal(tooManyLines);
      (socket.data as { identity?: unknown }).identity = outcome.connection;
      return undefined;
    } catch (error) {
      options.onFault('connect', error);
      return refusal(problemOf('unavailable', saying('cannot_check_sign_in')));
    }
  };
  io.of(namespace).use((socket, next) => {
    // Socket.io waits for the callback; `admitSocket` never rejects.
    // oxlint-disable-next-line promise/no-callback-in-promise
    void admitSocket(socket).then(next);
  });
  io.of(namespace).on('connection', (socket) => {
    const { identity } = socket.data as { identity: Parameters<typeof createConnection>[1] };
    const connection = createConnection(socket, identity, rooms);
    connections.set(socket.id, connection);
    metrics.connections.set(connections.size);
    socket.on('disconnect', () => {
      connections.delete(socket.id);
      door.left(lineOf(socket));
      metrics.connections.set(connections.size);
    });
    // What its transport could not read; it closes by itself, and whoever sends such things must not fill the log.
    socket.on('error', () => metrics.messages.inc({ event: 'unknown', outcome: 'invalid_message' }));
    const messages = messagesOf(options, connection, socket, identity.clientId);
    const answer = async (event: string, parameters: unknown[]): Promise<void> => {
      const started = performance.now();
      const { outcome, malformed } = await answerMessage(
        { event, parameters },
        { messages, admit: (name) => admit(socket.id, name), onFault: options.onFault },
      );
      const name = Object.hasOwn(messages, event) ? event : 'unknown';
      metrics.messages.inc({ event: name, outcome });
      metrics.handling.observe({ event: name }, (performance.now() - started) / 1000);
      if (malformed) connection.countMalformed();
    };
    socket.onAny((event: unknown, ...parameters: unknown[]) => void answer(String(event), parameters));
    // Rights may have changed since the connection was let in, when nobody could tell it.
    connection.applyRights(principals.principalOf(connection.staffId));
    void greet(socket, connection);
  });

  const greet = async (socket: Socket, connection: Connection): Promise<void> => {
    try {
      const sequence = await store.latestSequence();
      socket.emit('hello', helloOf(options, connection, sequence));
      connection.enter();
    } catch (error) {
      options.onFault('hello', error);
      connection.close('unavailable');
    }
  };

  return {
    start: tailer.start,
    close: async () => {
      clearTimeout(rightsTimer);
      door.close();
      stopListening();
      for (const connection of connections.values()) connection.close('unavailable');
      await tailer.stop();
      await io.close();
    },
  };
}

/** What the transport below Socket.io tells of a line. */
interface RawLine {
  id: string;
  request: IncomingMessage;
  once: (event: 'close', listener: () => void) => void;
  close: () => void;
}

/** The socket's own id is another one; the transport's is not in its public type. */
function lineOf(socket: Socket): string {
  return (socket.conn as unknown as { id: string }).id;
}

const tooManyLines: Problem = problemOf('rate_limited', saying('too_many_connections'));

/** Every message a console may send. */
export const messageNames = ['pull', 'push', 'digest'] as const;

function messagesOf(options: SocketServerOptions, connection: Connection, socket: Socket, clientId: string) {
  const { core, metrics, signIn } = options;
  return {
    pull: message(pullSchema, async (request) => {
      const answer = await core.pull(connection.principal(), request, clientId);
      if (answer.ok) metrics.sentDocuments.inc({ way: 'pull' }, answer.documents.length);
      return answer;
    }),
    push: message(pushSchema, async (request) => {
      if (request.rows.length > defaultLimits.maxPush)
        return {
          ok: false as const,
          error: {
            code: 'too_large' as const,
            message: `A push holds at most ${defaultLimits.maxPush} rows, this one has ${request.rows.length}. Send smaller ones.`,
          },
        };
      const elevated = request.rows.some(isSensitive) ? await signIn.isElevated(connection.sessionId) : false;
      const actor = {
        session: connection.sessionId,
        address: options.networkOf(options.addressOf(socket.request)),
        appVersion: String((socket.handshake.auth as { appVersion?: unknown }).appVersion ?? '').slice(0, 40),
      };
      const answer = await core.push(connection.principal(), clientId, request, actor, { elevated });
      if (answer.ok) {
        const refused = answer.conflicts.length + answer.rejections.length;
        metrics.pushedRows.inc({ outcome: 'accepted' }, request.rows.length - refused);
        metrics.pushedRows.inc({ outcome: 'conflict' }, answer.conflicts.length);
        metrics.pushedRows.inc({ outcome: 'rejected' }, answer.rejections.length);
      }
      return answer;
    }),
    digest: message(digestSchema, (request) => core.digest(connection.principal(), request)),
  } satisfies Record<(typeof messageNames)[number], unknown>;
}

/** Whether a row, valid or not, may be one of those that ask again who one is. */
function isSensitive(row: unknown): boolean {
  const doc = isJsonObject(row) ? row['doc'] : undefined;
  return isJsonObject(doc) && typeof doc['kind'] === 'string' && mayBeDangerous(doc['kind']);
}

function helloOf(options: SocketServerOptions, connection: Connection, sequence: number): Hello {
  const principal = connection.principal();
  const { access, ...scope } = scopeOf(principal);
  return {
    protocol: protocolVersion,
    schemaVersion,
    serverId: options.serverId,
    serverTime: new Date(options.clock()).toISOString(),
    sequence,
    principal: { id: principal.id, name: principal.name },
    scope: { hash: scope.hash, tenants: scope.tenants },
    permissions: scope.permissions,
    access,
    limits: defaultLimits,
    flags: {},
    demo: options.demo,
    offlineDays: options.offlineDays,
  };
}
