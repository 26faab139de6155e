import { pino } from 'pino';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { RecordDigest } from '#shared/records/digest.ts';
import { isTombstone } from '#shared/records/envelope.ts';
import type { RecordEnvelope, RecordState } from '#shared/records/envelope.ts';
import { createUuidV7Source } from '#shared/kernel/uuidV7.ts';
import { readCommandLine } from '#server/config/options.ts';
import { startServer } from '#server/startServer.ts';
import type { RunningServer } from '#server/startServer.ts';
import { connect, connectWith, logIn, newTask, openSocket, post } from '#tests/support/protocolClient.ts';
import type { ProtocolClient } from '#tests/support/protocolClient.ts';
import { smallDemo } from '#tests/support/serverProcess.ts';
import { temporaryFolder } from '#tests/support/temporaryFolder.ts';

const admin = 'admin@steward.example';

describe('docs/protocol.md, spoken by a client of its own', () => {
  const folder = temporaryFolder('protocol');
  let skew = 0;
  const clock = () => Date.now() + skew;
  let server: RunningServer;
  let ada: ProtocolClient;
  beforeAll(async () => {
    // Without rules nobody but the clients changes what they push.
    const line = readCommandLine(
      ['--port', '0', '--data', folder, '--seed', 'demo', ...smallDemo, '--demo-rules', '0'],
      {},
    );
    if (line.command !== 'serve') throw new Error('not a server');
    const ids = createUuidV7Source(clock, (length) => crypto.getRandomValues(new Uint8Array(length)));
    server = await startServer(line.options, { clock, ids, log: pino({ level: 'silent' }) });
    ada = await connect(server.url, admin);
  });
  afterAll(async () => {
    ada.close();
    await server.stop();
  });
  const refusedConnect = (auth: object) =>
    new Promise<unknown>((resolve) => {
      const socket = openSocket(server.url, auth);
      socket.once('connect_error', (error: Error & { data?: unknown }) => resolve(error.data));
      socket.once('hello', () => resolve('connected'));
    });
  const auth = (token: string) => ({ token, clientId: 'c', schemaVersion: 1, appVersion: 'test' });

  describe('signing in', () => {
    it('refuses a wrong password and an unknown address alike', async () => {
      const wrong = await post(server.url, '/v1/auth/login', { email: admin, password: 'x', clientId: 'c' });
      const unknown = await post(server.url, '/v1/auth/login', {
        email: 'no@body.example',
        password: 'x',
        clientId: 'c',
      });
      expect(wrong).toEqual(unknown);
      expect(wrong).toMatchObject({ status: 401, body: { error: { code: 'invalid_credentials' } } });
    });

    it('rotates refresh tokens; the same one may come twice within a minute, later it ends the session', async () => {
      const session = await logIn(server.url, admin);
      const client = await connectWith(server.url, session, 'c');
      const bye = new Promise((resolve) => client.socket.once('bye', resolve));
      const refresh = () => post(server.url, '/v1/auth/refresh', { refreshToken: session.refreshToken });
      expect((await refresh()).status).toBe(200);
      expect((await refresh()).status).toBe(200);
      skew += 61_000;
      expect(await refresh()).toMatchObject({ status: 401, body: { error: { code: 'session_revoked' } } });
      expect(await bye).toEqual({ code: 'session_revoked' });
      expect(await refusedConnect(auth(session.accessToken))).toMatchObject({ code: 'session_revoked' });
    });

    it('ends a session at logout', async () => {
      const session = await logIn(server.url, admin);
      await post(server.url, '/v1/auth/logout', { refreshToken: session.refreshToken });
      expect(await refusedConnect(auth(session.accessToken))).toMatchObject({ code: 'session_revoked' });
    });

    it('refuses connections with a reason', async () => {
      const session = await logIn(server.url, admin);
      expect(await refusedConnect(auth('nonsense'))).toMatchObject({ code: 'unauthenticated' });
      expect(await refusedConnect({})).toMatchObject({ code: 'unauthenticated' });
      expect(await refusedConnect({ ...auth(session.accessToken), schemaVersion: 0 })).toMatchObject({
        code: 'client_outdated',
      });
      skew += 16 * 60_000;
      expect(await refusedConnect(auth(session.accessToken))).toMatchObject({ code: 'token_expired' });
    });

    it('answers bad requests with the error of the protocol', async () => {
      expect(await post(server.url, '/v1/auth/login', { email: 7 })).toMatchObject({
        status: 400,
        body: { error: { code: 'invalid_message' } },
      });
      expect(await post(server.url, '/v1/nothing', {})).toMatchObject({
        status: 404,
        body: { error: { code: 'not_found' } },
      });
    });
  });

  it('greets with everything a client needs', () => {
    expect(ada.hello).toMatchObject({
      protocol: 1,
      schemaVersion: 1,
      serverId: expect.any(String) as unknown,
      sequence: expect.any(Number) as unknown,
      scope: { hash: expect.any(String) as unknown, tenants: '*' },
      permissions: ['*'],
      limits: { maxPush: 500, maxPull: 2000, maxBytes: 4_194_304 },
      demo: true,
    });
  });

  it('pulls the same in pages of any size, and its digest is the one of the documents', async () => {
    for (const collection of ['tenants', 'runs', 'referrals']) {
      const whole = await ada.pullAll(collection);
      const small = await ada.pullAll(collection, 7);
      expect(small.documents.map((one) => one.id).sort()).toEqual(whole.documents.map((one) => one.id).sort());
      const digest = new RecordDigest();
      for (const one of whole.documents) if (!isTombstone(one)) digest.add(one.id, one.version);
      expect(await ada.socket.emitWithAck('digest', { collection })).toMatchObject({
        ok: true,
        count: digest.count,
        hash: digest.hash,
      });
    }
  });

  describe('push', () => {
    const accepted = { ok: true, conflicts: [], rejections: [] };
    const edited = (doc: RecordEnvelope, title: string, version: number): RecordEnvelope => ({
      ...doc,
      version,
      updatedAt: new Date().toISOString(),
      body: { ...doc.body, title },
    });

    it('accepts, takes a retry without effect, and answers a conflict with the current record', async () => {
      const row = newTask('One');
      expect(await ada.push('runs', [row])).toEqual(accepted);
      expect(await ada.push('runs', [row])).toEqual(accepted);
      expect(await ada.push('runs', [{ baseVersion: 1, doc: edited(row.doc, 'Two', 2) }])).toEqual(accepted);
      const late = await ada.push('runs', [{ baseVersion: 1, doc: edited(row.doc, 'Late', 2) }]);
      expect(late).toMatchObject({ ok: true, conflicts: [{ id: row.doc.id, version: 2, body: { title: 'Two' } }] });
    });

    it('decides rows each on their own, with a code and a path', async () => {
      const good = newTask('Good');
      const held = newTask('Held');
      await ada.push('runs', [held]);
      const answer = await ada.push('runs', [
        good,
        newTask('', {}),
        { baseVersion: 0, doc: { ...newTask('x').doc, status: 'done' } },
        { baseVersion: 1, doc: { ...held.doc, version: 2, status: 'nowhere' } },
        { baseVersion: 0, doc: { ...newTask('x').doc, kind: 'rule' } },
        { baseVersion: 0, doc: { ...newTask('x').doc, kind: 'run', status: '' } },
      ]);
      expect(answer).toMatchObject({
        ok: true,
        conflicts: [],
        rejections: [
          { code: 'invalid', path: 'body.title' },
          { code: 'invalid_transition', details: { allowed: ['open'] } },
          { id: held.doc.id, code: 'invalid_transition', current: { status: 'open' } },
          { code: 'invalid', path: 'kind' },
          { code: 'read_only' },
        ],
      });
    });

    it('deletes once, and a deleted record stays deleted', async () => {
      const row = newTask('Doomed');
      await ada.push('runs', [row]);
      const { id, kind, tenantId } = row.doc;
      const tombstone = { baseVersion: 1, doc: { id, kind, tenantId, version: 2, _deleted: true as const } };
      expect(await ada.push('runs', [tombstone])).toEqual(accepted);
      expect(await ada.push('runs', [tombstone])).toEqual(accepted);
      expect(await ada.push('runs', [{ baseVersion: 2, doc: { ...row.doc, version: 3 } }])).toMatchObject({
        rejections: [{ id, code: 'gone' }],
      });
      const found = (await ada.pullAll('runs')).documents.find((one) => one.id === id);
      expect(found).toEqual({ id, kind, tenantId, version: 2, _deleted: true });
    });

    it('refuses a taken unique value and too many rows', async () => {
      const flag = (key: string) => ({
        baseVersion: 0,
        doc: {
          ...newTask('x').doc,
          id: crypto.randomUUID(),
          kind: 'flag',
          status: '',
          body: { key, name: key, type: 'permanent' },
        },
      });
      const fresh = await connect(server.url, admin);
      await fresh.push('health', [flag('taken_once')]);
      expect(await fresh.push('health', [flag('taken_once')])).toMatchObject({
        rejections: [{ code: 'duplicate', path: 'body.key' }],
      });
      fresh.close();
      expect(
        await ada.push(
          'runs',
          Array.from({ length: 501 }, () => newTask('x')),
        ),
      ).toMatchObject({ ok: false, error: { code: 'too_large' } });
    });
  });

  it('sends changes to everybody in order and without a gap, however many push at once', async () => {
    const ben = await connect(server.url, 'ops@steward.example');
    const { seq: start } = await ben.pullAll('runs');
    const received: { seen: string[]; seq: number } = { seen: [], seq: start };
    const titles = Array.from({ length: 200 }, (_, index) => `Change ${index}`);
    const all = new Promise<void>((resolve) => {
      ben.socket.on(
        'changes',
        (changes: {
          collection: string;
          documents: RecordState[];
          checkpoint: { seq: number };
          since: { seq: number };
        }) => {
          if (changes.collection !== 'runs') return;
          expect(changes.since.seq).toBeLessThanOrEqual(received.seq);
          expect(changes.checkpoint.seq).toBeGreaterThan(received.seq);
          received.seq = changes.checkpoint.seq;
          for (const one of changes.documents) if (!isTombstone(one)) received.seen.push(String(one.body['title']));
          if (titles.every((title) => received.seen.includes(title))) resolve();
        },
      );
    });
    await Promise.all(titles.map((title) => ada.push('runs', [newTask(title)])));
    await all;
    const pulled = await ben.pull('runs', received.seq);
    expect(pulled).toMatchObject({ ok: true, documents: [] });
    ben.close();
  });

  it('handing a record on takes it from one who saw it only because it was theirs', async () => {
    const viewer = await connect(server.url, 'support@steward.example');
    const me = String((viewer.hello['principal'] as { id?: string }).id);
    const row = newTask('For support', { assignedTo: me });
    await ada.push('runs', [row]);
    const changed = () =>
      new Promise<RecordState>((resolve) => {
        viewer.socket.on('changes', (changes: { documents: RecordState[] }) => {
          const mine = changes.documents.find((one) => one.id === row.doc.id);
          if (mine) resolve(mine);
        });
      });
    expect((await viewer.pullAll('runs')).documents.map((one) => one.id)).toContain(row.doc.id);
    const gone = changed();
    await ada.push('runs', [{ baseVersion: 1, doc: { ...row.doc, version: 2, assignedTo: 'somebody' } }]);
    expect(await gone).toMatchObject({ id: row.doc.id, _deleted: true });
    viewer.close();
  });

  it('announces a change of rights, and closes the connection of a disabled account', async () => {
    const jonas = await connect(server.url, 'viewer@steward.example');
    const me = String((jonas.hello['principal'] as { id?: string }).id);
    const { documents } = await ada.pullAll('access');
    const alive = documents.filter((one): one is RecordEnvelope => !isTombstone(one));
    const person = alive.find((one) => one.id === me);
    const support = alive.find((one) => one.body['key'] === 'support');
    if (!person || !support) throw new Error('the demo data lacks the viewer');
    const scope = new Promise((resolve) => jonas.socket.once('scope', resolve));
    const roles = [{ id: support.id, roleId: support.id, expiresAt: '', reason: 'Moves to support' }];
    const doc = { ...person, version: person.version + 1, body: { ...person.body, roles } };
    const row = { baseVersion: person.version, doc };
    expect(await ada.push('access', [row])).toMatchObject({
      rejections: [{ code: 'reauthentication_required', details: { permission: 'roles.manage' } }],
    });
    // Whoever signed in a moment ago has just proved who they are.
    const fresh = await connect(server.url, admin);
    expect(await fresh.push('access', [row])).toMatchObject({ conflicts: [], rejections: [] });
    expect(await scope).toMatchObject({ access: { grants: [{ role: 'support' }] } });
    expect(await jonas.push('runs', [newTask('Still mine')])).toMatchObject({ rejections: [] });
    const bye = new Promise((resolve) => jonas.socket.once('bye', resolve));
    const current = (await ada.pullAll('access')).documents.find((one) => one.id === me) as RecordEnvelope;
    const disabled = { ...current, version: current.version + 1, status: 'disabled' };
    const left = { baseVersion: current.version, doc: disabled, reason: 'Left the company' };
    expect(await ada.push('access', [left])).toMatchObject({
      rejections: [{ code: 'reauthentication_required', details: { permission: 'staff.manage' } }],
    });
    expect(await fresh.push('access', [left])).toMatchObject({ conflicts: [], rejections: [] });
    fresh.close();
    expect(await bye).toEqual({ code: 'session_revoked' });
  });

  it('gives older records page by page over HTTP', async () => {
    const get = async (query: string) => {
      const answer = await fetch(`${server.url}/v1/records/events?${query}`, {
        headers: { authorization: `Bearer ${(await logIn(server.url, admin)).accessToken}` },
      });
      return (await answer.json()) as { documents: RecordState[]; before: number | null };
    };
    const first = await get('limit=100');
    const second = await get(`limit=1000&before=${first.before}`);
    expect(first.documents).toHaveLength(100);
    const ids = [...first.documents, ...second.documents].map((one) => one.id);
    expect(new Set(ids).size).toBe(ids.length);
    expect(second.before).toBeNull();
    const anonymous = await fetch(`${server.url}/v1/records/events`);
    expect(anonymous.status).toBe(401);
  });
});
