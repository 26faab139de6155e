import { rmSync } from 'node:fs';
import { pino } from 'pino';
import { systemRoles } from '#shared/domain/access/systemRoles.ts';
import { createUuidV7Source } from '#shared/kernel/uuidV7.ts';
import type { Json } from '#shared/kernel/json.ts';
import type { ReplicatedCollection } from '#shared/records/collections.ts';
import type { RecordEnvelope } from '#shared/records/envelope.ts';
import { requireResource } from '#shared/resources/registry.ts';
import { readCommandLine } from '#server/config/options.ts';
import { createAccessTokens } from '#server/features/signIn/accessTokens.ts';
import { startServer } from '#server/startServer.ts';
import type { RunningServer } from '#server/startServer.ts';
import { openSqliteStore } from '#server/storage/sqlite/openSqliteStore.ts';
import { recordFrom, recordTemplates } from './recordTemplates.ts';
import { temporaryFolder } from './temporaryFolder.ts';

/** Somebody who tries every way in. */
export interface MatrixPerson {
  /** `support`, `support of one tenant`, `nothing`, `disabled`, `anonymous`. */
  name: string;
  id: string;
  /** '' = nobody is signed in. */
  permissions: readonly string[];
  limited: boolean;
  /** Neither disabled nor anonymous. */
  present: boolean;
}

export interface MatrixServer {
  url: string;
  routes: RunningServer['routes'];
  people: readonly MatrixPerson[];
  /** '' for who has none. A stale one belongs to a session that proved long ago who it is. */
  tokenOf: (person: MatrixPerson, stale?: boolean) => string;
  /** Replaces `{own}`, `{otherRule}` and other names of fixtures in an address or a body. */
  fill: <Value extends Json>(given: Value) => Value;
  ask: (
    token: string,
    method: string,
    url: string,
    body?: Json,
  ) => Promise<{ status: number; code: string; text: string }>;
  errors: readonly string[];
  stop: () => Promise<void>;
}

const hour = 3600 * 1000;

/** What `payouts.approve` is asked for, of a payout that there is not. */
const payingSteps = {
  steps: [
    {
      id: 'pay',
      name: 'Pay',
      delayMinutes: 0,
      retry: { max: 0, backoffSeconds: 1 },
      onError: 'stop',
      type: 'action',
      action: 'update_status',
      settings: { kind: 'payout', id: 'none', status: 'processing' },
    },
  ],
};

/** The whole server with one person of every sort, everything they might touch in two tenants, and budgets that nobody meets. */
export async function startMatrixServer(): Promise<MatrixServer> {
  const folder = temporaryFolder('matrix');
  const clock = () => Date.now();
  const ids = createUuidV7Source(clock, (length) => crypto.getRandomValues(new Uint8Array(length)));
  const secret = crypto.getRandomValues(new Uint8Array(32));
  const tokens = createAccessTokens(secret, clock, 3600);
  const templates = recordTemplates(clock());
  const records: RecordEnvelope[] = [];
  const make = (kind: string, changes: Partial<RecordEnvelope> = {}) => {
    const record = recordFrom(templates, requireResource(kind), ids, changes);
    records.push(record);
    return record;
  };
  const fixtures = new Map<string, string>();
  for (const name of ['own', 'other']) {
    const tenant = make('tenant', { status: 'ACTIVE' });
    fixtures.set(name, tenant.id);
    const inTenant = { tenantId: tenant.id };
    const hook = { isActive: false, trigger: { type: 'webhook' }, steps: [] };
    fixtures.set(`${name}Rule`, make('rule', { ...inTenant, body: hook }).id);
    const paying = { ...payingSteps, isActive: false, trigger: { type: 'webhook' } };
    fixtures.set(`${name}PayingRule`, make('rule', { ...inTenant, body: paying }).id);
    fixtures.set(`${name}Event`, make('event', { ...inTenant, status: 'failed' }).id);
    fixtures.set(`${name}Run`, make('run', { ...inTenant, status: 'failed' }).id);
    fixtures.set(`${name}Key`, make('apiKey', { ...inTenant, status: 'active' }).id);
    const copy = make('privacyRequest', { ...inTenant, status: 'approved' });
    copy.body = { ...copy.body, type: 'export', subjectEmail: 'nobody@planted.example' };
    fixtures.set(`${name}Request`, copy.id);
    fixtures.set(`${name}Hold`, make('legalHold', { ...inTenant, status: 'active' }).id);
  }
  const own = fixtures.get('own') ?? '';
  const people: MatrixPerson[] = [];
  const hire = (name: string, permissions: readonly string[], limited: boolean, present = true) => {
    const role = make('role', {
      body: {
        key: name.replaceAll(' ', '_'),
        name,
        isSystem: !limited,
        permissions: [...permissions],
        tenants: limited ? [own] : [],
        fieldRules: [],
      },
    });
    const roles = permissions.length === 0 ? [] : [{ id: role.id, roleId: role.id, expiresAt: '', reason: 'Hired' }];
    const email = `${name.replaceAll(' ', '.')}@steward.example`;
    const body = { email, displayName: name, roles, tenants: [], locale: 'en' };
    const { id } = make('staff', { status: present ? 'active' : 'disabled', body });
    people.push({ name, id, permissions, limited, present });
  };
  for (const { key, permissions } of systemRoles) {
    hire(key, permissions, false);
    if (key !== 'super_admin') hire(`${key} of one tenant`, permissions, true);
  }
  hire('nothing', [], false);
  hire('disabled', ['*'], false, false);
  people.push({ name: 'anonymous', id: '', permissions: [], limited: false, present: false });
  const victim = make('staff', { status: 'active', body: { email: 'victim@steward.example', roles: [] } });
  fixtures.set('staff', victim.id);
  fixtures.set('rule', fixtures.get('ownRule') ?? '');
  fixtures.set('victimSession', ids());

  const store = openSqliteStore(folder, clock);
  const issued = new Map<string, string>();
  await store.transaction(async (transaction) => {
    await transaction.putRecords(
      records.map((record) => ({
        collection: requireResource(record.kind).collection as ReplicatedCollection,
        record,
      })),
    );
    await transaction.putMeta('serverId', ids());
    await transaction.putMeta('tokenSecret', Buffer.from(secret).toString('base64url'));
    const begin = async (id: string, staffId: string, createdAt: number) =>
      transaction.putSession({
        id,
        staffId,
        clientId: 'matrix',
        device: '',
        address: '',
        createdAt,
        lastSeenAt: clock(),
        revokedAt: 0,
      });
    await begin(fixtures.get('victimSession') ?? '', victim.id, clock());
    for (const { id } of people) {
      if (id === '') continue;
      for (const stale of [false, true]) {
        const sessionId = ids();
        await begin(sessionId, id, stale ? clock() - 2 * hour : clock());
        issued.set(`${id}|${stale}`, await tokens.issue({ staffId: id, sessionId }));
      }
    }
  });
  await store.close();
  const budgets = ['--requests-per-minute', '1000000', '--max-connections-per-person', '1000'];
  const line = readCommandLine(['--port', '0', '--data', folder, ...budgets], {});
  if (line.command !== 'serve') throw new Error('the command line does not start a server');
  const errors: string[] = [];
  const log = pino({ level: 'error' }, { write: (text: string) => void errors.push(text) });
  const server = await startServer(line.options, { clock, ids, log });
  return {
    url: server.url,
    routes: server.routes,
    people,
    tokenOf: ({ id }, stale = false) => issued.get(`${id}|${stale}`) ?? '',
    fill: (given) =>
      JSON.parse(
        JSON.stringify(given).replaceAll(/\{(\w+)\}/g, (whole, name: string) => fixtures.get(name) ?? whole),
      ) as typeof given,
    ask: async (token, method, url, body) => {
      const answer = await fetch(`${server.url}${url}`, {
        method,
        headers: {
          ...(token === '' ? {} : { authorization: `Bearer ${token}` }),
          ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      });
      const text = await answer.text();
      return { status: answer.status, code: /^\{"error":\{"code":"(\w+)"/.exec(text)?.[1] ?? '', text };
    },
    errors,
    stop: async () => {
      await server.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
