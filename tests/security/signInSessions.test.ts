import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { SessionAnswer } from '#shared/protocol/session.ts';
import { tombstoneOf } from '#shared/records/envelope.ts';
import type { RecordEnvelope, RecordState } from '#shared/records/envelope.ts';
import { isSentAway } from '#server/features/departure/departures.ts';
import { endReasonOf } from '#server/features/signIn/sessions.ts';
import { thoseWhoLeft } from '#server/features/signIn/hasLeft.ts';
import { startAccountsServer } from '#tests/support/accountsServer.ts';
import type { AccountsServer, Answer } from '#tests/support/accountsServer.ts';

const minute = 60_000;
const day = 24 * 3600 * 1000;
let server: AccountsServer;
beforeEach(async () => void (server = await startAccountsServer()));
afterEach(() => server.close());

const refresh = (refreshToken: string) => server.ask('POST', '/v1/auth/refresh', { body: { refreshToken } });
const next = ({ body }: Answer) => String(body['refreshToken']);
const mayAsk = async (token: string) => (await server.ask('GET', '/v1/account', { token })).status === 200;
const idOf = async ({ accessToken: token }: SessionAnswer) =>
  String((await server.ask('GET', '/v1/account', { token })).body['sessionId']);
/** Lets days pass in which the server is there. */
const attend = async (days: number) => {
  for (let passed = 0; passed < days; passed += 1) {
    server.advance(day);
    await server.signIn.sessions.sweep();
  }
};
const reasonOf = (sessionId: string) => endReasonOf(server.store, sessionId);
const isOver = (refreshToken: string) =>
  isSentAway({ store: server.store, hasLeft: () => Promise.resolve(false), endReasonOf: reasonOf }, refreshToken);
const recordOf = async (id: string) => (await server.store.getRecords([id])).get(id) as RecordEnvelope;

describe('a session', () => {
  it('is a record of its person from the moment of the sign-in, without the address', async () => {
    const session = await server.session('viewer');
    const id = await idOf(session);
    const record = await recordOf(id);
    expect(record).toMatchObject({
      kind: 'session',
      status: 'active',
      assignedTo: 'staff-viewer',
      body: { device: 'Laptop', clientId: 'laptop', method: 'password', network: 'network of 127.0.0.1', endedAt: '' },
    });
    expect(await server.store.getSession(id)).toMatchObject({ address: 'network of 127.0.0.1' });
    const [login] = await server.auditOf('login');
    expect(login).toMatchObject({ actorId: 'staff-viewer', session: id, resourceId: id, device: 'Laptop' });
  });

  it('is noted as seen at most every five minutes', async () => {
    const session = await server.session('viewer');
    const id = await idOf(session);
    server.advance(4 * minute);
    await mayAsk(session.accessToken);
    await server.settled();
    expect((await recordOf(id)).version).toBe(1);
    server.advance(minute);
    await Promise.all([mayAsk(session.accessToken), mayAsk(session.accessToken)]);
    await server.settled();
    const record = await recordOf(id);
    expect(record.version).toBe(2);
    expect(record.body['lastSeenAt']).toBe(new Date(server.now()).toISOString());
    expect((await server.store.getSession(id))?.lastSeenAt).toBe(server.now());
  });

  it('ends when its person signs out, once, and tells why', async () => {
    const session = await server.session('viewer');
    const id = await idOf(session);
    const { refreshToken } = session;
    for (let round = 0; round < 2; round += 1)
      expect((await server.ask('POST', '/v1/auth/logout', { body: { refreshToken } })).status).toBe(200);
    expect(await mayAsk(session.accessToken)).toBe(false);
    expect((await refresh(refreshToken)).body).toMatchObject({ error: { code: 'session_revoked' } });
    expect(await recordOf(id)).toMatchObject({ status: 'ended', body: { endReason: 'signed_out' } });
    expect(await server.auditOf('logout')).toHaveLength(1);
  });

  it('that nobody used for sixty days is ended by the server', async () => {
    const [old, fresh] = [await server.session('viewer'), await server.session('viewer')];
    const [oldId, freshId] = [await idOf(old), await idOf(fresh)];
    await attend(40);
    const renewed = await refresh(fresh.refreshToken);
    expect(renewed.status).toBe(200);
    await attend(20);
    await server.restart();
    await server.settled();
    expect(await recordOf(oldId)).toMatchObject({ status: 'active' });
    await attend(1);
    expect(await recordOf(oldId)).toMatchObject({ status: 'ended', body: { endReason: 'expired' } });
    expect(await recordOf(freshId)).toMatchObject({ status: 'active' });
    server.advance(91 * day);
    await server.restart();
    await server.settled();
    expect(await recordOf(oldId)).toMatchObject({ _deleted: true });
  });
});

describe('a session that could not be heard', () => {
  it('is not ended by a server whose clock is wrong, started with it or put forward under it', async () => {
    const session = await server.session('viewer');
    const id = await idOf(session);
    await attend(2);
    server.advance(61 * day);
    // Asked before the sweep came by.
    expect((await refresh(session.refreshToken)).status).toBe(401);
    expect(await isOver(session.refreshToken)).toBe(false);
    await server.signIn.sessions.sweep();
    server.advance(3650 * day);
    await server.restart();
    await attend(2);
    expect(await recordOf(id)).toMatchObject({ status: 'active' });
    server.advance(-3711 * day);
    await server.restart();
    await server.settled();
    expect(await isOver(session.refreshToken)).toBe(false);
    expect(await recordOf(id)).toMatchObject({ status: 'active' });
  });

  it('is not ended for the days in which the server was off, and is once the others are sixty', async () => {
    const session = await server.session('viewer');
    const id = await idOf(session);
    await attend(10);
    server.advance(100 * day);
    await server.restart();
    await attend(50);
    expect(await recordOf(id)).toMatchObject({ status: 'active' });
    expect(await isOver(session.refreshToken)).toBe(false);
    await attend(1);
    expect(await recordOf(id)).toMatchObject({ status: 'ended', body: { endReason: 'expired' } });
    expect(await isOver(session.refreshToken)).toBe(true);
  });

  it('is not ended while it has a line, and is noted as seen', async () => {
    const [lined, other] = [await idOf(await server.session('viewer')), await idOf(await server.session('viewer'))];
    server.signIn.sessions.keepWhile((id) => id === lined);
    await attend(61);
    expect([(await recordOf(lined)).status, (await recordOf(other)).status]).toEqual(['active', 'ended']);
    expect(server.now() - Number((await server.store.getSession(lined))?.lastSeenAt)).toBeLessThanOrEqual(day);
  });
});

describe('a console that was away for longer than the record of its session is kept', () => {
  it('hears that it was sent away, or that it signed out, as if it had asked at once', async () => {
    const [left, revoked] = [await server.session('viewer'), await server.session('viewer')];
    const [leftId, revokedId] = [await idOf(left), await idOf(revoked)];
    await server.ask('POST', `/v1/sessions/${revokedId}/revoke`, { token: left.accessToken });
    await server.ask('POST', '/v1/auth/logout', { body: { refreshToken: left.refreshToken } });
    const answers = () => Promise.all([left, revoked].map(({ refreshToken }) => isOver(refreshToken)));
    expect(await answers()).toEqual([false, true]);
    server.advance(91 * day);
    await server.signIn.sessions.sweep();
    for (const id of [leftId, revokedId]) expect(await recordOf(id)).toMatchObject({ _deleted: true });
    expect(await answers()).toEqual([false, true]);
    // As one that an earlier version ended.
    await server.store.transaction((transaction) =>
      transaction.removeEntries([leftId, revokedId].map((key) => ({ area: 'signIn.endReason', key }))),
    );
    expect(await answers()).toEqual([false, false]);
  });
});

describe('a console that was away for longer than its token lives', () => {
  it('hears for certain that its session is over, as soon as it asks', async () => {
    const away = await server.session('viewer');
    await attend(60);
    expect(await isOver(away.refreshToken)).toBe(false);
    server.advance(minute);
    expect(await refresh(away.refreshToken)).toMatchObject({
      status: 401,
      body: { error: { code: 'session_revoked' } },
    });
    expect(await isOver(away.refreshToken)).toBe(true);
  });

  it('hears it after the server has tidied up too, also when its last answer was lost, for two years', async () => {
    const first = await server.session('viewer');
    server.advance(minute);
    const second = await refresh(first.refreshToken);
    server.advance(10 * minute);
    const third = await refresh(String(second.body['refreshToken']));
    const tokens = [first.refreshToken, String(second.body['refreshToken']), String(third.body['refreshToken'])];
    const known = async () => {
      await server.restart();
      await server.settled();
      return Promise.all(tokens.map(isOver));
    };
    expect(await known()).toEqual([false, false, false]);
    await attend(61);
    // The console holds the last one, or the one before it where the answer did not arrive.
    expect(await known()).toEqual([false, true, true]);
    server.advance(660 * day);
    await server.store.transaction((transaction) => transaction.pruneEntries(server.now()));
    expect(await known()).toEqual([false, true, true]);
    server.advance(10 * day);
    expect(await known()).toEqual([false, false, false]);
  });
});

describe('a refresh token', () => {
  it('that a thief uses ends the session for both, and only this session', async () => {
    const [victim, elsewhere] = [await server.session('viewer'), await server.session('viewer')];
    const id = await idOf(victim);
    const stolen = victim.refreshToken;
    const mine = await refresh(stolen);
    expect(mine.status).toBe(200);
    server.advance(2 * minute);
    expect(await refresh(stolen)).toMatchObject({ status: 401, body: { error: { code: 'session_revoked' } } });
    expect((await refresh(String(mine.body['refreshToken']))).status).toBe(401);
    expect(await mayAsk(String(mine.body['accessToken']))).toBe(false);
    expect(await mayAsk(elsewhere.accessToken)).toBe(true);
    expect(await recordOf(id)).toMatchObject({ status: 'ended', body: { endReason: 'token_reuse' } });
    expect(await server.auditOf('session_revoke')).toMatchObject([{ resourceId: id, reason: 'token_reuse' }]);
  });

  it('whose answer was lost may come again within a minute, and the session goes on', async () => {
    const { refreshToken } = await server.session('viewer');
    const [lost, again] = [await refresh(refreshToken), await refresh(refreshToken)];
    server.advance(50_000);
    const late = await refresh(refreshToken);
    for (const { status, body } of [lost, again, late]) {
      expect(status).toBe(200);
      expect(await mayAsk(String(body['accessToken']))).toBe(true);
    }
    server.advance(14 * minute);
    let last = late;
    for (let round = 0; round < 3; round += 1) {
      last = await refresh(next(last));
      expect(last.status).toBe(200);
    }
    expect(await server.auditOf('session_revoke')).toEqual([]);
  });

  it('that a thief uses within that minute ends the session for both, once both go on', async () => {
    const victim = await server.session('viewer');
    const id = await idOf(victim);
    const mine = await refresh(victim.refreshToken);
    const theirs = await refresh(victim.refreshToken);
    server.advance(14 * minute);
    expect((await refresh(next(theirs))).status).toBe(200);
    expect(await refresh(next(mine))).toMatchObject({ status: 401, body: { error: { code: 'session_revoked' } } });
    expect(await mayAsk(String(theirs.body['accessToken']))).toBe(false);
    expect(await recordOf(id)).toMatchObject({ status: 'ended', body: { endReason: 'token_reuse' } });
    expect(await server.auditOf('session_revoke')).toMatchObject([{ resourceId: id, reason: 'token_reuse' }]);
  });

  it('that comes again within a minute after its successor was used ends the session for both', async () => {
    const victim = await server.session('viewer');
    const mine = await refresh(victim.refreshToken);
    const further = await refresh(next(mine));
    expect(further.status).toBe(200);
    expect((await refresh(victim.refreshToken)).status).toBe(401);
    expect((await refresh(next(further))).status).toBe(401);
    expect(await server.auditOf('session_revoke')).toMatchObject([{ reason: 'token_reuse' }]);
  });

  it('that was overtaken by its own repetition ends nothing: the answer that came is good', async () => {
    const { refreshToken } = await server.session('viewer');
    const came = await refresh(refreshToken);
    expect((await refresh(refreshToken)).status).toBe(200);
    let last = came;
    for (let round = 0; round < 3; round += 1) {
      server.advance(14 * minute);
      last = await refresh(next(last));
      expect(last.status).toBe(200);
    }
    expect(await server.auditOf('session_revoke')).toEqual([]);
  });

  it('that two use at the same moment has one successor that is good', async () => {
    const { refreshToken } = await server.session('viewer');
    const both = await Promise.all([refresh(refreshToken), refresh(refreshToken)]);
    expect(both.map(({ status }) => status)).toEqual([200, 200]);
    server.advance(14 * minute);
    const statuses = [];
    for (const answer of both) statuses.push((await refresh(next(answer))).status);
    expect(statuses).toEqual([200, 401]);
    expect(await server.auditOf('session_revoke')).toMatchObject([{ reason: 'token_reuse' }]);
  });
});

describe('ending sessions', () => {
  it('of one’s own: one, or all others', async () => {
    const [here, phone, desk] = [
      await server.session('viewer'),
      await server.session('viewer'),
      await server.session('viewer'),
    ];
    const token = here.accessToken;
    expect((await server.ask('POST', `/v1/sessions/${await idOf(phone)}/revoke`, { token })).status).toBe(200);
    expect([await mayAsk(phone.accessToken), await mayAsk(desk.accessToken)]).toEqual([false, true]);
    expect((await server.ask('POST', '/v1/sessions/others/revoke', { token })).status).toBe(200);
    expect([await mayAsk(token), await mayAsk(desk.accessToken)]).toEqual([true, false]);
  });

  it('of others needs the right to, and tells nobody else that there is one', async () => {
    const id = await idOf(await server.session('viewer'));
    const revoke = async (role: string, which: string) =>
      server.ask('POST', `/v1/sessions/${which}/revoke`, { token: (await server.session(role)).accessToken });
    expect(await revoke('support', id)).toEqual(await revoke('support', 'no-such-session'));
    expect((await revoke('support', id)).status).toBe(404);
    expect((await revoke('compliance', id)).status).toBe(403);
    expect((await revoke('admin', id)).status).toBe(200);
    expect(await recordOf(id)).toMatchObject({ status: 'ended', updatedBy: 'staff-admin' });
  });

  it('happens by itself when a person is disabled, and they stay ended when the person comes back', async () => {
    const session = await server.session('viewer');
    const id = await idOf(session);
    const told = new Promise<string>((resolve) => server.signIn.onRevoked(resolve));
    await server.setStatus('viewer', 'disabled');
    expect(await mayAsk(session.accessToken)).toBe(false);
    expect(await told).toBe(id);
    expect(await recordOf(id)).toMatchObject({ status: 'ended', body: { endReason: 'disabled' } });
    await server.setStatus('viewer', 'active');
    expect(await mayAsk(session.accessToken)).toBe(false);
    expect((await refresh(session.refreshToken)).status).toBe(401);
  });

  it('happens at the next start when the server stopped right after the person was disabled', async () => {
    const id = await idOf(await server.session('viewer'));
    const record = (await server.store.getRecords(['staff-viewer'])).get('staff-viewer') as RecordEnvelope;
    // As another process of the installation would have written it.
    await server.store.transaction((transaction) =>
      transaction.putRecords([{ collection: 'access', record: { ...record, status: 'disabled', version: 2 } }]),
    );
    await server.restart();
    await server.settled();
    expect(await recordOf(id)).toMatchObject({ status: 'ended', body: { endReason: 'disabled' } });
  });
});

it('a staff record that this version cannot read lets nobody in, and ends nothing', async () => {
  const session = await server.session('viewer');
  const id = await idOf(session);
  const record = (await server.store.getRecords(['staff-viewer'])).get('staff-viewer') as RecordEnvelope;
  const sentAway = () =>
    isSentAway(
      {
        store: server.store,
        hasLeft: async (staffId) => (await thoseWhoLeft(server.store, [staffId])).has(staffId),
        endReasonOf: reasonOf,
      },
      session.refreshToken,
    );
  const put = async (state: RecordState) => {
    await server.store.transaction((transaction) => transaction.putRecords([{ collection: 'access', record: state }]));
    await server.restart();
    await server.settled();
  };
  await put({ ...record, version: 2, body: { ofALaterVersion: true } });
  expect(await mayAsk(session.accessToken)).toBe(false);
  expect(await recordOf(id)).toMatchObject({ status: 'active' });
  expect(await sentAway()).toBe(false);
  await put({ ...record, version: 3 });
  expect(await mayAsk(session.accessToken)).toBe(true);
  await put(tombstoneOf(record, 4));
  expect(await recordOf(id)).toMatchObject({ status: 'ended', body: { endReason: 'disabled' } });
  expect(await sentAway()).toBe(true);
});

it('a session begun in another way is like any other', async () => {
  const given = { clientId: 'laptop', device: 'Laptop', method: 'oidc' as const, address: '::1' };
  const begun = await server.signIn.begin('staff-viewer', given);
  if (!begun.ok) throw new Error(begun.error.message);
  expect(await mayAsk(begun.value.accessToken)).toBe(true);
  expect((await refresh(begun.value.refreshToken)).status).toBe(200);
  expect(await server.signIn.begin('staff-nobody', given)).toMatchObject({ ok: false });
});
