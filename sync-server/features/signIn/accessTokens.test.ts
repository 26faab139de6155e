import { SignJWT } from 'jose';
import { expect, it } from 'vitest';
import { createAccessTokens } from './accessTokens.ts';

const secret = new Uint8Array(32).fill(7);
const claims = { staffId: 'ada', sessionId: 'session-1' };
let now = Date.parse('2026-03-01T08:00:00.000Z');
const tokens = createAccessTokens(secret, () => now, 900);

it('a token speaks for its person until its lifetime is over', async () => {
  const token = await tokens.issue(claims);
  expect(await tokens.verify(token)).toEqual({ ok: true, value: claims });
  now += 901_000;
  expect(await tokens.verify(token)).toMatchObject({ ok: false, error: { code: 'token_expired' } });
});

it('tokens of others, changed ones and unsigned ones are refused', async () => {
  const own = await tokens.issue(claims);
  const foreign = await createAccessTokens(new Uint8Array(32).fill(8), () => now, 900).issue(claims);
  const [header, payload, signature] = own.split('.');
  const encode = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
  const changed = { ...(JSON.parse(Buffer.from(payload ?? '', 'base64url').toString()) as object), sub: 'admin' };
  const sign = (algorithm: string, issuer: string, fields: object) =>
    new SignJWT({ ...fields })
      .setProtectedHeader({ alg: algorithm })
      .setIssuer(issuer)
      .setSubject('ada')
      .setExpirationTime(Math.floor(now / 1000) + 60)
      .sign(algorithm === 'HS256' ? secret : new Uint8Array(64).fill(7));
  const refused = [
    foreign,
    `${header}.${encode(changed)}.${signature}`,
    `${encode({ alg: 'none' })}.${payload}.`,
    await sign('HS512', 'steward', { sid: 'session-1' }),
    await sign('HS256', 'somebody else', { sid: 'session-1' }),
    await sign('HS256', 'steward', {}),
    'nonsense',
    '',
  ];
  for (const token of refused)
    expect(await tokens.verify(token)).toMatchObject({ ok: false, error: { code: 'unauthenticated' } });
});
