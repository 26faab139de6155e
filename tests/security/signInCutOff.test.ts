import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { RecordEnvelope } from '#shared/records/envelope.ts';
import { startDemoServer } from '#tests/support/demoServer.ts';
import type { DemoServer } from '#tests/support/demoServer.ts';
import { connect, connectWith, logIn, post } from '#tests/support/protocolClient.ts';
import type { ProtocolClient } from '#tests/support/protocolClient.ts';

describe('somebody who is connected', { timeout: 60_000 }, () => {
  let server: DemoServer;
  let admin: ProtocolClient;
  beforeAll(async () => {
    server = await startDemoServer();
    admin = await connect(server.url, 'admin@steward.example');
  });
  afterAll(async () => {
    admin.close();
    await server.stop();
  });
  const byeOf = (client: ProtocolClient) =>
    new Promise<{ code: string }>((resolve) => client.socket.once('bye', resolve));
  const sessionsOf = async (client: ProtocolClient, staffId: string): Promise<RecordEnvelope[]> => {
    const { documents } = await client.pullAll('access');
    return documents.filter(
      (one): one is RecordEnvelope => one.kind === 'session' && 'body' in one && one.assignedTo === staffId,
    );
  };

  it('sees their own sessions come and go, and nobody else’s unless they may', async () => {
    const growth = await connect(server.url, 'growth@steward.example');
    const { id } = growth.session.staff;
    const arrived = new Promise<RecordEnvelope>((resolve) =>
      growth.socket.on('changes', ({ documents }: { documents: RecordEnvelope[] }) => {
        const found = documents.find(({ kind, body }) => kind === 'session' && body['clientId'] === 'phone');
        if (found) resolve(found);
      }),
    );
    await post(server.url, '/v1/auth/login', {
      email: 'growth@steward.example',
      password: 'steward-demo',
      clientId: 'phone',
      device: 'Phone',
    });
    expect(await arrived).toMatchObject({ status: 'active', assignedTo: id });
    const seen = (await growth.pullAll('access')).documents.filter(
      ({ kind }) => kind === 'session',
    ) as RecordEnvelope[];
    expect(new Set(seen.map(({ assignedTo }) => assignedTo))).toEqual(new Set([id]));
    expect((await sessionsOf(admin, id)).length).toBe(seen.length);
    growth.close();
  });

  it('is told goodbye at once when their session is revoked, and the others stay', async () => {
    const [here, there] = [
      await connect(server.url, 'viewer@steward.example'),
      await connect(server.url, 'viewer@steward.example'),
    ];
    const bye = byeOf(there);
    const others = await fetch(`${server.url}/v1/sessions/others/revoke`, {
      method: 'POST',
      headers: { authorization: `Bearer ${here.session.accessToken}` },
    });
    expect(others.status).toBe(200);
    expect(await bye).toEqual({ code: 'session_revoked' });
    expect(await here.pull('access', null)).toMatchObject({ ok: true });
    await expect(connectWith(server.url, there.session, 'there')).rejects.toMatchObject({
      data: { code: 'session_revoked' },
    });
    here.close();
  });

  it('is cut off at once when they are disabled: socket, tokens and sign-in, and their sessions are ended', async () => {
    const support = await connect(server.url, 'support@steward.example');
    const { id } = support.session.staff;
    const bye = byeOf(support);
    const { documents } = await admin.pullAll('access');
    const person = documents.find((one) => one.id === id) as RecordEnvelope;
    const answer = await admin.push('access', [
      { baseVersion: person.version, doc: { ...person, status: 'disabled' }, reason: 'Left the company' },
    ]);
    expect(answer).toEqual({ ok: true, conflicts: [], rejections: [] });
    expect(await bye).toEqual({ code: 'session_revoked' });
    const { refreshToken } = support.session;
    expect((await post(server.url, '/v1/auth/refresh', { refreshToken })).status).toBe(401);
    await expect(logIn(server.url, 'support@steward.example')).rejects.toThrow('invalid_credentials');
    await expect.poll(async () => (await sessionsOf(admin, id)).every(({ status }) => status === 'ended')).toBe(true);
    const mine = (await sessionsOf(admin, id)).filter(({ body }) => body['endReason'] === 'disabled');
    expect(mine.length).toBeGreaterThan(0);
    expect(server.errors).toEqual([]);
  });
});
