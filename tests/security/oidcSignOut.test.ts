import { decodeJwt } from 'jose';
import type { JWTPayload } from 'jose';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { JsonObject } from '#shared/kernel/json.ts';
import { isTombstone } from '#shared/records/envelope.ts';
import type { RecordEnvelope } from '#shared/records/envelope.ts';
import type { SessionAnswer } from '#shared/protocol/session.ts';
import { startDemoServer } from '#tests/support/demoServer.ts';
import type { DemoServer } from '#tests/support/demoServer.ts';
import { openOidcBrowser } from '#tests/support/oidcBrowser.ts';
import type { OidcBrowser } from '#tests/support/oidcBrowser.ts';
import { oidcClients, startOidcProvider } from '#tests/support/oidcProvider.ts';
import type { OidcProviderServer } from '#tests/support/oidcProvider.ts';
import { connect, connectWith, logIn, post } from '#tests/support/protocolClient.ts';

const redirectUri = 'http://127.0.0.1:49152/callback';
const logoutEvent = 'http://schemas.openid.net/event/backchannel-logout';

describe('signing out at an OpenID provider', { timeout: 60_000 }, () => {
  let provider: OidcProviderServer;
  let server: DemoServer;
  beforeAll(async () => {
    provider = await startOidcProvider();
    provider.people.set('ada', { email: 'viewer@steward.example' });
    provider.people.set('grace', { email: 'support@steward.example' });
    const client = ['--oidc-issuer', provider.issuer, '--oidc-client-id', oidcClients.public.id];
    server = await startDemoServer([...client, '--oidc-name', 'Acme ID']);
    provider.tellLogouts(server.url);
  });
  afterAll(async () => {
    await server.stop();
    await provider.close();
  });

  const ask = async (method: string, path: string, token: string) => {
    const answer = await fetch(`${server.url}${path}`, { method, headers: { authorization: `Bearer ${token}` } });
    return { status: answer.status, body: (await answer.json()) as JsonObject };
  };
  /** A sign-in whose browser has come back; the console has yet to say so. */
  const comeBack = async (as: string, browser: OidcBrowser = openOidcBrowser()) => {
    const begun = await post(server.url, '/v1/auth/oidc/begin', { redirectUri, clientId: 'desk', device: 'Desk' });
    const { flow, authorizationUrl } = begun.body as { flow: string; authorizationUrl: string };
    return { flow, callbackUrl: await browser.visit(authorizationUrl, { as }) };
  };
  const finish = (flow: object) => post(server.url, '/v1/auth/oidc/finish', flow);
  const signIn = async (as: string, browser?: OidcBrowser): Promise<SessionAnswer> => {
    const finished = await finish(await comeBack(as, browser));
    if (finished.status !== 200) throw new Error(JSON.stringify(finished.body));
    return finished.body as unknown as SessionAnswer;
  };
  const lives = async ({ refreshToken }: SessionAnswer) =>
    (await post(server.url, '/v1/auth/departure', { refreshToken })).body['ended'] === false;
  const tell = async (logoutToken: string) => {
    const body = new URLSearchParams({ logout_token: logoutToken });
    const answer = await fetch(`${server.url}/v1/auth/oidc/back-channel-logout`, { method: 'POST', body });
    return { status: answer.status, body: (await answer.json()) as JsonObject };
  };
  /** Claims of a logout token that would be taken. */
  const claimsFor = (subject: string, more: JWTPayload = {}): JWTPayload => ({
    iss: provider.issuer,
    aud: oidcClients.public.id,
    iat: Math.floor(Date.now() / 1000),
    jti: crypto.randomUUID(),
    sub: subject,
    events: { [logoutEvent]: {} },
    ...more,
  });

  const claimsWithout = (name: string): JWTPayload =>
    Object.fromEntries(Object.entries(claimsFor('ada')).filter(([claim]) => claim !== name));

  it('sends the person’s browser there with the hint that only the server has, once, after the session has ended', async () => {
    const browser = openOidcBrowser();
    const session = await signIn('ada', browser);
    const facts = await ask('GET', '/v1/account', session.accessToken);
    expect(facts.body).toMatchObject({ signOutAt: 'Acme ID', provider: { name: 'Acme ID' } });
    const ticket = await ask('POST', '/v1/auth/oidc/sign-out', session.accessToken);
    expect(ticket).toEqual({
      status: 200,
      body: { path: expect.stringMatching(/^\/v1\/auth\/oidc\/sign-out\/[\w-]{43}$/) as string },
    });
    await post(server.url, '/v1/auth/logout', { refreshToken: session.refreshToken });
    const address = `${server.url}${String(ticket.body['path'])}`;
    const there = new URL(await browser.signOut(address));
    expect(there.origin).toBe(provider.issuer);
    expect(decodeJwt(there.searchParams.get('id_token_hint') ?? '')).toMatchObject({
      sub: 'ada',
      iss: provider.issuer,
    });
    expect((await fetch(address, { redirect: 'manual' })).status).toBe(410);
    expect((await ask('POST', '/v1/auth/oidc/sign-out', session.accessToken)).status).toBe(401);
    // The provider has forgotten the person: it asks again.
    const asked = browser.signIns();
    await signIn('ada', browser);
    expect(browser.signIns()).toBe(asked + 1);
  });

  it('is offered in no session that began with a password', async () => {
    const { accessToken } = await logIn(server.url, 'growth@steward.example');
    expect((await ask('GET', '/v1/account', accessToken)).body).toMatchObject({ signOutAt: '', provider: null });
    expect((await ask('POST', '/v1/auth/oidc/sign-out', accessToken)).status).toBe(404);
  });

  it('cuts off every console of that sign-in at once, is noted, and touches no other sign-in of the person', async () => {
    const [here, elsewhere] = [openOidcBrowser(), openOidcBrowser()];
    const [session, other] = [await signIn('grace', here), await signIn('grace', elsewhere)];
    const client = await connectWith(server.url, session, 'desk');
    const bye = new Promise((resolve) => client.socket.once('bye', resolve));
    const ticket = await ask('POST', '/v1/auth/oidc/sign-out', session.accessToken);
    await here.signOut(`${server.url}${String(ticket.body['path'])}`);
    expect(await bye).toEqual({ code: 'session_revoked' });
    expect(await Promise.all([session, other].map(lives))).toEqual([false, true]);
    const admin = await connect(server.url, 'admin@steward.example');
    const { documents } = await admin.pullAll('audit');
    admin.close();
    const noted = documents.filter((one): one is RecordEnvelope => !isTombstone(one) && one.kind === 'auditEntry');
    expect(noted.filter(({ body }) => body['reason'] === 'Signed out at Acme ID')).toMatchObject([
      { body: { action: 'session_revoke', resource: 'session', actorId: 'system' } },
    ]);
    // The very token that did it does nothing a second time.
    const again = await tell(provider.logoutTokens.at(-1) ?? '');
    expect(again).toMatchObject({ status: 400, body: { error: { code: 'invalid_message' } } });
    expect(await lives(other)).toBe(true);
  });

  it('ends all sessions of a person whom the token names without a sign-in, and of nobody else', async () => {
    const sessions = [await signIn('grace'), await signIn('grace'), await signIn('ada')];
    const password = await logIn(server.url, 'support@steward.example');
    const told = await tell(await provider.sign(claimsFor('grace'), 'own', 'logout+jwt'));
    expect(told.status).toBe(200);
    expect(await Promise.all([...sessions, password].map(lives))).toEqual([false, false, true, true]);
    const nobody = await tell(await provider.sign(claimsFor('stranger')));
    expect(nobody).toEqual({ status: 200, body: { ended: 0 } });
  });

  const seconds = () => Math.floor(Date.now() / 1000);
  it.each<[string, () => Promise<string>]>([
    ['of another issuer', () => provider.sign(claimsFor('ada', { iss: 'https://evil.example' }))],
    ['for another audience', () => provider.sign(claimsFor('ada', { aud: 'somebody-else' }))],
    ['that is old', () => provider.sign(claimsFor('ada', { iat: seconds() - 3600 }))],
    ['of the future', () => provider.sign(claimsFor('ada', { iat: seconds() + 3600 }))],
    ['that has expired', () => provider.sign(claimsFor('ada', { exp: seconds() - 600 }))],
    ['without a time', () => provider.sign(claimsWithout('iat'))],
    ['without a name of its own', () => provider.sign(claimsWithout('jti'))],
    ['without events', () => provider.sign(claimsWithout('events'))],
    ['of another event', () => provider.sign(claimsFor('ada', { events: { 'https://example.org/other': {} } }))],
    ['whose event is no object', () => provider.sign(claimsFor('ada', { events: { [logoutEvent]: true } }))],
    ['with a nonce, as ID tokens have', () => provider.sign(claimsFor('ada', { nonce: 'n' }))],
    ['that names nobody', () => provider.sign(claimsWithout('sub'))],
    ['of another type', () => provider.sign(claimsFor('ada'), 'own', 'at+jwt')],
    ["signed with somebody else's key", () => provider.sign(claimsFor('ada'), 'foreign')],
    ['without a signature', () => Promise.resolve(unsigned(claimsFor('ada')))],
    ['that is none', () => Promise.resolve('no token at all')],
  ])('takes no token %s', async (_case, make) => {
    const session = await signIn('ada');
    const answer = await tell(await make());
    expect(answer).toMatchObject({ status: 400, body: { error: { code: 'invalid_message', path: 'logout_token' } } });
    expect(await lives(session)).toBe(true);
  });

  it('keeps a sign-in from beginning that it overtook, and none that begins after it', async () => {
    const [theirs, anothers] = [await comeBack('grace'), await comeBack('ada')];
    expect((await tell(await provider.sign(claimsFor('grace')))).status).toBe(200);
    const refused = await finish(theirs);
    expect(refused).toMatchObject({ status: 410, body: { error: { code: 'gone', details: { reason: 'flow_over' } } } });
    expect((await finish(anothers)).status).toBe(200);
    expect(await lives(await signIn('grace'))).toBe(true);
  });

  it('leaves nothing of a sign-in that ends at the same moment', async () => {
    for (let round = 0; round < 5; round += 1) {
      const flow = await comeBack('grace');
      const token = await provider.sign(claimsFor('grace'));
      const [finished, told] = await Promise.all([finish(flow), tell(token)]);
      expect(told.status).toBe(200);
      expect([200, 410]).toContain(finished.status);
      const began = finished.status === 200;
      expect(began && (await lives(finished.body as unknown as SessionAnswer))).toBe(false);
    }
  });

  it('ends a session only where person and sign-in both fit', async () => {
    const session = await signIn('ada');
    const sid = 'of another sign-in';
    expect((await tell(await provider.sign(claimsFor('ada', { sid })))).body).toEqual({ ended: 0 });
    expect(await lives(session)).toBe(true);
  });

  it('shows whose account is tied, lets go of one’s own while there is a password, and of others’ with a fresh proof', async () => {
    const before = Date.now();
    provider.people.set('linus', { email: 'ops@steward.example' });
    const { id } = (await signIn('linus')).staff;
    const [own, admin] = [
      await logIn(server.url, 'ops@steward.example'),
      await logIn(server.url, 'admin@steward.example'),
    ];
    const tie = async () => (await ask('GET', `/v1/staff/${id}/provider`, admin.accessToken)).body['provider'];
    const shown = (await tie()) as { name: string; since: string };
    expect(shown.name).toBe('Acme ID');
    expect(Date.parse(shown.since)).toBeGreaterThanOrEqual(before);
    expect((await ask('GET', `/v1/staff/${id}/provider`, own.accessToken)).status).toBe(403);
    expect(await ask('DELETE', '/v1/account/provider', own.accessToken)).toEqual({ status: 200, body: { ok: true } });
    expect(await tie()).toBeNull();
    expect((await ask('GET', '/v1/account', own.accessToken)).body).toMatchObject({ provider: null });
    await signIn('linus');
    expect(await tie()).not.toBeNull();
    expect((await ask('DELETE', `/v1/staff/${id}/provider`, admin.accessToken)).status).toBe(200);
    expect(await tie()).toBeNull();
    expect((await ask('GET', '/v1/staff/nobody/provider', admin.accessToken)).status).toBe(404);
  });

  it('brings about no error that a person would have to look at', () => {
    expect(server.errors).toEqual([]);
  });
});

describe('who came from the provider and has no password', { timeout: 60_000 }, () => {
  it('keeps the only way in', async () => {
    const provider = await startOidcProvider();
    provider.people.set('new', { email: 'new@elsewhere.example', name: 'New Person' });
    const client = ['--oidc-issuer', provider.issuer, '--oidc-client-id', oidcClients.public.id];
    const server = await startDemoServer([...client, '--oidc-create', 'yes']);
    const browser = openOidcBrowser();
    const visit = async (more: JsonObject, token = '') => {
      const headers = {
        'content-type': 'application/json',
        ...(token === '' ? {} : { authorization: `Bearer ${token}` }),
      };
      const send = async (path: string, body: JsonObject) => {
        const answer = await fetch(`${server.url}${path}`, { method: 'POST', headers, body: JSON.stringify(body) });
        return (await answer.json()) as JsonObject;
      };
      const begun = await send('/v1/auth/oidc/begin', { redirectUri, clientId: 'desk', ...more });
      const callbackUrl = await browser.visit(String(begun['authorizationUrl']), { as: 'new' });
      return send('/v1/auth/oidc/finish', { flow: String(begun['flow']), callbackUrl });
    };
    const token = String((await visit({}))['accessToken']);
    const release = async () => {
      const answer = await fetch(`${server.url}/v1/account/provider`, {
        method: 'DELETE',
        headers: { authorization: `Bearer ${token}` },
      });
      return { status: answer.status, body: (await answer.json()) as JsonObject };
    };
    expect(await release()).toMatchObject({ status: 403, body: { error: { code: 'reauthentication_required' } } });
    await visit({ reauthenticate: true }, token);
    expect(await release()).toMatchObject({
      status: 422,
      body: { error: { code: 'invalid', details: { reason: 'only_way' } } },
    });
    await server.stop();
    await provider.close();
  });
});

function unsigned(claims: JWTPayload): string {
  const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
  return `${part({ alg: 'none' })}.${part(claims)}.`;
}
