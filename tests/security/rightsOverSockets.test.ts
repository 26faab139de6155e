import { afterAll, beforeAll, expect, it } from 'vitest';
import { isTombstone } from '#shared/records/envelope.ts';
import type { RecordEnvelope } from '#shared/records/envelope.ts';
import type { JsonObject } from '#shared/kernel/json.ts';
import { accessUsesAnswerSchema } from '#shared/protocol/accessUses.ts';
import { startDemoServer } from '#tests/support/demoServer.ts';
import type { DemoServer } from '#tests/support/demoServer.ts';
import { connect } from '#tests/support/protocolClient.ts';
import type { ProtocolClient } from '#tests/support/protocolClient.ts';
import { held } from '#tests/support/rightsOffice.ts';

let server: DemoServer;
let admin: ProtocolClient;
let jonas: ProtocolClient;
beforeAll(async () => {
  server = await startDemoServer(['--demo-rules', '0']);
  admin = await connect(server.url, 'admin@steward.example');
  jonas = await connect(server.url, 'viewer@steward.example');
});
afterAll(async () => {
  admin.close();
  jonas.close();
  await server.stop();
});

async function living(): Promise<RecordEnvelope[]> {
  const { documents } = await admin.pullAll('access');
  return documents.filter((one): one is RecordEnvelope => !isTombstone(one));
}

/** Entries of the audit log once one fits. */
async function entryThat(fits: (body: JsonObject) => boolean): Promise<JsonObject> {
  for (;;) {
    // Listened for before it is looked for: it may come in between.
    const more = new Promise<unknown>((resolve) => admin.socket.once('changes', resolve));
    const { documents } = await admin.pullAll('audit');
    const found = documents.find((one): one is RecordEnvelope => !isTombstone(one) && fits(one.body));
    if (found) return found.body;
    await more;
  }
}

async function ask(client: ProtocolClient, path: string): Promise<{ status: number; body: JsonObject }> {
  const headers = { authorization: `Bearer ${client.session.accessToken}` };
  const answer = await fetch(`${server.url}${path}`, { headers });
  return { status: answer.status, body: (await answer.json()) as JsonObject };
}

it('a role that ends while its holder is connected is gone at that moment, and the log says so once', async () => {
  const me = String((jonas.hello['principal'] as { id?: string }).id);
  const people = await living();
  const person = people.find((one) => one.id === me)!;
  const operations = people.find((one) => one.body['key'] === 'operations')!;
  const scopes: string[][] = [];
  const ended = new Promise<void>((resolve) => {
    jonas.socket.on('scope', ({ access }: { access: { grants: { role: string }[]; expired?: { role: string }[] } }) => {
      scopes.push(access.grants.map((grant) => grant.role));
      if (access.expired?.some((one) => one.role === 'operations')) resolve();
    });
  });
  const expiresAt = new Date(Date.now() + 3000).toISOString();
  const roles = [
    ...(person.body['roles'] as JsonObject[]),
    ...held({ role: operations.id, expiresAt, reason: 'Covers the night' }),
  ];
  const doc = { ...person, version: person.version + 1, body: { ...person.body, roles } };
  expect(await admin.push('access', [{ baseVersion: person.version, doc }])).toMatchObject({ rejections: [] });
  await ended;
  expect(scopes).toEqual([['viewer', 'operations'], ['viewer']]);
  const entry = await entryThat(({ action, reason }) => action === 'permission_change' && reason === 'expired');
  expect(entry).toMatchObject({ actorId: 'system', resourceId: me, changes: [{ path: 'body.roles.operations' }] });
});

it('what was done with which right is told to who sees roles, and a refusal is in the log', async () => {
  const refused = await ask(jonas, '/v1/access-uses');
  expect(refused).toMatchObject({
    status: 403,
    body: { error: { code: 'forbidden', details: { permission: 'roles.view' } } },
  });
  await entryThat(({ action, resource }) => action === 'denied' && resource === '/v1/access-uses');
  const { status, body } = await ask(admin, '/v1/access-uses?limit=5');
  expect(status).toBe(200);
  expect(accessUsesAnswerSchema.safeParse(body).success).toBe(true);
  for (const query of ['before=x', 'before=2026-99-99|', 'limit=0', 'since=yesterday'])
    expect(await ask(admin, `/v1/access-uses?${query}`)).toMatchObject({ status: 400 });
  expect((await ask(admin, '/v1/access-uses?before=9999-12-31%7Cz')).status).toBe(200);
});
