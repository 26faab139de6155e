import { rmSync } from 'node:fs';
import { pino } from 'pino';
import { systemRoles } from '#shared/domain/access/systemRoles.ts';
import type { JsonObject } from '#shared/kernel/json.ts';
import type { IdSource } from '#shared/kernel/sources.ts';
import { createUuidV7Source } from '#shared/kernel/uuidV7.ts';
import type { SessionAnswer } from '#shared/protocol/session.ts';
import type { ReplicatedCollection } from '#shared/records/collections.ts';
import type { RecordEnvelope } from '#shared/records/envelope.ts';
import { requireResource } from '#shared/resources/registry.ts';
import { createAccounts } from '#server/accounts.ts';
import { readCommandLine } from '#server/config/options.ts';
import { createSealer } from '#server/features/secrets/sealedValue.ts';
import { createPasswords, hashPassword } from '#server/features/signIn/passwords.ts';
import { createSignIn } from '#server/features/signIn/signIn.ts';
import type { SignIn } from '#server/features/signIn/signIn.ts';
import { createHttpServer } from '#server/http/httpServer.ts';
import { createMetrics } from '#server/http/metrics.ts';
import { openSqliteStore } from '#server/storage/sqlite/openSqliteStore.ts';
import type { SyncStore } from '#server/storage/store.ts';
import { createPrincipals } from '#server/sync/principals.ts';
import { createSyncCore } from '#server/sync/syncCore.ts';
import { makeTicket } from './sampleResource.ts';
import { temporaryFolder } from './temporaryFolder.ts';

export interface Answer {
  status: number;
  body: JsonObject;
  /** '' = there is none. */
  retryAfter: string;
}

/** Accounts with everything behind them, in this process, on real files and a clock of their own. */
export interface AccountsServer {
  store: SyncStore;
  signIn: SignIn;
  ids: IdSource;
  now: () => number;
  advance: (milliseconds: number) => void;
  /** Argon2 derivations so far. */
  derivations: () => number;
  ask: (
    method: 'GET' | 'POST' | 'DELETE',
    url: string,
    given?: { body?: object; token?: string; from?: string },
  ) => Promise<Answer>;
  logIn: (
    role: string,
    more?: { password?: string; totp?: string; from?: string; clientId?: string },
  ) => Promise<Answer>;
  /** As `logIn`. @throws Error when it is refused */
  session: (role: string, more?: { password?: string; totp?: string }) => Promise<SessionAnswer>;
  /** Puts a staff record in another state, as a push would. */
  setStatus: (role: string, status: 'active' | 'disabled') => Promise<void>;
  auditOf: (action: string) => Promise<JsonObject[]>;
  /** Resolves when all that was begun is stored. */
  settled: () => Promise<void>;
  /** Another process on the same files. The old one ends. */
  restart: () => Promise<void>;
  close: () => Promise<void>;
}

export const password = 'violet umbrella before noon';
const start = Date.parse('2026-03-01T08:00:00.000Z');
let secretOfAll: Promise<string> | undefined;

/** `staff: false`: nobody is there yet. */
export async function startAccountsServer({
  staff = true,
  options = [] as readonly string[],
} = {}): Promise<AccountsServer> {
  const folder = temporaryFolder('accounts');
  let now = start;
  const clock = () => now;
  const ids = createUuidV7Source(clock, (length) => crypto.getRandomValues(new Uint8Array(length)));
  const line = readCommandLine(['--data', folder, ...options], {});
  if (line.command !== 'serve') throw new Error('the command line does not start a server');
  let derivations = 0;
  const errors: string[] = [];
  if (staff) {
    const store = openSqliteStore(folder, clock);
    await fill(store);
    await store.close();
  }
  let running = await open();

  async function open() {
    const store = openSqliteStore(folder, clock);
    const principals = createPrincipals(store, clock);
    await principals.refresh();
    const core = createSyncCore({ store, clock, ids, currentPrincipal: (given) => principals.principalOf(given.id) });
    core.onCommitted(async (collections) => {
      if (collections.has('access')) await principals.refresh();
    });
    const real = createPasswords();
    const counted = <Value>(value: Value): Value => {
      derivations += 1;
      return value;
    };
    const networkOf = (address: string) => `network of ${address}`;
    const signIn = createSignIn({
      store,
      write: core.write,
      networkOf,
      sealer: createSealer({ id: 'test', bytes: new Uint8Array(32).fill(9) }),
      accountByEmail: principals.accountByEmail,
      account: principals.account,
      clock,
      ids,
      secret: new Uint8Array(32).fill(7),
      passwords: {
        hash: (given) => counted(real.hash(given)),
        matches: (given, secret) => counted(real.matches(given, secret)),
      },
    });
    const log = pino({ level: 'error' }, { write: (text: string) => void errors.push(text) });
    const serve = line.command === 'serve' ? line.options : undefined;
    if (!serve) throw new Error('the command line does not start a server');
    const parts = { options: serve, store, core, principals, signIn, serverId: 'server', networkOf, clock, ids, log };
    const accounts = createAccounts(parts);
    const { app } = await createHttpServer({
      store,
      principals,
      signIn,
      metrics: createMetrics(),
      log,
      origins: [],
      ready: () => true,
      modules: accounts.modules,
    });
    await accounts.start();
    return { store, principals, core, signIn, accounts, app };
  }
  async function stop(): Promise<void> {
    await running.app.close();
    await running.accounts.stop();
    await running.core.drain();
    await running.store.close();
  }

  const ask: AccountsServer['ask'] = async (method, url, { body, token = '', from = '127.0.0.1' } = {}) => {
    const answer = await running.app.inject({
      method,
      url,
      remoteAddress: from,
      headers: token === '' ? {} : { authorization: `Bearer ${token}` },
      ...(body === undefined ? {} : { payload: body }),
    });
    const retryAfter = answer.headers['retry-after'] ?? '';
    return { status: answer.statusCode, body: answer.json<JsonObject>(), retryAfter };
  };
  const logIn: AccountsServer['logIn'] = (role, { password: typed = password, totp, from, clientId = 'laptop' } = {}) =>
    ask('POST', '/v1/auth/login', {
      body: { email: emailOf(role), password: typed, clientId, device: 'Laptop', ...(totp ? { totp } : {}) },
      ...(from ? { from } : {}),
    });
  return {
    get store() {
      return running.store;
    },
    get signIn() {
      return running.signIn;
    },
    ids,
    now: clock,
    advance: (milliseconds) => void (now += milliseconds),
    derivations: () => derivations,
    ask,
    logIn,
    session: async (role, more) => {
      const { status, body } = await logIn(role, more);
      if (status !== 200) throw new Error(`${role} may not sign in: ${JSON.stringify(body)}`);
      return body as unknown as SessionAnswer;
    },
    setStatus: (role, status) =>
      running.core.write(1, async (batch) => {
        await batch.load([`staff-${role}`]);
        const record = batch.get(`staff-${role}`) as RecordEnvelope;
        const after = { ...record, status, version: record.version + 1 };
        await batch.write({ after, actor: { id: 'x', name: 'x' }, reason: 'Left', madeAt: '', requestId: 'x' });
      }),
    auditOf: async (action) => {
      const found = await running.store.changesSince('audit', 0, 10_000);
      return found.map((one) => (one.read() as RecordEnvelope).body).filter((body) => body['action'] === action);
    },
    settled: () => running.core.drain(),
    restart: async () => {
      await stop();
      running = await open();
    },
    close: async () => {
      await stop();
      rmSync(folder, { recursive: true, force: true });
      if (errors.length > 0) throw new Error(`the server logged errors: ${errors.join('')}`);
    },
  };
}

export const emailOf = (role: string) => (role.includes('@') ? role : `${role}@steward.example`);

/** One person for each system role, all with the same password, and somebody who was just added and has none. */
async function fill(store: SyncStore): Promise<void> {
  const make = (kind: string, id: string, status: string, body: JsonObject): RecordEnvelope => ({
    ...makeTicket({ id, kind, tenantId: '', status, createdBy: 'system' }),
    body,
  });
  const person = (key: string, name: string, roles: readonly string[]) =>
    make('staff', `staff-${key}`, 'active', {
      email: emailOf(key),
      displayName: name,
      locale: 'en',
      tenants: [],
      roles: roles.map((role) => ({ id: `role-${role}`, roleId: `role-${role}`, reason: '', expiresAt: '' })),
    });
  const records = [
    ...systemRoles.flatMap(({ key, name, permissions, fieldRules }) => [
      make('role', `role-${key}`, '', {
        key,
        name,
        isSystem: true,
        permissions: [...permissions],
        fieldRules: fieldRules.map((one) => ({ ...one })),
      }),
      person(key, name, [key]),
    ]),
    person('newcomer', 'Ines Duarte', ['viewer']),
  ];
  secretOfAll ??= hashPassword(password);
  const secret = await secretOfAll;
  await store.transaction(async (transaction) => {
    await transaction.putRecords(
      records.map((record) => ({
        collection: requireResource(record.kind).collection as ReplicatedCollection,
        record,
      })),
    );
    for (const { key } of systemRoles) await transaction.putCredential({ staffId: `staff-${key}`, secret });
  });
}
