import { once } from 'node:events';
import { connect } from 'node:net';
import type { AddressInfo } from 'node:net';
import fastify from 'fastify';
import { describe, expect, it } from 'vitest';
import type { Principal } from '#shared/domain/access/principal.ts';
import { privacyRequest } from '#shared/resources/access/privacyRequest.ts';
import { openSqliteStore } from '#server/storage/sqlite/openSqliteStore.ts';
import { createSyncCore } from '#server/sync/syncCore.ts';
import { ids } from '#tests/support/privacyOffice.ts';
import { recordFrom, recordTemplates } from '#tests/support/recordTemplates.ts';
import { makeGrant, makePrincipal } from '#tests/support/sampleResource.ts';
import { privacyRoutes } from './privacyRoutes.ts';
import type { PrivacyNote } from './privacyRoutes.ts';

async function* endless(): AsyncGenerator<string> {
  for (;;) {
    yield 'x'.repeat(100_000);
    await new Promise<void>((wake) => setImmediate(wake));
  }
}

async function* short(): AsyncGenerator<string> {
  yield '{}';
}

async function open(principal: Principal, pieces: () => AsyncGenerator<string>) {
  const store = openSqliteStore(':memory:', Date.now);
  const core = createSyncCore({ store, clock: Date.now, ids });
  const request = recordFrom(recordTemplates(Date.now()), privacyRequest, ids, { tenantId: '', status: 'approved' });
  request.body = { ...request.body, type: 'export', subjectEmail: 'zoe@planted.example' };
  await core.write(1, async (batch) => batch.append(request));
  const notes: PrivacyNote[] = [];
  const app = fastify();
  const routes = privacyRoutes({
    store,
    preview: async () => ({ kinds: [], subjectRecords: [], names: [], holds: [], scanned: 0 }) as never,
    exportOf: async () => pieces(),
    compliance: async () => ({ checkedAt: '', checks: [] }),
    proofArea: 'proofs',
    note: async (_by, note) => void notes.push(note),
    now: () => '',
  });
  await routes(app, async () => ({ principal, sessionId: 's', elevated: true, address: '' }));
  await app.listen({ port: 0, host: '127.0.0.1' });
  const { port } = app.server.address() as AddressInfo;
  const states = () => notes.flatMap((note) => note.changes.map((change) => change['new']));
  return { app, port, request, states, store, path: `/v1/privacy/requests/${request.id}/export` };
}

describe('an export of what there is about a person', () => {
  const all = makePrincipal([makeGrant(['*'])]);

  it('does not keep the server from stopping when its reader stands still, and its end is told', async () => {
    const { app, port, path, states, store } = await open(all, endless);
    const socket = connect(port, '127.0.0.1');
    await once(socket, 'connect');
    socket.on('error', () => undefined);
    socket.write(`GET ${path} HTTP/1.1\r\nHost: x\r\n\r\n`);
    // Something came; nothing more is taken.
    await once(socket, 'readable');
    await app.close();
    await expect.poll(states).toEqual(['begun', 'broken off']);
    socket.destroy();
    await store.close();
  });

  it('is told as ended when it was read whole', async () => {
    const { app, port, path, states, store } = await open(all, short);
    const answer = await fetch(`http://127.0.0.1:${port}${path}`);
    expect(await answer.text()).toBe('{}');
    await expect.poll(states).toEqual(['begun', 'ended']);
    await app.close();
    await store.close();
  });

  it('is for who may see requests of others, or made it', async () => {
    const limited = makeGrant(['gdpr.view', 'gdpr.export']);
    const other = await open(makePrincipal([limited]), short);
    expect((await fetch(`http://127.0.0.1:${other.port}${other.path}`)).status).toBe(404);
    await other.app.close();
    await other.store.close();
    const own = await open(makePrincipal([limited], { id: 'stranger' }), short);
    expect((await fetch(`http://127.0.0.1:${own.port}${own.path}`)).status).toBe(200);
    await own.app.close();
    await own.store.close();
  });
});
