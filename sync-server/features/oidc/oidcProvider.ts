import {
  AuthorizationResponseError,
  ClientError,
  ClientSecretBasic,
  ClientSecretPost,
  None,
  ResponseBodyError,
  WWWAuthenticateChallengeError,
  allowInsecureRequests,
  authorizationCodeGrant,
  buildAuthorizationUrl,
  buildEndSessionUrl,
  calculatePKCECodeChallenge,
  clockTolerance,
  discovery,
  enableNonRepudiationChecks,
  fetchUserInfo,
} from 'openid-client';
import type { ClientAuth, Configuration, IDToken } from 'openid-client';
import { createRemoteJWKSet } from 'jose';
import type { JWTVerifyGetKey } from 'jose';
import { failure, success } from '#shared/kernel/result.ts';
import type { Result } from '#shared/kernel/result.ts';
import type { Clock } from '#shared/kernel/sources.ts';
import { readLogoutToken } from './logoutToken.ts';
import type { LogoutNotice } from './logoutToken.ts';

/** What a flow keeps until the browser comes back. */
export interface FlowChecks {
  redirectUri: string;
  state: string;
  nonce: string;
  /** PKCE's code verifier. */
  verifier: string;
  /** The person must sign in there again, however lately they did. */
  fresh: boolean;
}

/** Who the provider says has signed in. */
export interface ProviderIdentity {
  issuer: string;
  subject: string;
  /** '' = the provider did not tell. */
  email: string;
  /** The provider itself says that the address is this person's. */
  emailVerified: boolean;
  name: string;
  /** Milliseconds since the epoch; 0 = the provider did not tell. */
  signedInAt: number;
  /** The provider's name for this sign-in; '' = the provider did not tell. */
  sid: string;
  /** The token that says all this, where the provider takes it to sign the person out; else ''. */
  idToken: string;
}

/**
 * Why nobody was identified: the person or the provider declined; the provider cannot be reached; or what came back does not
 * fit, which is somebody's mistake or an attack. `detail` is for the log, and holds nothing that was sent.
 */
export interface ProviderRefusal {
  reason: 'declined' | 'unreachable' | 'not_valid';
  detail: string;
}

export interface OidcProvider {
  /** Where the person's browser goes. */
  authorizationUrl: (checks: FlowChecks) => Promise<Result<string, ProviderRefusal>>;
  /** Exchanges what the browser came back with. Everything of OpenID Connect Core 1.0, section 3.1.3.7, is checked. */
  identify: (callbackUrl: URL, checks: FlowChecks) => Promise<Result<ProviderIdentity, ProviderRefusal>>;
  /** Where a browser signs whoever the token names out at the provider. */
  endSessionUrl: (idToken: string) => Promise<Result<string, ProviderRefusal>>;
  readLogoutToken: (token: string) => Promise<Result<LogoutNotice, ProviderRefusal>>;
}

interface ProviderSettings {
  issuer: URL;
  clientId: string;
  clientSecret: string;
}

/** Seconds by which the clocks of the two machines may differ. */
const clockDifference = 60;
/** Seconds within which a person who must sign in again has to have come back. */
const longestFlow = 600;
/** Seconds. */
const requestTimeout = 10;
/** Milliseconds for which the provider's description of itself is used. */
const descriptionLife = 3600 * 1000;

/** A provider found by OpenID Connect Discovery when it is needed first. PKCE (S256), state and nonce are always used. */
export function createOidcProvider(settings: ProviderSettings, clock: Clock): OidcProvider {
  let described: { at: number; configuration: Promise<Configuration> } | undefined;
  let keys: { from: string; set: JWTVerifyGetKey } | undefined;
  const keysAt = (address: string): JWTVerifyGetKey => {
    if (keys?.from !== address)
      keys = {
        from: address,
        set: createRemoteJWKSet(new URL(address), { timeoutDuration: requestTimeout * 1000 }),
      };
    return keys.set;
  };
  const configurationOf = async (): Promise<Configuration> => {
    if (!described || described.at < clock() - descriptionLife)
      described = { at: clock(), configuration: discover(settings) };
    const { configuration } = described;
    try {
      return await configuration;
    } catch (error) {
      if (described?.configuration === configuration) described = undefined;
      throw error;
    }
  };
  return {
    authorizationUrl: (checks) =>
      attempt(async () => {
        const url = buildAuthorizationUrl(await configurationOf(), {
          redirect_uri: checks.redirectUri,
          scope: 'openid email profile',
          response_type: 'code',
          code_challenge: await calculatePKCECodeChallenge(checks.verifier),
          code_challenge_method: 'S256',
          state: checks.state,
          nonce: checks.nonce,
          ...(checks.fresh ? { prompt: 'login', max_age: '0' } : {}),
        });
        return url.href;
      }),
    identify: (callbackUrl, checks) =>
      attempt(async () => {
        const configuration = await configurationOf();
        const tokens = await authorizationCodeGrant(configuration, callbackUrl, {
          pkceCodeVerifier: checks.verifier,
          expectedState: checks.state,
          expectedNonce: checks.nonce,
          idTokenExpected: true,
          ...(checks.fresh ? { maxAge: longestFlow } : {}),
        });
        const claims = tokens.claims();
        if (!claims) throw new ClientError('the provider sent no ID token');
        const metadata = configuration.serverMetadata();
        const signsOut = metadata.end_session_endpoint !== undefined;
        return identityOf(claims, signsOut ? (tokens.id_token ?? '') : '', async () =>
          metadata.userinfo_endpoint === undefined ? {} : fetchUserInfo(configuration, tokens.access_token, claims.sub),
        );
      }),
    endSessionUrl: (idToken) =>
      attempt(async () => buildEndSessionUrl(await configurationOf(), { id_token_hint: idToken }).href),
    readLogoutToken: async (token) => {
      const metadata = await attempt(async () => (await configurationOf()).serverMetadata());
      if (!metadata.ok) return metadata;
      const { issuer, jwks_uri: address } = metadata.value;
      if (address === undefined) return failure({ reason: 'not_valid', detail: 'the provider publishes no keys' });
      return readLogoutToken(token, { issuer, clientId: settings.clientId, keys: keysAt(address), now: clock() });
    },
  };
}

async function discover({ issuer, clientId, clientSecret }: ProviderSettings): Promise<Configuration> {
  return discovery(
    issuer,
    clientId,
    { [clockTolerance]: clockDifference, ...(clientSecret === '' ? {} : { client_secret: clientSecret }) },
    clientSecret === '' ? None() : secretAuthentication(clientSecret),
    {
      timeout: requestTimeout,
      // The signature is checked although the token comes straight from the provider: TLS may end at somebody's proxy.
      execute: [enableNonRepudiationChecks, ...(issuer.protocol === 'http:' ? [allowInsecureRequests] : [])],
    },
  );
}

/** As the provider describes: HTTP Basic, which is the default of the standard, unless it takes only the body. */
function secretAuthentication(secret: string): ClientAuth {
  const [basic, post] = [ClientSecretBasic(secret), ClientSecretPost(secret)];
  return (server, client, body, headers) => {
    const methods = server.token_endpoint_auth_methods_supported ?? ['client_secret_basic'];
    const use = methods.includes('client_secret_post') && !methods.includes('client_secret_basic') ? post : basic;
    return use(server, client, body, headers);
  };
}

type Claims = Readonly<Partial<Record<string, unknown>>>;

async function identityOf(
  claims: IDToken,
  idToken: string,
  userInfo: () => Promise<Claims>,
): Promise<ProviderIdentity> {
  const told: Claims = claims['email'] === undefined ? { ...(await userInfo()), ...claims } : claims;
  const text = (value: unknown) => (typeof value === 'string' ? value.trim() : '');
  return {
    issuer: claims.iss,
    subject: claims.sub,
    email: text(told['email']).toLowerCase(),
    emailVerified: told['email_verified'] === true,
    name: text(told['name']) || text(told['preferred_username']),
    signedInAt: typeof claims.auth_time === 'number' ? claims.auth_time * 1000 : 0,
    sid: text(claims['sid']),
    idToken,
  };
}

async function attempt<Value>(work: () => Promise<Value>): Promise<Result<Value, ProviderRefusal>> {
  try {
    return success(await work());
  } catch (error) {
    const refusal = refusalOf(error);
    if (!refusal) throw error;
    return failure(refusal);
  }
}

const declining: readonly string[] = ['access_denied', 'login_required', 'interaction_required', 'consent_required'];

function refusalOf(error: unknown): ProviderRefusal | undefined {
  if (error instanceof AuthorizationResponseError)
    return { reason: declining.includes(error.error) ? 'declined' : 'not_valid', detail: error.error.slice(0, 100) };
  if (error instanceof ResponseBodyError)
    return { reason: error.status >= 500 ? 'unreachable' : 'not_valid', detail: error.error.slice(0, 100) };
  if (error instanceof ClientError)
    return {
      reason: unreachable.has(error.code ?? '') ? 'unreachable' : 'not_valid',
      detail: `${error.message} (${error.code ?? ''})`,
    };
  if (error instanceof WWWAuthenticateChallengeError)
    return { reason: 'not_valid', detail: `the provider refused its own token (${error.status})` };
  // The platform's fetch rejects with a TypeError when there is no connection.
  if (error instanceof TypeError && error.cause !== undefined) return { reason: 'unreachable', detail: error.message };
  return undefined;
}

const unreachable: ReadonlySet<string> = new Set([
  'OAUTH_TIMEOUT',
  'OAUTH_ABORT',
  'OAUTH_RESPONSE_IS_NOT_CONFORM',
  'OAUTH_RESPONSE_IS_NOT_JSON',
]);
