import { Secret, TOTP } from 'otpauth';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { password, startAccountsServer } from '#tests/support/accountsServer.ts';
import type { AccountsServer } from '#tests/support/accountsServer.ts';

const minute = 60_000;
const next = 'seven lanterns over the harbour';
let server: AccountsServer;
beforeEach(async () => void (server = await startAccountsServer()));
afterEach(() => server.close());

const tokenOf = async (role: string) => (await server.session(role)).accessToken;
const mayAsk = async (token: string) => (await server.ask('GET', '/v1/account', { token })).status === 200;
const codeOf = (secret: string, steps = 0) =>
  new TOTP({ secret: Secret.fromBase32(secret) }).generate({ timestamp: server.now() + steps * 30_000 });

/** Adds an authenticator app; answers its secret and the recovery codes. The first code is used up by it. */
async function enrol(token: string): Promise<{ secret: string; recoveryCodes: string[] }> {
  const begun = await server.ask('POST', '/v1/account/totp/begin', { token });
  const secret = String(begun.body['secret']);
  const confirmed = await server.ask('POST', '/v1/account/totp/confirm', { token, body: { code: codeOf(secret) } });
  expect(confirmed.status).toBe(200);
  return { secret, recoveryCodes: confirmed.body['recoveryCodes'] as string[] };
}

describe('a second factor', () => {
  it('is asked for once it was confirmed, and only after the right password', async () => {
    const token = await tokenOf('viewer');
    const begun = await server.ask('POST', '/v1/account/totp/begin', { token });
    expect(begun.body).toMatchObject({
      secret: expect.stringMatching(/^[A-Z2-7]{32}$/) as string,
      uri: expect.stringContaining('otpauth://totp/Steward:viewer%40steward.example?') as string,
    });
    expect((await server.logIn('viewer')).status).toBe(200);
    const wrongFirst = await server.ask('POST', '/v1/account/totp/confirm', { token, body: { code: '000000' } });
    expect(wrongFirst).toMatchObject({ status: 422, body: { error: { path: 'code' } } });
    const { secret } = await enrol(token);
    expect(await server.logIn('viewer')).toMatchObject({ body: { error: { code: 'second_factor_required' } } });
    expect(await server.logIn('viewer', { password: 'wrong' })).toMatchObject({
      body: { error: { code: 'invalid_credentials' } },
    });
    server.advance(minute);
    expect((await server.logIn('viewer', { totp: codeOf(secret) })).status).toBe(200);
    expect((await server.ask('GET', '/v1/account', { token })).body).toMatchObject({
      totp: true,
      recoveryCodesLeft: 10,
    });
  });

  it('takes the code of the step before and after, each once, and no other', async () => {
    const { secret } = await enrol(await tokenOf('viewer'));
    server.advance(10 * minute);
    const tries = [-2, 2, -1, -1, 0, 0, -1, 1].map((step) => codeOf(secret, step));
    const statuses: number[] = [];
    for (const [index, totp] of tries.entries())
      statuses.push((await server.logIn('viewer', { totp, from: `10.0.0.${index}` })).status);
    expect(statuses).toEqual([401, 401, 200, 401, 200, 401, 401, 200]);
    expect(await server.logIn('viewer', { totp: codeOf(secret) })).toMatchObject({
      body: { error: { code: 'invalid_credentials', path: 'totp' } },
    });
  });

  it('takes one code for one of two who use it at once', async () => {
    const { secret } = await enrol(await tokenOf('viewer'));
    server.advance(minute);
    const totp = codeOf(secret);
    const both = await Promise.all([server.logIn('viewer', { totp }), server.logIn('viewer', { totp })]);
    expect(both.map(({ status }) => status).toSorted((one, other) => one - other)).toEqual([200, 401]);
  });

  it('can be replaced by ten recovery codes, each of which works once, also after a restart', async () => {
    const token = await tokenOf('viewer');
    const { recoveryCodes } = await enrol(token);
    expect(new Set(recoveryCodes).size).toBe(10);
    const [first = '', second = ''] = recoveryCodes;
    expect((await server.logIn('viewer', { totp: first })).status).toBe(200);
    await server.restart();
    expect((await server.logIn('viewer', { totp: first })).status).toBe(401);
    expect((await server.logIn('viewer', { totp: ` ${second.toUpperCase().replaceAll('-', ' ')}` })).status).toBe(200);
    expect((await server.ask('GET', '/v1/account', { token })).body).toMatchObject({ recoveryCodesLeft: 8 });
    const renewed = await server.ask('POST', '/v1/account/recovery-codes', { token });
    expect((await server.logIn('viewer', { totp: recoveryCodes[2] ?? '' })).status).toBe(401);
    const [other = ''] = renewed.body['recoveryCodes'] as string[];
    expect((await server.logIn('viewer', { totp: other })).status).toBe(200);
  });

  it('counts wrong codes as failures', async () => {
    await enrol(await tokenOf('viewer'));
    const statuses: number[] = [];
    for (let index = 0; index < 6; index += 1)
      statuses.push((await server.logIn('viewer', { totp: '123456', from: `10.0.0.${index}` })).status);
    expect(statuses).toEqual([401, 401, 401, 401, 401, 429]);
  });

  it('stands nowhere in the store as it is, nor do recovery codes', async () => {
    const { secret, recoveryCodes } = await enrol(await tokenOf('viewer'));
    const areas = ['signIn.totp', 'signIn.totpBegun', 'signIn.recoveryCodes'];
    const kept = await Promise.all(areas.map((area) => server.store.entriesOf(area, { limit: 100 })));
    expect(kept.map((entries) => entries.length)).toEqual([1, 0, 1]);
    const text = JSON.stringify([kept, await server.auditOf('second_factor_change')]);
    expect(text).not.toContain(secret);
    for (const code of recoveryCodes) expect(text).not.toContain(code);
  });

  it('is removed by its person, or for them', async () => {
    const token = await tokenOf('viewer');
    await enrol(token);
    expect((await server.ask('DELETE', '/v1/account/totp', { token })).status).toBe(200);
    expect((await server.logIn('viewer')).status).toBe(200);
    await enrol(token);
    const admin = await tokenOf('admin');
    expect((await server.ask('DELETE', '/v1/staff/staff-viewer/second-factor', { token: admin })).status).toBe(200);
    expect((await server.logIn('viewer')).status).toBe(200);
    expect((await server.auditOf('second_factor_change')).map(({ actorId }) => actorId)).toEqual([
      'staff-viewer',
      'staff-viewer',
      'staff-viewer',
      'staff-admin',
    ]);
  });
});

describe('proving anew who one is', () => {
  it('opens dangerous acts for ten minutes, in this session, also after a restart', async () => {
    const [token, other] = [await tokenOf('viewer'), await tokenOf('viewer')];
    const begin = async (given: string) =>
      (await server.ask('POST', '/v1/account/totp/begin', { token: given })).status;
    expect(await begin(token)).toBe(200);
    server.advance(10 * minute);
    expect(await server.ask('POST', '/v1/account/totp/begin', { token })).toMatchObject({
      status: 403,
      body: { error: { code: 'reauthentication_required' } },
    });
    const proved = await server.ask('POST', '/v1/auth/reauthenticate', { token, body: { password } });
    const elevatedUntil = new Date(server.now() + 10 * minute).toISOString();
    expect(proved.body).toEqual({ elevatedUntil });
    await server.restart();
    expect((await server.ask('GET', '/v1/account', { token })).body).toMatchObject({ elevatedUntil });
    expect([await begin(token), await begin(other)]).toEqual([200, 403]);
    server.advance(4 * minute);
    expect(await begin(token)).toBe(200);
  });

  it('needs everything that is given to be right, and counts failures apart from those of sign-in', async () => {
    const token = await tokenOf('viewer');
    const { secret } = await enrol(token);
    server.advance(minute);
    const prove = (body: object) => server.ask('POST', '/v1/auth/reauthenticate', { token, body });
    expect((await prove({})).status).toBe(400);
    expect((await prove({ totp: codeOf(secret) })).status).toBe(200);
    expect((await prove({ password, totp: codeOf(secret) })).status).toBe(401);
    for (let index = 0; index < 4; index += 1) expect((await prove({ password: 'wrong' })).status).toBe(401);
    expect(await prove({ password })).toMatchObject({ status: 429, body: { error: { code: 'rate_limited' } } });
    expect((await server.logIn('viewer')).body).toMatchObject({ error: { code: 'second_factor_required' } });
    expect(await server.auditOf('reauthenticate')).toMatchObject([{ actorId: 'staff-viewer', reason: 'totp' }]);
  });
});

describe('a person whose account somebody guesses at from outside', () => {
  it(
    'still proves who they are where they are signed in, and is locked there only by failures there',
    { timeout: 120_000 },
    async () => {
      const token = await tokenOf('viewer');
      for (let index = 0; index < 6; index += 1)
        await server.logIn('viewer', { password: 'wrong', from: index === 5 ? '127.0.0.1' : `10.0.0.${index}` });
      expect((await server.logIn('viewer')).status).toBe(429);
      // Nor by what they share an address with.
      for (let index = 0; index < 50; index += 1) await server.logIn(`nobody-${index}`, { password: 'wrong' });
      await server.logIn('own staff-viewer', { password: 'wrong' });
      const prove = (typed: string) =>
        server.ask('POST', '/v1/auth/reauthenticate', { token, body: { password: typed } });
      expect((await prove(password)).status).toBe(200);
      expect((await server.logIn('viewer')).status).toBe(429);
      const changed = await server.ask('POST', '/v1/account/password', { token, body: { current: password, next } });
      expect(changed.status).toBe(200);
      for (let index = 0; index < 5; index += 1) expect((await prove('wrong')).status).toBe(401);
      expect((await prove(next)).status).toBe(429);
      await server.restart();
      expect((await prove(next)).status).toBe(429);
      const admin = await server.logIn('admin', { from: '10.3.0.1' });
      const unlock = { token: String(admin.body['accessToken']) };
      expect((await server.ask('POST', '/v1/staff/staff-viewer/unlock', unlock)).status).toBe(200);
      expect((await prove(next)).status).toBe(200);
    },
  );
});

describe('choosing another password', () => {
  const change = (token: string, body: { current: string; next: string }) =>
    server.ask('POST', '/v1/account/password', { token, body });

  it('ends the other sessions, and the old one opens nothing any more', async () => {
    const [here, there] = [await tokenOf('viewer'), await tokenOf('viewer')];
    expect((await change(here, { current: password, next })).status).toBe(200);
    expect([await mayAsk(here), await mayAsk(there)]).toEqual([true, false]);
    expect((await server.logIn('viewer')).status).toBe(401);
    expect((await server.logIn('viewer', { password: next })).status).toBe(200);
    const facts = await server.ask('GET', '/v1/account', { token: here });
    expect(facts.body).toMatchObject({ hasPassword: true, passwordChangedAt: new Date(server.now()).toISOString() });
    expect(JSON.stringify(await server.auditOf('password_change'))).not.toMatch(/umbrella|lanterns/);
  });

  it('is refused with a reason when it is no good, the same, or the old one is not right', async () => {
    const token = await tokenOf('viewer');
    for (const [typed, reason] of [
      ['short', 'too_short'],
      ['password12345678', 'common'],
      ['viewer-steward', 'personal'],
      ['aaaaaaaaaaaaaaaa', 'weak'],
      [password, 'same'],
    ] as const)
      expect(await change(token, { current: password, next: typed })).toMatchObject({
        status: 422,
        body: { error: { path: 'next', details: { reason } } },
      });
    expect((await change(token, { current: 'wrong', next })).status).toBe(401);
    expect(await mayAsk(token)).toBe(true);
  });

  it('leaves no session that was begun with the old one at the same moment', async () => {
    const token = await tokenOf('viewer');
    const [changed, ...sessions] = await Promise.all([
      change(token, { current: password, next }),
      ...Array.from({ length: 4 }, () => server.logIn('viewer')),
    ]);
    expect(changed.status).toBe(200);
    const begun = sessions.filter(({ status }) => status === 200);
    const living = await Promise.all(begun.map(({ body }) => mayAsk(String(body['accessToken']))));
    expect(living.filter(Boolean)).toEqual([]);
  });
});

it('a password that was hashed more cheaply once is hashed anew when its person signs in', async () => {
  const old = 'argon2id$v=19$m=64,t=1,p=1$AAAAAAAAAAAAAAAAAAAAAA$tvQpcwEmOPvFQi7uEsQiA7tfXhBnCbR0HQXnIYYPVdY';
  const cheap = await import('node:crypto').then(({ argon2Sync }) =>
    argon2Sync('argon2id', {
      message: password,
      nonce: Buffer.alloc(16),
      tagLength: 32,
      memory: 64,
      passes: 1,
      parallelism: 1,
    }).toString('base64url'),
  );
  const secret = [...old.split('$').slice(0, 4), cheap].join('$');
  await server.store.transaction((transaction) => transaction.putCredential({ staffId: 'staff-viewer', secret }));
  expect((await server.logIn('viewer', { password: 'wrong' })).status).toBe(401);
  expect((await server.store.getCredential('staff-viewer'))?.secret).toBe(secret);
  expect((await server.logIn('viewer')).status).toBe(200);
  expect((await server.store.getCredential('staff-viewer'))?.secret).toMatch(/^argon2id\$v=19\$m=19456,t=2,p=1\$/);
  expect((await server.logIn('viewer')).status).toBe(200);
});
