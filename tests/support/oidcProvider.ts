import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { SignJWT, decodeJwt, exportJWK, generateKeyPair } from 'jose';
import type { CryptoKey, JWTPayload } from 'jose';
import { Provider } from 'oidc-provider';

/** Somebody who can sign in at the provider. */
export interface ProviderPerson {
  email?: string;
  emailVerified?: boolean;
  name?: string;
}

/** Changes what the provider's token endpoint is about to answer. */
export type Tamper = (answer: TokenAnswer, sign: SignToken) => Promise<TokenAnswer>;

interface TokenAnswer {
  id_token: string;
  access_token: string;
}
/** Signs claims as the provider would, or with somebody else's key. */
export type SignToken = (claims: JWTPayload, key?: 'own' | 'foreign', typ?: string) => Promise<string>;

export interface OidcProviderServer {
  issuer: string;
  /** By subject, which is also what one signs in with. */
  people: Map<string, ProviderPerson>;
  /** Of every next token; undefined = none. */
  tamper: (change: Tamper | undefined) => void;
  /** Signs claims with the provider's key, or with somebody else's; `typ` is what the header calls the token. */
  sign: (claims: JWTPayload, key?: 'own' | 'foreign', typ?: string) => Promise<string>;
  /** Where logout tokens go from now on: the address of a server; '' = nowhere. */
  tellLogouts: (serverUrl: string) => void;
  /** Logout tokens that were sent, the oldest first. */
  logoutTokens: readonly string[];
  close: () => Promise<void>;
}

export const oidcClients = {
  public: { id: 'steward', secret: '' },
  confidential: { id: 'steward-with-secret', secret: 'a-secret-that-only-the-server-knows' },
} as const;

/** A real OpenID provider on a free loopback port, with the pages of its library for signing in and consent. */
export async function startOidcProvider(): Promise<OidcProviderServer> {
  const server = createServer();
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const people = new Map<string, ProviderPerson>();
  const [own, foreign] = [await generateKeyPair('RS256', { extractable: true }), await generateKeyPair('RS256')];
  const client = {
    application_type: 'native',
    redirect_uris: ['http://127.0.0.1/callback'],
    backchannel_logout_uri: 'https://steward.example/v1/auth/oidc/back-channel-logout',
    backchannel_logout_session_required: true,
  } as const;
  const logoutTokens: string[] = [];
  let serverUrl = '';
  const provider = new Provider(issuer, {
    clients: [
      { ...client, client_id: oidcClients.public.id, token_endpoint_auth_method: 'none' },
      {
        ...client,
        client_id: oidcClients.confidential.id,
        client_secret: oidcClients.confidential.secret,
        token_endpoint_auth_method: 'client_secret_basic',
      },
    ],
    jwks: { keys: [{ ...(await exportJWK(own.privateKey)), kid: 'own', use: 'sig', alg: 'RS256' }] },
    cookies: { keys: ['only for tests'] },
    claims: { openid: ['sub'], email: ['email', 'email_verified'], profile: ['name'] },
    findAccount: (_context, subject) => {
      const person = people.get(subject);
      if (!person) return undefined;
      const { email, emailVerified = true, name } = person;
      const claims = { sub: subject, email, email_verified: emailVerified, name };
      return { accountId: subject, claims: async () => claims };
    },
    features: { backchannelLogout: { enabled: true } },
    // The server's port is known only after the provider's, which its clients are registered with.
    fetch: async (address, options) => {
      const { pathname } = new URL(address instanceof Request ? address.url : address);
      if (!pathname.endsWith('/back-channel-logout')) return fetch(address, options);
      const { body } = options as { body: URLSearchParams };
      logoutTokens.push(body.get('logout_token') ?? '');
      return serverUrl === ''
        ? new Response(null, { status: 200 })
        : fetch(`${serverUrl}${pathname}`, { method: 'POST', body });
    },
    ttl: { Session: 3600, Interaction: 600, Grant: 3600, AccessToken: 600, IdToken: 600 },
  });
  let change: Tamper | undefined;
  const sign = signerWith(own.privateKey, foreign.privateKey);
  provider.use(async (context, next) => {
    await next();
    if (change && context.path === '/token' && context.status === 200)
      context.body = await change(context.body as TokenAnswer, sign);
  });
  server.on('request', provider.callback());
  return {
    issuer,
    people,
    tamper: (given) => (change = given),
    sign,
    logoutTokens,
    tellLogouts: (given) => (serverUrl = given),
    close: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

/** The claims of the token that is answered, some of them changed, signed with the provider's own key. */
export function changeClaims(changes: (claims: JWTPayload) => JWTPayload, key: 'own' | 'foreign' = 'own'): Tamper {
  return async (answer, sign) => {
    const claims = decodeJwt(answer.id_token);
    return { ...answer, id_token: await sign({ ...claims, ...changes(claims) }, key) };
  };
}

function signerWith(own: CryptoKey, foreign: CryptoKey): SignToken {
  return (claims, key = 'own', typ) =>
    new SignJWT(claims)
      .setProtectedHeader({ alg: 'RS256', kid: 'own', ...(typ === undefined ? {} : { typ }) })
      .sign(key === 'own' ? own : foreign);
}
