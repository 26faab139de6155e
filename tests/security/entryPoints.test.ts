import { io } from 'socket.io-client';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { replicatedCollections } from '#shared/records/collections.ts';
import { resources } from '#shared/resources/registry.ts';
import { messageNames } from '#server/sockets/socketServer.ts';
import { connectWith } from '#tests/support/protocolClient.ts';
import { startMatrixServer } from '#tests/support/matrixServer.ts';
import type { MatrixPerson, MatrixServer } from '#tests/support/matrixServer.ts';
import { allRows } from '#tests/support/routeTable/allRows.ts';
import type { RouteRow } from '#tests/support/routeTable/row.ts';

const table: string[] = [];
let rows: RouteRow[] = [];
let server: MatrixServer;

beforeAll(async () => {
  rows = await allRows();
  server = await startMatrixServer();
});
afterAll(() => server.stop());

/** What a person ought to be answered, in the plainest words, written apart from the code that is tested. */
function expected(person: MatrixPerson, row: RouteRow, stale: boolean): number | 'success' {
  const allowed = row.allowed ?? 'success';
  if (row.needs === 'anybody') return allowed;
  if (!person.present) return 401;
  if (row.needs === 'signed_in') return row.dangerous && stale ? 403 : allowed;
  const reaches = !person.limited || row.tenant === 'own';
  const holds = (wanted: string) =>
    reaches && ['*', `${wanted.split('.')[0]}.*`, wanted].some((one) => person.permissions.includes(one));
  const has = (wanted: string) =>
    holds(wanted) && (wanted.endsWith('.create') || holds(`${wanted.split('.')[0]}.view_all`));
  if (has(row.needs)) return row.dangerous && stale ? 403 : allowed;
  return row.toKnow === undefined || has(row.toKnow) ? 403 : 404;
}

describe('over HTTP', { timeout: 240_000 }, () => {
  it('every way in is in the matrix, and nothing else is', () => {
    const served = server.routes.map(({ method, url }) => `${method} ${url}`).toSorted();
    const tried = [...new Set(rows.map(({ method, route }) => `${method} ${route}`))].toSorted();
    expect(served.length).toBeGreaterThan(15);
    expect(tried).toEqual(served);
  });

  it('everybody is answered as they ought to be', async () => {
    const wrong: string[] = [];
    for (const row of rows) {
      for (const person of server.people) {
        for (const stale of row.dangerous ? [true, false] : [false]) {
          const url = server.fill(row.url ?? row.route);
          const body = row.body === undefined ? undefined : server.fill(row.body);
          const { status, code, text } = await server.ask(server.tokenOf(person, stale), row.method, url, body);
          const wanted = expected(person, row, stale);
          const right = wanted === 'success' ? status >= 200 && status < 300 : status === wanted;
          const who = `${person.name}${stale ? ' (long ago)' : ''}`;
          const what = `${row.method} ${row.route}${row.tenant ? ` (${row.tenant})` : ''}`;
          if (!right) wrong.push(`${what} as ${who}: ${status} ${code} instead of ${wanted}: ${text.slice(0, 160)}`);
          if (stale && wanted === 403 && code !== 'reauthentication_required' && has403Only(person, row))
            wrong.push(`${what} as ${who}: ${code} instead of reauthentication_required`);
          table.push(`${what.padEnd(58)} ${who.padEnd(34)} ${status}`);
        }
      }
    }
    expect(wrong).toEqual([]);
  });

  it('the table is the one that was reviewed', async () => {
    await expect(`${table.join('\n')}\n`).toMatchFileSnapshot('entryPoints.matrix.txt');
  });
});

/** A refusal that only the age of the proof explains. */
function has403Only(person: MatrixPerson, row: RouteRow): boolean {
  return expected(person, row, false) !== 403;
}

describe('over sockets', { timeout: 120_000 }, () => {
  it('every message is in the matrix', () => {
    expect([...messageNames].toSorted()).toEqual(['digest', 'pull', 'push']);
  });

  it('nobody without a session gets in', async () => {
    for (const person of server.people.filter(({ present }) => !present)) {
      const auth = { token: server.tokenOf(person), clientId: 'matrix', schemaVersion: 1, appVersion: 'test' };
      const socket = io(`${server.url}/sync`, { transports: ['websocket'], auth, reconnection: false, forceNew: true });
      const problem = await new Promise<{ data?: { code: string } }>((resolve, reject) => {
        socket.once('connect_error', resolve);
        socket.once('hello', () => reject(new Error(`${person.name} got in`)));
      });
      expect(['unauthenticated', 'session_revoked']).toContain(problem.data?.code);
      socket.close();
    }
  });

  it('pull and digest show the same, and nothing of tenants or kinds that are not the person’s', async () => {
    const outside = server.fill('{other}');
    const wrong: string[] = [];
    for (const person of server.people.filter(({ present }) => present)) {
      const session = { accessToken: server.tokenOf(person) };
      const client = await connectWith(server.url, session as Parameters<typeof connectWith>[1], 'matrix');
      for (const collection of replicatedCollections) {
        const { documents } = await client.pullAll(collection);
        const digest: unknown = await client.socket.emitWithAck('digest', { collection });
        const living = documents.filter((document) => !('_deleted' in document));
        expect(digest).toMatchObject({ ok: true, count: living.length });
        for (const { kind, tenantId, id } of living) {
          if (!mayBeSeen(person, { kind, tenantId, id }, outside)) wrong.push(`${person.name}: ${kind} ${id}`);
        }
      }
      client.close();
    }
    expect(wrong).toEqual([]);
    expect(server.errors).toEqual([]);
  });
});

/** Everybody sees themselves; else the kind must be theirs to see, and who is limited to one tenant sees none of the other. */
function mayBeSeen(
  person: MatrixPerson,
  { kind, tenantId, id }: { kind: string; tenantId: string; id: string },
  outside: string,
): boolean {
  if (kind === 'staff' && id === person.id) return true;
  const permission = resources.find((one) => one.kind === kind)?.permission ?? '';
  const held = ['*', `${permission}.*`, `${permission}.view`].some((one) => person.permissions.includes(one));
  return held && !(person.limited && tenantId === outside);
}
