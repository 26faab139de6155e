import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { RecordEnvelope } from '#shared/records/envelope.ts';
import { password, startAccountsServer } from '#tests/support/accountsServer.ts';
import type { AccountsServer } from '#tests/support/accountsServer.ts';
import { startSmtpReceiver } from '#tests/support/smtpReceiver.ts';

const hour = 3600 * 1000;
const next = 'seven lanterns over the harbour';

describe('a one-time link', () => {
  let server: AccountsServer;
  beforeEach(async () => void (server = await startAccountsServer()));
  afterEach(() => server.close());
  const make = async (by: string, whom: string, what: 'invitation' | 'password-reset') =>
    server.ask('POST', `/v1/staff/staff-${whom}/${what}`, { token: (await server.session(by)).accessToken });
  const inspect = (token: string) => server.ask('POST', '/v1/auth/links/inspect', { body: { token } });
  const redeem = (token: string, typed = next) =>
    server.ask('POST', '/v1/auth/links/redeem', { body: { token, password: typed } });

  it('lets somebody in who could not sign in before, once', async () => {
    expect((await server.logIn('newcomer')).status).toBe(401);
    const { body } = await make('admin', 'newcomer', 'invitation');
    const token = String(body['token']);
    expect(body).toMatchObject({
      link: `steward://link?token=${token}`,
      expiresAt: new Date(server.now() + 7 * 24 * hour).toISOString(),
      mailed: false,
    });
    expect((await inspect(token)).body).toMatchObject({ purpose: 'invitation', email: 'newcomer@steward.example' });
    expect(await redeem(token, 'too short')).toMatchObject({ body: { error: { details: { reason: 'too_short' } } } });
    expect((await redeem(token)).body).toEqual({ email: 'newcomer@steward.example' });
    expect((await server.logIn('newcomer', { password: next })).status).toBe(200);
    for (const answer of [await redeem(token), await inspect(token), await inspect('never-was')])
      expect(answer).toMatchObject({ status: 410, body: { error: { code: 'gone' } } });
    expect(await make('admin', 'newcomer', 'invitation')).toMatchObject({ status: 422 });
    const told = JSON.stringify([await server.auditOf('invite'), await server.auditOf('password_change')]);
    expect(told).toContain('Invitation taken up');
    expect(told).not.toContain(token);
  });

  it('that resets a password ends all sessions, opens a locked account and lasts an hour', async () => {
    const before = (await server.session('viewer')).accessToken;
    for (let index = 0; index < 6; index += 1)
      await server.logIn('viewer', { password: 'wrong', from: `10.0.0.${index}` });
    const { body } = await make('admin', 'viewer', 'password-reset');
    server.advance(hour - 1);
    expect((await redeem(String(body['token']))).status).toBe(200);
    expect((await server.ask('GET', '/v1/account', { token: before })).status).toBe(401);
    expect((await server.logIn('viewer', { password: next })).status).toBe(200);
    const late = await make('admin', 'viewer', 'password-reset');
    server.advance(hour);
    expect((await redeem(String(late.body['token']))).status).toBe(410);
  });

  it('is ended by a newer one, and by a password that the person chose meanwhile', async () => {
    const [first, second] = [
      await make('admin', 'viewer', 'password-reset'),
      await make('admin', 'viewer', 'password-reset'),
    ];
    expect((await inspect(String(first.body['token']))).status).toBe(410);
    expect((await inspect(String(second.body['token']))).status).toBe(200);
    const { accessToken: token } = await server.session('viewer');
    await server.ask('POST', '/v1/account/password', { token, body: { current: password, next } });
    expect((await redeem(String(second.body['token']))).status).toBe(410);
  });

  it('is won by one of two who redeem it at once', async () => {
    const { body } = await make('admin', 'newcomer', 'invitation');
    const token = String(body['token']);
    const both = await Promise.all([redeem(token, next), redeem(token, `${next} again`)]);
    expect(both.map(({ status }) => status).toSorted((one, other) => one - other)).toEqual([200, 410]);
    const typed = both[0]?.status === 200 ? next : `${next} again`;
    expect((await server.logIn('newcomer', { password: typed })).status).toBe(200);
  });

  it('opens nothing for who was disabled meanwhile', async () => {
    const { body } = await make('admin', 'viewer', 'password-reset');
    await server.setStatus('viewer', 'disabled');
    expect((await redeem(String(body['token']))).status).toBe(410);
    expect((await make('admin', 'viewer', 'password-reset')).status).toBe(404);
  });

  it('opens only what whoever made it may open at that moment', async () => {
    const setRoles = (whom: string, roles: readonly string[]) =>
      server.store.transaction(async (transaction) => {
        const record = (await transaction.getRecords([`staff-${whom}`])).get(`staff-${whom}`) as RecordEnvelope;
        const held = roles.map((key) => ({ id: key, roleId: `role-${key}`, reason: '', expiresAt: '' }));
        const after = { ...record, version: record.version + 1, body: { ...record.body, roles: held } };
        await transaction.putRecords([{ collection: 'access', record: after }]);
      });
    const statusesOf = async (token: string) => [(await inspect(token)).status, (await redeem(token)).status];
    await setRoles('newcomer', []);
    await server.restart();
    const kept = String((await make('admin', 'newcomer', 'invitation')).body['token']);
    await setRoles('newcomer', ['super_admin']);
    await server.restart();
    expect(await redeem(kept)).toEqual(await redeem('never-was'));
    expect(await statusesOf(kept)).toEqual([410, 410]);
    expect((await server.logIn('newcomer', { password: next })).status).toBe(401);
    await setRoles('newcomer', []);
    await setRoles('admin', []);
    await server.restart();
    expect(await statusesOf(kept)).toEqual([410, 410]);
    await setRoles('admin', ['admin']);
    await server.restart();
    await server.setStatus('admin', 'disabled');
    expect(await statusesOf(kept)).toEqual([410, 410]);
    await server.setStatus('admin', 'active');
    expect(await statusesOf(kept)).toEqual([200, 200]);
  });

  it('gives nobody an account that holds more than their own', async () => {
    expect(await make('admin', 'super_admin', 'password-reset')).toMatchObject({
      status: 403,
      body: { error: { code: 'forbidden', details: { reason: 'holds_more' } } },
    });
    expect(await make('admin', 'admin', 'password-reset')).toMatchObject({
      body: { error: { details: { reason: 'own_account' } } },
    });
    const { accessToken: token } = await server.session('admin');
    const factor = await server.ask('DELETE', '/v1/staff/staff-super_admin/second-factor', { token });
    expect(factor).toMatchObject({ status: 403, body: { error: { details: { reason: 'holds_more' } } } });
    expect((await make('super_admin', 'admin', 'password-reset')).status).toBe(200);
  });
});

it('a link is mailed where mail is configured, in the language of the person', async () => {
  const receiver = await startSmtpReceiver();
  const options = ['--smtp-url', receiver.url, '--smtp-from', 'Steward <steward@console.example>'];
  const server = await startAccountsServer({ options: [...options, '--public-url', 'https://console.example'] });
  const { accessToken: token } = await server.session('admin');
  const { body } = await server.ask('POST', '/v1/staff/staff-newcomer/invitation', { token });
  const link = `steward://link?server=https%3A%2F%2Fconsole.example&token=${String(body['token'])}`;
  expect(body).toMatchObject({ mailed: true, link });
  expect(receiver.mails.map(({ mail }) => [mail.to?.[0]?.address, mail.subject])).toEqual([
    ['newcomer@steward.example', 'Your invitation to Steward'],
  ]);
  expect(receiver.mails[0]?.mail.text).toContain(link);
  expect(receiver.mails[0]?.idempotencyKey).toMatch(/^link [0-9a-f]{64}$/);
  expect(JSON.stringify(receiver.mails[0]?.mail.headers)).not.toContain(String(body['token']));
  await receiver.close();
  expect((await server.ask('POST', '/v1/staff/staff-newcomer/invitation', { token })).body).toMatchObject({
    mailed: false,
  });
  await server.close();
});
