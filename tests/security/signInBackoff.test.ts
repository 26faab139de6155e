import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { emailOf, password, startAccountsServer } from '#tests/support/accountsServer.ts';
import type { AccountsServer, Answer } from '#tests/support/accountsServer.ts';

const minute = 60_000;
let server: AccountsServer;
beforeEach(async () => void (server = await startAccountsServer()));
afterEach(() => server.close());

/** Wrong passwords from as many addresses, so that only the account is what fails. */
async function failFromEverywhere(who: string, times: number, offset = 0): Promise<number[]> {
  const statuses: number[] = [];
  for (let index = 0; index < times; index += 1)
    statuses.push((await server.logIn(who, { password: 'wrong', from: `10.0.${offset}.${index}` })).status);
  return statuses;
}

describe('an account that somebody guesses at', () => {
  it('is locked after five failures for longer and longer, whether it exists or not, and says so alike', async () => {
    for (const [offset, who] of ['viewer', 'nobody'].entries()) {
      expect(await failFromEverywhere(who, 6, offset)).toEqual([401, 401, 401, 401, 401, 429]);
      const waits: string[] = [];
      for (let round = 0; round < 7; round += 1) {
        const { retryAfter } = await server.logIn(who, { from: '10.9.9.9' });
        waits.push(retryAfter);
        server.advance(Number(retryAfter) * 1000);
        await failFromEverywhere(who, 1, 100 + round * 10 + offset);
      }
      expect(waits).toEqual(['30', '60', '120', '240', '480', '900', '900']);
    }
    await failFromEverywhere('support', 5, 200);
    await failFromEverywhere('nobody-either', 5, 201);
    const refused = [await server.logIn('support'), await server.logIn('nobody-either')];
    expect(refused[0]).toEqual(refused[1]);
    expect(refused[0]).toMatchObject({ status: 429, retryAfter: '30' });
  });

  it('is not told apart while it is locked: the right password is refused like any other', async () => {
    await failFromEverywhere('viewer', 5);
    const before = server.derivations();
    const [right, wrong] = [
      await server.logIn('viewer', { from: '10.2.0.1' }),
      await server.logIn('viewer', { from: '10.2.0.1', password: 'wrong' }),
    ];
    expect(right).toEqual(wrong);
    expect(right).toMatchObject({ status: 429, retryAfter: '30', body: { error: { code: 'rate_limited' } } });
    expect(server.derivations()).toBe(before);
    server.advance(30_000);
    expect((await server.logIn('viewer')).status).toBe(200);
    expect(await failFromEverywhere('viewer', 5, 3)).toEqual([401, 401, 401, 401, 401]);
  });

  it('stays locked over a restart, and an administrator opens it', async () => {
    await failFromEverywhere('viewer', 5);
    await server.restart();
    expect((await server.logIn('viewer')).status).toBe(429);
    const { accessToken: token } = await server.session('admin');
    expect(await server.ask('POST', '/v1/staff/staff-viewer/unlock', { token })).toMatchObject({ status: 200 });
    expect((await server.logIn('viewer')).status).toBe(200);
    expect((await server.auditOf('locked_out')).map(({ resourceId, reason }) => [resourceId, reason])).toEqual([
      ['staff-viewer', 'password'],
      ['staff-viewer', 'Unlocked by an administrator'],
    ]);
  });

  it('gives no more tries to those who try all at once', async () => {
    const all = await Promise.all(
      Array.from({ length: 30 }, (_, index) => server.logIn('viewer', { password: 'wrong', from: `10.0.0.${index}` })),
    );
    expect(all.filter(({ status }) => status === 401)).toHaveLength(5);
    expect(all.filter(({ status }) => status === 429)).toHaveLength(25);
  });
});

it('an address that fails for many accounts is refused, and others are not', async () => {
  const statuses: number[] = [];
  for (let index = 0; index < 51; index += 1)
    statuses.push((await server.logIn(`somebody-${index}`, { password: 'wrong', from: '2001:db8::1' })).status);
  expect(statuses.indexOf(429)).toBe(50);
  expect((await server.logIn('viewer', { from: '2001:db8::ffff' })).status).toBe(429);
  expect((await server.logIn('viewer', { from: '2001:db8:0:1::1' })).status).toBe(200);
  server.advance(5 * minute);
  expect((await server.logIn('viewer', { from: '2001:db8::1' })).status).toBe(200);
});

it('signing in as often as one likes uses up nothing', async () => {
  for (let index = 0; index < 12; index += 1) expect((await server.logIn('viewer')).status).toBe(200);
  const many = await Promise.all(Array.from({ length: 20 }, () => server.logIn('viewer')));
  expect(many.every(({ status }) => status === 200)).toBe(true);
});

it('an unknown address costs the same derivation as a wrong password, and is answered in the same words', async () => {
  await server.setStatus('support', 'disabled');
  const answers: Answer[] = [];
  for (const who of ['viewer', 'nobody', 'newcomer', 'support']) {
    const before = server.derivations();
    answers.push(await server.logIn(who, { password: who === 'support' ? password : 'wrong' }));
    expect(server.derivations() - before).toBe(1);
  }
  for (const answer of answers) expect(answer).toEqual(answers[0]);
});

it('the audit log tells of failures without what was typed or who is unknown', async () => {
  await server.logIn('viewer', { password: 'hunter2 is my secret' });
  await server.logIn('stranger@elsewhere.example', { password: 'hunter2 is my secret' });
  const failures = await server.auditOf('failed_login');
  expect(failures.map(({ resourceId }) => resourceId)).toEqual(['staff-viewer', '']);
  expect(failures[1]?.['resourceName']).toMatch(/^[0-9a-f]{16}$/);
  expect(JSON.stringify(failures)).not.toMatch(/hunter2|stranger|elsewhere/);
  expect(failures.map(({ address }) => address)).toEqual(['network of 127.0.0.1', 'network of 127.0.0.1']);
  expect(emailOf('viewer')).toBe('viewer@steward.example');
});
