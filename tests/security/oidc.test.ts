import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { JsonObject } from '#shared/kernel/json.ts';
import { isTombstone } from '#shared/records/envelope.ts';
import type { RecordEnvelope } from '#shared/records/envelope.ts';
import { startDemoServer } from '#tests/support/demoServer.ts';
import type { DemoServer } from '#tests/support/demoServer.ts';
import { openOidcBrowser } from '#tests/support/oidcBrowser.ts';
import { changeClaims, oidcClients, startOidcProvider } from '#tests/support/oidcProvider.ts';
import type { OidcProviderServer } from '#tests/support/oidcProvider.ts';
import { connect, logIn, post } from '#tests/support/protocolClient.ts';

const redirectUri = 'http://127.0.0.1:49152/callback';
const second = 1000;

describe('signing in at an OpenID provider', { timeout: 60_000 }, () => {
  let provider: OidcProviderServer;
  let server: DemoServer;
  beforeAll(async () => {
    provider = await startOidcProvider();
    server = await startDemoServer([
      '--oidc-issuer',
      provider.issuer,
      '--oidc-client-id',
      oidcClients.public.id,
      '--oidc-name',
      'Acme ID',
    ]);
  });
  afterAll(async () => {
    await server.stop();
    await provider.close();
  });
  afterEach(() => provider.tamper(undefined));

  const ask = async (path: string, body: JsonObject, token = '', method = 'POST') => {
    const authorization: Record<string, string> = token === '' ? {} : { authorization: `Bearer ${token}` };
    const json: Record<string, string> = method === 'POST' ? { 'content-type': 'application/json' } : {};
    const answer = await fetch(`${server.url}${path}`, {
      method,
      headers: { ...authorization, ...json },
      ...(method === 'POST' ? { body: JSON.stringify(body) } : {}),
    });
    return { status: answer.status, body: (await answer.json()) as JsonObject };
  };
  const begin = async (more: JsonObject = {}, token = '') => {
    const begun = await ask('/v1/auth/oidc/begin', { redirectUri, clientId: 'desk', device: 'Desk', ...more }, token);
    if (begun.status !== 200) throw new Error(JSON.stringify(begun.body));
    return begun.body as { flow: string; authorizationUrl: string };
  };
  const finish = (flow: string, callbackUrl: string, token = '') =>
    ask('/v1/auth/oidc/finish', { flow, callbackUrl }, token);
  /** From the console's button to the server's answer. */
  const signIn = async (as: string, browser = openOidcBrowser()) => {
    const { flow, authorizationUrl } = await begin();
    return finish(flow, await browser.visit(authorizationUrl, { as }));
  };
  const refused = (message: RegExp) => ({
    status: 401,
    body: {
      error: {
        code: 'invalid_credentials',
        message: expect.stringMatching(message) as string,
        details: { reason: expect.stringMatching(/^[a-z_]+$/) as string },
      },
    },
  });
  const nobody = refused(/^Nobody may sign in here with this account of Acme ID/);
  const auditOf = async (action: string) => {
    const admin = await connect(server.url, 'admin@steward.example');
    const { documents } = await admin.pullAll('audit');
    admin.close();
    return documents.filter(
      (one): one is RecordEnvelope => !isTombstone(one) && one.kind === 'auditEntry' && one.body['action'] === action,
    );
  };
  const staffOf = async (email: string): Promise<RecordEnvelope> => {
    const admin = await connect(server.url, 'admin@steward.example');
    const { documents } = await admin.pullAll('access');
    admin.close();
    const found = documents.find((one) => !isTombstone(one) && one.kind === 'staff' && one.body['email'] === email);
    if (!found || isTombstone(found)) throw new Error(`there is no ${email}`);
    return found;
  };

  it('lets staff in by the address that the provider confirms, in a session of its own', async () => {
    provider.people.set('ada', { email: 'Viewer@steward.example', name: 'Ada' });
    const { status, body } = await signIn('ada');
    expect(status).toBe(200);
    expect(body).toMatchObject({ staff: { email: 'viewer@steward.example' }, expiresIn: 900 });
    const refreshed = await ask('/v1/auth/refresh', { refreshToken: String(body['refreshToken']) });
    expect(refreshed.status).toBe(200);
    const { id } = await staffOf('viewer@steward.example');
    const login = (await auditOf('login')).filter((entry) => entry.body['actorId'] === id);
    expect(login).toHaveLength(1);
  });

  it('from then on knows the person, whatever their address becomes', async () => {
    provider.people.set('grace', { email: 'support@steward.example' });
    const browser = openOidcBrowser();
    const first = await signIn('grace', browser);
    provider.people.set('grace', { email: 'grace@elsewhere.example', emailVerified: false });
    const second = await signIn('grace', browser);
    expect([first.status, second.status]).toEqual([200, 200]);
    expect((second.body['staff'] as JsonObject)['id']).toBe((first.body['staff'] as JsonObject)['id']);
  });

  it('refuses another person with the address of an account that is tied already, until it is released', async () => {
    provider.people.set('linus', { email: 'ops@steward.example' });
    provider.people.set('impostor', { email: 'ops@steward.example' });
    expect((await signIn('linus')).status).toBe(200);
    expect(await signIn('impostor')).toEqual(nobody);
    const { id } = await staffOf('ops@steward.example');
    const entries = await auditOf('failed_login');
    expect(entries.map(({ body }) => [body['actorId'], body['resourceId'], body['reason']])).toContainEqual([
      'anonymous',
      id,
      'Acme ID: account tied to another person of the provider',
    ]);
    const { accessToken } = await logIn(server.url, 'admin@steward.example');
    expect(await ask(`/v1/staff/${id}/provider`, {}, accessToken, 'DELETE')).toMatchObject({ status: 200 });
    expect((await signIn('impostor')).status).toBe(200);
    expect(await signIn('linus')).toEqual(nobody);
    const own = (await staffOf('admin@steward.example')).id;
    for (const [who, reason] of [
      ['admin@steward.example', 'own_account'],
      ['compliance@steward.example', undefined],
    ] as const) {
      const { accessToken: token } = await logIn(server.url, who);
      const answer = await ask(`/v1/staff/${own}/provider`, {}, token, 'DELETE');
      expect(answer.status).toBe(403);
      const details = (answer.body['error'] as JsonObject)['details'] as JsonObject | undefined;
      expect(details?.['reason']).toBe(reason);
    }
  });

  it('answers unknown, disabled and taken accounts alike', async () => {
    const admin = await connect(server.url, 'admin@steward.example');
    const account = await staffOf('compliance@steward.example');
    const doc = { ...account, status: 'disabled', version: account.version + 1 };
    const pushed = await admin.push('access', [{ baseVersion: account.version, doc, reason: 'Left the company' }]);
    admin.close();
    expect(pushed).toMatchObject({ ok: true, conflicts: [], rejections: [] });
    provider.people.set('stranger', { email: 'stranger@elsewhere.example' });
    provider.people.set('left', { email: 'compliance@steward.example' });
    expect(await signIn('stranger')).toEqual(nobody);
    expect(await signIn('left')).toEqual(nobody);
  });

  it('cuts off a tied account that was disabled', async () => {
    provider.people.set('hedy', { email: 'reliability@steward.example' });
    expect((await signIn('hedy')).status).toBe(200);
    const admin = await connect(server.url, 'admin@steward.example');
    const account = await staffOf('reliability@steward.example');
    const doc = { ...account, status: 'disabled', version: account.version + 1 };
    await admin.push('access', [{ baseVersion: account.version, doc, reason: 'Left the company' }]);
    admin.close();
    expect(await signIn('hedy')).toEqual(nobody);
  });

  it('asks for an address that is there and confirmed', async () => {
    provider.people.set('unsure', { email: 'admin@steward.example', emailVerified: false });
    provider.people.set('silent', {});
    expect(await signIn('unsure')).toEqual(refused(/has not confirmed your e-mail address/));
    expect(await signIn('silent')).toEqual(refused(/does not tell your e-mail address/));
  });

  it('lets a flow work once, and a code too', async () => {
    provider.people.set('ada', { email: 'viewer@steward.example' });
    const browser = openOidcBrowser();
    const first = await begin();
    const callback = await browser.visit(first.authorizationUrl, { as: 'ada' });
    expect((await finish(first.flow, callback)).status).toBe(200);
    expect(await finish(first.flow, callback)).toMatchObject({ status: 410, body: { error: { code: 'gone' } } });
    const other = await begin();
    const state = new URL(other.authorizationUrl).searchParams.get('state') ?? '';
    const replayed = new URL(callback);
    replayed.searchParams.set('state', state);
    expect(await finish(other.flow, replayed.href)).toEqual(refused(/does not belong to this sign-in/));
  });

  it.each<[string, (callback: URL) => void]>([
    ['another state', (url) => url.searchParams.set('state', 'forged')],
    ['no state', (url) => url.searchParams.delete('state')],
    ['another code', (url) => url.searchParams.set('code', 'forged')],
    ['no code', (url) => url.searchParams.delete('code')],
    ['two codes', (url) => url.searchParams.append('code', 'forged')],
    ['another issuer', (url) => url.searchParams.set('iss', 'https://evil.example')],
    ['another port', (url) => (url.port = '49153')],
    ['another host', (url) => (url.hostname = 'evil.example')],
    ['another path', (url) => (url.pathname = '/callback/more')],
  ])('refuses a callback with %s', async (_case, change) => {
    provider.people.set('ada', { email: 'viewer@steward.example' });
    const { flow, authorizationUrl } = await begin();
    const callback = new URL(await openOidcBrowser().visit(authorizationUrl, { as: 'ada' }));
    change(callback);
    expect(await finish(flow, callback.href)).toEqual(refused(/does not belong to this sign-in/));
  });

  it('refuses a code that another flow earned, for want of its verifier', async () => {
    provider.people.set('ada', { email: 'viewer@steward.example' });
    const [mine, theirs] = [await begin(), await begin()];
    const callback = new URL(await openOidcBrowser().visit(theirs.authorizationUrl, { as: 'ada' }));
    callback.searchParams.set('state', new URL(mine.authorizationUrl).searchParams.get('state') ?? '');
    expect(await finish(mine.flow, callback.href)).toEqual(refused(/does not belong to this sign-in/));
  });

  const seconds = () => Math.floor(Date.now() / second);
  it.each<[string, Parameters<typeof changeClaims>]>([
    ['of another issuer', [() => ({ iss: 'https://evil.example' })]],
    ['for another audience', [() => ({ aud: 'somebody-else' })]],
    ['with another nonce', [() => ({ nonce: 'forged' })]],
    ['that is long over', [() => ({ iat: seconds() - 7200, exp: seconds() - 600 })]],
    ['that is valid only later', [() => ({ nbf: seconds() + 600 })]],
    ["signed with somebody else's key", [() => ({}), 'foreign']],
  ])('refuses a token %s', async (_case, change) => {
    provider.people.set('ada', { email: 'viewer@steward.example' });
    provider.tamper(changeClaims(...change));
    expect(await signIn('ada')).toEqual(refused(/does not belong to this sign-in/));
  });

  it('refuses an access token that the provider itself does not take', async () => {
    provider.people.set('ada', { email: 'viewer@steward.example' });
    provider.tamper(async (answer) => ({ ...answer, access_token: 'forged' }));
    expect(await signIn('ada')).toEqual(refused(/does not belong to this sign-in/));
  });

  it('bears clocks that differ by less than a minute', async () => {
    provider.people.set('ada', { email: 'viewer@steward.example' });
    provider.tamper(changeClaims(() => ({ iat: seconds() - 120, exp: seconds() - 40 })));
    expect((await signIn('ada')).status).toBe(200);
    provider.tamper(changeClaims(() => ({ iat: seconds() + 40, nbf: seconds() + 40, exp: seconds() + 400 })));
    expect((await signIn('ada')).status).toBe(200);
  });

  it('says that the person turned back', async () => {
    const { flow, authorizationUrl } = await begin();
    const callback = await openOidcBrowser().visit(authorizationUrl, { as: 'ada', declines: true });
    expect(await finish(flow, callback)).toEqual(refused(/did not sign you in/));
  });

  describe('a session that proves itself anew', () => {
    const reauthenticate = async (as: string, token: string, finishToken = token, browser = openOidcBrowser()) => {
      const { flow, authorizationUrl } = await begin({ reauthenticate: true }, token);
      return finish(flow, await browser.visit(authorizationUrl, { as }), finishToken);
    };

    it('is elevated after a fresh sign-in at the provider', async () => {
      provider.people.set('ada', { email: 'viewer@steward.example' });
      const browser = openOidcBrowser();
      const token = String((await signIn('ada', browser)).body['accessToken']);
      const asked = browser.signIns();
      const { status, body } = await reauthenticate('ada', token, token, browser);
      expect(status).toBe(200);
      expect(Date.parse(String(body['elevatedUntil']))).toBeGreaterThan(Date.now());
      expect(browser.signIns()).toBe(asked + 1);
    });

    it('is refused with an older sign-in, as somebody else, and outside of that session', async () => {
      provider.people.set('ada', { email: 'viewer@steward.example' });
      provider.people.set('grace', { email: 'support@steward.example' });
      const token = String((await signIn('ada')).body['accessToken']);
      const other = String((await signIn('ada')).body['accessToken']);
      provider.tamper(changeClaims((claims) => ({ auth_time: Number(claims['auth_time']) - 300 })));
      expect(await reauthenticate('ada', token)).toEqual(refused(/did not ask you to sign in anew/));
      provider.tamper(undefined);
      expect(await reauthenticate('grace', token)).toEqual(refused(/Somebody else is signed in/));
      expect((await reauthenticate('ada', token, '')).status).toBe(410);
      expect((await reauthenticate('ada', token, other)).status).toBe(410);
    });

    it('has to, for dangerous acts, unless the provider says that the person signed in there just now', async () => {
      provider.people.set('ada', { email: 'viewer@steward.example' });
      const elevatedUntil = async (token: string) =>
        (await ask('/v1/account', {}, token, 'GET')).body['elevatedUntil'] as string;
      const silent = String((await signIn('ada')).body['accessToken']);
      expect(await elevatedUntil(silent)).toBe('');
      await reauthenticate('ada', silent);
      expect(await elevatedUntil(silent)).not.toBe('');
      provider.tamper(changeClaims(() => ({ auth_time: seconds() })));
      expect(await elevatedUntil(String((await signIn('ada')).body['accessToken']))).not.toBe('');
    });

    it('needs a session to begin with', async () => {
      const body = { redirectUri, clientId: 'desk', reauthenticate: true };
      expect((await ask('/v1/auth/oidc/begin', body)).status).toBe(401);
    });
  });

  it.each([
    'https://evil.example/callback',
    'http://127.0.0.1:80/',
    'http://localhost:80/callback',
    'http://127.0.0.1:9/callback?x=1',
  ])('sends no browser to %s afterwards', async (given) => {
    const answer = await ask('/v1/auth/oidc/begin', { redirectUri: given, clientId: 'desk' });
    expect(answer).toMatchObject({ status: 400, body: { error: { code: 'invalid_message', path: 'redirectUri' } } });
  });

  it('brings about no error that a person would have to look at', () => {
    expect(server.errors).toEqual([]);
  });
});

describe('other servers', { timeout: 60_000 }, () => {
  const beginAt = (url: string) => post(url, '/v1/auth/oidc/begin', { redirectUri, clientId: 'desk' });

  it('makes staff without any role of whom the provider knows, where that is wanted, and keeps a client secret', async () => {
    const provider = await startOidcProvider();
    const { id, secret } = oidcClients.confidential;
    const client = ['--oidc-client-id', id, '--oidc-client-secret', secret];
    const server = await startDemoServer(['--oidc-issuer', provider.issuer, ...client, '--oidc-create', 'yes']);
    provider.people.set('new', { email: 'new@elsewhere.example', name: 'New Person' });
    const { body } = await beginAt(server.url);
    const callbackUrl = await openOidcBrowser().visit(String(body['authorizationUrl']), { as: 'new' });
    const answer = await post(server.url, '/v1/auth/oidc/finish', { flow: String(body['flow']), callbackUrl });
    expect(answer.body).toMatchObject({ staff: { name: 'New Person', email: 'new@elsewhere.example' } });
    const admin = await connect(server.url, 'admin@steward.example');
    const { documents } = await admin.pullAll('access');
    admin.close();
    const made = documents.find((one) => !isTombstone(one) && one.body['email'] === 'new@elsewhere.example');
    expect(made).toMatchObject({ status: 'active', body: { roles: [], tenants: [] } });
    await server.stop();
    await provider.close();
  });

  it('say when the provider is out of reach', async () => {
    const provider = await startOidcProvider();
    const server = await startDemoServer(['--oidc-issuer', provider.issuer, '--oidc-client-id', 'steward']);
    provider.people.set('ada', { email: 'viewer@steward.example' });
    const { body } = await beginAt(server.url);
    const callbackUrl = await openOidcBrowser().visit(String(body['authorizationUrl']), { as: 'ada' });
    await provider.close();
    const unavailable = { status: 503, body: { error: { code: 'unavailable', details: { reason: 'unreachable' } } } };
    expect(await post(server.url, '/v1/auth/oidc/finish', { flow: String(body['flow']), callbackUrl })).toMatchObject(
      unavailable,
    );
    await server.stop();
    // A server that was never told what the provider offers.
    const other = await startDemoServer(['--oidc-issuer', provider.issuer, '--oidc-client-id', 'steward']);
    expect(await beginAt(other.url)).toMatchObject(unavailable);
    await other.stop();
  });
});
