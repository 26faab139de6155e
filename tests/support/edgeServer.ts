import type { InjectOptions, LightMyRequestResponse } from 'fastify';
import { pino } from 'pino';
import { systemRoles } from '#shared/domain/access/systemRoles.ts';
import type { Json, JsonObject } from '#shared/kernel/json.ts';
import type { IdSource } from '#shared/kernel/sources.ts';
import { createUuidV7Source } from '#shared/kernel/uuidV7.ts';
import type { ReplicatedCollection } from '#shared/records/collections.ts';
import { tombstoneOf } from '#shared/records/envelope.ts';
import type { RecordEnvelope } from '#shared/records/envelope.ts';
import { requireResource } from '#shared/resources/registry.ts';
import { createAcceptEvents } from '#server/engine/acceptEvents.ts';
import { engineHealth } from '#server/engine/engineHealth.ts';
import { createEngineStatistics } from '#server/engine/engineStatistics.ts';
import { createRuleBook } from '#server/engine/ruleBook.ts';
import { createApiKeys } from '#server/features/apiKeys/apiKeys.ts';
import type { ApiKeys } from '#server/features/apiKeys/apiKeys.ts';
import { createSeededRandom } from '#server/features/demo/seededRandom.ts';
import { createIdempotency } from '#server/features/idempotency/idempotency.ts';
import { createInboundWebhooks } from '#server/features/inboundWebhooks/inboundWebhooks.ts';
import { createSealer } from '#server/features/secrets/sealedValue.ts';
import { createSecrets } from '#server/features/secrets/secrets.ts';
import { createAccessTokens } from '#server/features/signIn/accessTokens.ts';
import { createSignIn } from '#server/features/signIn/signIn.ts';
import { createWebhookLog } from '#server/features/webhooks/webhookLog.ts';
import type { WebhookLog } from '#server/features/webhooks/webhookLog.ts';
import { createHttpServer } from '#server/http/httpServer.ts';
import { createMetrics } from '#server/http/metrics.ts';
import { defaultRates } from '#server/http/rateLimits.ts';
import type { Rates } from '#server/http/rateLimits.ts';
import { openSqliteStore } from '#server/storage/sqlite/openSqliteStore.ts';
import type { SyncStore } from '#server/storage/store.ts';
import { createPrincipals } from '#server/sync/principals.ts';
import { createSyncCore } from '#server/sync/syncCore.ts';
import { makeTicket } from './sampleResource.ts';

/** The HTTP edges with everything behind them, in this process and memory, on a clock of their own; no engine runs. */
export interface EdgeServer {
  store: SyncStore;
  apiKeys: ApiKeys;
  webhookLog: WebhookLog;
  ids: IdSource;
  now: () => number;
  advance: (milliseconds: number) => void;
  inject: (options: InjectOptions) => Promise<LightMyRequestResponse>;
  /** Everything that is served. */
  routes: () => { method: string; url: string }[];
  /** Access token of whoever has a system role. */
  tokenOf: (role: string) => string;
  /** A request of whoever has a system role; '' = nobody. The answer's status and JSON. */
  ask: (
    role: string,
    method: 'GET' | 'POST' | 'PUT' | 'DELETE',
    url: string,
    body?: Json,
  ) => Promise<{ status: number; body: JsonObject }>;
  /** A key made by an administrator. */
  keyFor: (tenantId: string, expiresAt?: string) => Promise<{ id: string; key: string }>;
  send: (
    key: string,
    body: Json,
    headers?: Record<string, string>,
  ) => Promise<{ status: number; body: JsonObject; headers: LightMyRequestResponse['headers'] }>;
  /** Deletes a record, as if by sync. */
  remove: (id: string) => Promise<void>;
  /** What the server logged as errors. */
  errors: readonly string[];
  /** @throws Error when the server logged an error: no request may bring one about. */
  close: () => Promise<void>;
}

export const tenants = { acme: 'tenant-acme', other: 'tenant-other', archived: 'tenant-archived' } as const;
export const rules = { hooked: 'rule-hooked', other: 'rule-other' } as const;

const start = Date.parse('2026-03-01T08:00:00.000Z');
const paid = {
  module: 'shop',
  code: 'order.paid',
  description: { en: '', ar: '', fr: '' },
  dataSchema: { type: 'object', properties: { amount: { type: 'number', minimum: 0 } }, required: ['amount'] },
  isActive: true,
};

export async function startEdgeServer(rates: Rates = defaultRates): Promise<EdgeServer> {
  let now = start;
  const clock = () => now;
  const ids = createUuidV7Source(clock, createSeededRandom(5).bytes);
  const store = openSqliteStore(':memory:', clock);
  await store.transaction((transaction) =>
    transaction.putRecords(
      seedRecords().map((record) => ({
        collection: requireResource(record.kind).collection as ReplicatedCollection,
        record,
      })),
    ),
  );
  const principals = createPrincipals(store, clock);
  await principals.refresh();
  const secret = new Uint8Array(32).fill(7);
  const { write } = createSyncCore({ store, clock, ids });
  const key = { id: 'test', bytes: new Uint8Array(32).fill(9) };
  const signIn = createSignIn({
    store,
    write,
    networkOf: (address) => address,
    sealer: createSealer(key),
    accountByEmail: principals.accountByEmail,
    account: principals.account,
    clock,
    ids,
    secret,
  });
  const apiKeys = createApiKeys({ store, write, clock, ids });
  const webhookLog = createWebhookLog({ store, clock });
  const statistics = createEngineStatistics(clock);
  const errors: string[] = [];
  const { app } = await createHttpServer({
    store,
    principals,
    signIn,
    metrics: createMetrics(),
    log: pino({ level: 'error' }, { write: (line: string) => void errors.push(line) }),
    origins: [],
    ready: () => true,
    rates,
    automation: {
      acceptEvents: createAcceptEvents({ write, clock, ids, book: createRuleBook(), statistics }),
      apiKeys,
      idempotency: createIdempotency({ store, clock }),
      inboundWebhooks: createInboundWebhooks({
        store,
        clock,
        sealer: createSealer(key),
        publicUrl: 'https://steward.example/',
      }),
      secrets: createSecrets({ store, clock, key }),
      engineHealth: () => engineHealth(store, statistics, clock),
      records: (ids) => store.getRecords(ids),
      webhookLog: ({ limit, ...query }) => webhookLog.read({ limit, ...definedOnly(query) }),
      retryDead: async (id) => {
        const job = (await store.getJobs([id])).get(id);
        const revived = await store.transaction((transaction) => transaction.reviveJob(id, clock()));
        return revived ? job : undefined;
      },
      write,
      clock,
    },
  });
  const tokens = createAccessTokens(secret, clock, 365 * 24 * 3600);
  const makeToken = async (role: string): Promise<string> => {
    const session = { id: `session-${role}`, staffId: `staff-${role}`, clientId: 'c', device: '', address: '' };
    await store.transaction((transaction) =>
      transaction.putSession({ ...session, createdAt: now, lastSeenAt: now, revokedAt: 0 }),
    );
    return tokens.issue({ staffId: session.staffId, sessionId: session.id });
  };
  const known = new Map(await Promise.all(systemRoles.map(async ({ key }) => [key, await makeToken(key)] as const)));
  return {
    store,
    apiKeys,
    webhookLog,
    ids,
    now: clock,
    advance: (milliseconds) => void (now += milliseconds),
    inject: (options) => app.inject(options),
    routes: () => routesOf(app.printRoutes({ commonPrefix: false })),
    tokenOf: (role) => known.get(role) ?? '',
    ask: async (role, method, url, body) => {
      const headers = {
        ...(role === '' ? {} : { authorization: `Bearer ${known.get(role) ?? ''}` }),
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      };
      const payload = body === undefined ? {} : { payload: JSON.stringify(body) };
      const answer = await app.inject({ method, url, headers, ...payload });
      return { status: answer.statusCode, body: answer.json() };
    },
    keyFor: async (tenantId, expiresAt) => {
      const admin = principals.principalOf('staff-super_admin');
      if (!admin) throw new Error('there is no administrator');
      const made = await apiKeys.create(admin, { name: 'Shop', tenantId, ...(expiresAt ? { expiresAt } : {}) });
      if (!made.ok) throw new Error(made.error.message);
      return made.value;
    },
    send: async (key, body, headers = {}) => {
      const authorization = `Bearer ${key}`;
      const answer = await app.inject({
        method: 'POST',
        url: '/v1/events',
        payload: JSON.stringify(body),
        headers: { authorization, 'content-type': 'application/json', ...headers },
      });
      return { status: answer.statusCode, body: answer.json(), headers: answer.headers };
    },
    remove: async (id) => {
      const record = (await store.getRecords([id])).get(id);
      if (!record) throw new Error(`there is no record ${id}`);
      const collection = requireResource(record.kind).collection as ReplicatedCollection;
      const gone = { collection, record: tombstoneOf(record, record.version + 1) };
      await store.transaction((transaction) => transaction.putRecords([gone]));
    },
    errors,
    close: async () => {
      await app.close();
      await store.close();
      if (errors.length > 0) throw new Error(`the server logged errors: ${errors.join('')}`);
    },
  };
}

/** Reads the tree that the framework prints: a line for each piece of an address, indented by what stands before it. */
function routesOf(tree: string): { method: string; url: string }[] {
  const pieces: string[] = [];
  return tree.split('\n').flatMap((line) => {
    const [, indent = '', piece = '', methods = ''] = /^([│ ]*)[├└]── (\S+)(?: \(([^)]*)\))?/.exec(line) ?? [];
    if (piece === '') return [];
    pieces.splice(indent.length / 4, pieces.length, piece);
    const names = methods.split(', ').filter((method) => ['GET', 'POST', 'PUT', 'DELETE'].includes(method));
    return names.map((method) => ({ method, url: pieces.join('') }));
  });
}

/** A query without what is not asked for. */
function definedOnly(query: { runId?: string | undefined; ruleId?: string | undefined; before?: string | undefined }) {
  const { runId, ruleId, before } = query;
  return {
    ...(runId === undefined ? {} : { runId }),
    ...(ruleId === undefined ? {} : { ruleId }),
    ...(before === undefined ? {} : { before }),
  };
}

function seedRecords(): RecordEnvelope[] {
  const make = (kind: string, id: string, changes: Partial<RecordEnvelope>): RecordEnvelope => {
    const base = makeTicket({ id, kind, tenantId: '', status: '', createdBy: 'system', ...changes });
    return { ...base, body: { ...changes.body } };
  };
  const rule = (id: string, tenantId: string) =>
    make('rule', id, {
      tenantId,
      body: { name: 'On a call', isActive: true, trigger: { type: 'webhook' }, steps: [] },
    });
  return [
    ...Object.values(tenants).map((id) =>
      make('tenant', id, { tenantId: id, status: id === tenants.archived ? 'ARCHIVED' : 'ACTIVE', body: { name: id } }),
    ),
    ...systemRoles.flatMap(({ key, name, permissions, fieldRules }) => [
      make('role', `role-${key}`, {
        body: {
          key,
          name,
          description: '',
          isSystem: true,
          permissions: [...permissions],
          tenants: [],
          fieldRules: fieldRules.map((one) => ({ ...one })),
        },
      }),
      make('staff', `staff-${key}`, {
        status: 'active',
        body: {
          email: `${key}@steward.example`,
          displayName: name,
          locale: 'en',
          tenants: [],
          roles: [{ id: `role-${key}`, roleId: `role-${key}`, reason: '', expiresAt: '' }],
        },
      }),
    ]),
    make('eventType', 'type-paid', { body: paid }),
    rule(rules.hooked, tenants.acme),
    rule(rules.other, tenants.other),
  ];
}
