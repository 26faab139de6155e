import { createECDH } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { seal, unseal } from '#renderer/data/session/unsentSeal.ts';
import { failure, success } from '#shared/kernel/result.ts';
import { departureAnswerSchema, sealingKeySchema, unsealedSchema } from '#shared/protocol/departure.ts';
import type { SessionAnswer } from '#shared/protocol/session.ts';
import { createSealingKeys } from '#server/features/departure/sealingKeys.ts';
import { createSealer } from '#server/features/secrets/sealedValue.ts';
import { openSqliteStore } from '#server/storage/sqlite/openSqliteStore.ts';
import { startDemoServer } from '#tests/support/demoServer.ts';
import type { DemoServer } from '#tests/support/demoServer.ts';
import { logIn, post } from '#tests/support/protocolClient.ts';
import { temporaryFolder } from '#tests/support/temporaryFolder.ts';

/** Asks as the person of a session. */
async function ask(url: string, { accessToken }: SessionAnswer, method: 'GET' | 'POST', path: string, body?: object) {
  const answer = await fetch(`${url}${path}`, {
    method,
    headers: { authorization: `Bearer ${accessToken}`, ...(body ? { 'content-type': 'application/json' } : {}) },
    ...(body ? { body: JSON.stringify(body) } : {}),
  });
  return { status: answer.status, body: (await answer.json()) as unknown };
}

describe('a console asks whether its session was ended', () => {
  let server: DemoServer;
  beforeAll(async () => {
    server = await startDemoServer();
  });
  afterAll(() => server.stop());
  const departure = async (refreshToken: string) =>
    departureAnswerSchema.parse((await post(server.url, '/v1/auth/departure', { refreshToken })).body);

  it('and hears no while it lives, after signing out, and of sessions this server does not know', async () => {
    const living = await logIn(server.url, 'viewer@steward.example');
    const leaving = await logIn(server.url, 'viewer@steward.example');
    await post(server.url, '/v1/auth/logout', { refreshToken: leaving.refreshToken });
    const answers = await Promise.all([living.refreshToken, leaving.refreshToken, 'of another server'].map(departure));
    expect(answers.map(({ ended }) => ended)).toEqual([false, false, false]);
    expect(new Set(answers.map(({ serverId }) => serverId)).size).toBe(1);
  });

  it('and hears yes once somebody ended it', async () => {
    const lost = await logIn(server.url, 'support@steward.example');
    const here = await logIn(server.url, 'support@steward.example');
    expect((await ask(server.url, here, 'POST', '/v1/sessions/others/revoke')).status).toBe(200);
    expect(await departure(lost.refreshToken)).toMatchObject({ ended: true });
    expect(await departure(here.refreshToken)).toMatchObject({ ended: false });
  });

  it('and what it seals for one person only that person opens, at this server, unchanged', async () => {
    const ada = await logIn(server.url, 'ops@steward.example');
    const bob = await logIn(server.url, 'viewer@steward.example');
    const { publicKey } = sealingKeySchema.parse((await ask(server.url, ada, 'GET', '/v1/account/sealing-key')).body);
    const again = await ask(server.url, ada, 'GET', '/v1/account/sealing-key');
    expect(again.body).toEqual({ publicKey });
    const sealed = await seal('typed on the train: é ع', publicKey, 'this server');
    expect(sealed).not.toContain('train');
    const openAs = (person: SessionAnswer, text = sealed, serverId = 'this server') =>
      unseal(text, serverId, async (ephemeralKey) => {
        const answer = unsealedSchema.safeParse(
          (await ask(server.url, person, 'POST', '/v1/account/unseal', { ephemeralKey })).body,
        );
        return answer.success
          ? success(answer.data.sharedSecret)
          : failure({ code: 'internal' as const, message: 'no secret' });
      });
    expect(await openAs(ada)).toEqual(success('typed on the train: é ع'));
    expect((await openAs(bob)).ok).toBe(false);
    expect((await openAs(ada, sealed, 'another server')).ok).toBe(false);
    const content = (JSON.parse(sealed) as { content: string }).content;
    const changed = sealed.replace(content, `${content.startsWith('A') ? 'B' : 'A'}${content.slice(1)}`);
    expect((await openAs(ada, changed)).ok).toBe(false);
    expect((await openAs(ada, 'not sealed at all')).ok).toBe(false);
  });

  it('refuses what is no point of the curve', async () => {
    const ada = await logIn(server.url, 'ops@steward.example');
    const zero = Buffer.concat([Buffer.from([4]), Buffer.alloc(64)]).toString('base64');
    const answer = await ask(server.url, ada, 'POST', '/v1/account/unseal', { ephemeralKey: zero });
    expect(answer).toMatchObject({ status: 422, body: { error: { code: 'invalid' } } });
  });
});

it('private halves of sealing keys are sealed in the store, those of earlier versions from their first use on', async () => {
  const folder = temporaryFolder('sealing');
  const store = openSqliteStore(folder, () => 0);
  const sealerOf = (byte: number) => createSealer({ id: `key ${byte}`, bytes: new Uint8Array(32).fill(byte) });
  const keys = createSealingKeys({ store, sealer: sealerOf(1) });
  const storedOf = async (staffId: string) => (await store.getEntries('sealing', [staffId])).get(staffId);
  const made = createECDH('prime256v1');
  const old = { publicKey: made.generateKeys('base64'), privateKey: made.getPrivateKey('base64') };
  await store.transaction((transaction) => transaction.putEntries([{ area: 'sealing', key: 'old', value: old }]));
  const other = createECDH('prime256v1');
  const ephemeral = other.generateKeys('base64');
  for (const staffId of ['old', 'new']) {
    const publicKey = await keys.publicKey(staffId);
    const shared = other.computeSecret(publicKey, 'base64', 'base64');
    for (let round = 0; round < 2; round += 1)
      expect(await keys.sharedSecret(staffId, ephemeral)).toEqual(success(shared));
    expect(await storedOf(staffId)).toEqual({ publicKey, sealed: expect.objectContaining({ keyId: 'key 1' }) });
  }
  expect(await keys.publicKey('old')).toBe(old.publicKey);
  expect(JSON.stringify(await storedOf('old'))).not.toContain(old.privateKey);
  await expect(createSealingKeys({ store, sealer: sealerOf(2) }).publicKey('old')).rejects.toThrow('does not open');
  await store.close();
});
