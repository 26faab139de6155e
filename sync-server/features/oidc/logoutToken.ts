import { errors, jwtVerify } from 'jose';
import type { JWTVerifyGetKey } from 'jose';
import * as z from 'zod';
import { failure, success } from '#shared/kernel/result.ts';
import type { Result } from '#shared/kernel/result.ts';
import type { ProviderRefusal } from './oidcProvider.ts';

/** Whose sessions the provider says are over: of one sign-in there (`sid`), or of a person. One of the two is not ''. */
export interface LogoutNotice {
  issuer: string;
  subject: string;
  sid: string;
  /** Names the token; one that comes again is a replay. */
  jti: string;
}

interface LogoutChecks {
  issuer: string;
  clientId: string;
  keys: JWTVerifyGetKey;
  /** Milliseconds since the epoch. */
  now: number;
}

/** Seconds by which the clocks of the two machines may differ. */
const clockDifference = 60;
/** Seconds after which a logout token is of no use to anybody. */
const longestAge = 300;
/** Milliseconds for which a token must be remembered, so that none counts twice. */
export const replayWindow = (longestAge + 2 * clockDifference) * 1000;

/** Never 'none', nor one whose key is shared with whoever else knows the client's secret. */
const algorithms = [
  'RS256',
  'RS384',
  'RS512',
  'PS256',
  'PS384',
  'PS512',
  'ES256',
  'ES384',
  'ES512',
  'EdDSA',
  'Ed25519',
];
const logoutEvent = 'http://schemas.openid.net/event/backchannel-logout';
const types: readonly (string | undefined)[] = [undefined, 'jwt', 'logout+jwt', 'application/logout+jwt'];

const claimsSchema = z.object({
  iss: z.string(),
  jti: z.string().min(1).max(1024),
  sub: z.string().min(1).max(1024).optional(),
  sid: z.string().min(1).max(1024).optional(),
  events: z.object({ [logoutEvent]: z.object({}) }),
  // An ID token has one, a logout token must not: the one never passes for the other.
  nonce: z.undefined().optional(),
});

/** Checks a token as OpenID Connect Back-Channel Logout 1.0 asks, section 2.6; whether it came before is the caller's question. */
export async function readLogoutToken(
  token: string,
  { issuer, clientId, keys, now }: LogoutChecks,
): Promise<Result<LogoutNotice, ProviderRefusal>> {
  try {
    const { payload, protectedHeader } = await jwtVerify(token, keys, {
      issuer,
      audience: clientId,
      algorithms,
      maxTokenAge: longestAge,
      clockTolerance: clockDifference,
      currentDate: new Date(now),
      requiredClaims: ['jti', 'events'],
    });
    if (!types.includes(protectedHeader.typ?.toLowerCase())) return failure(notValid('a token of another type'));
    const claims = claimsSchema.safeParse(payload);
    if (!claims.success) return failure(notValid(`its claim ${String(claims.error.issues[0]?.path[0] ?? '')}`));
    const { iss, jti, sub = '', sid = '' } = claims.data;
    if (sub === '' && sid === '') return failure(notValid('it names neither a person nor a session'));
    return success({ issuer: iss, subject: sub, sid, jti });
  } catch (error) {
    const refusal = refusalOf(error);
    if (!refusal) throw error;
    return failure(refusal);
  }
}

function notValid(detail: string): ProviderRefusal {
  return { reason: 'not_valid', detail };
}

function refusalOf(error: unknown): ProviderRefusal | undefined {
  // The provider's keys could not be read: no answer, or none that is a key set.
  if (error instanceof errors.JWKSTimeout || error instanceof errors.JWKSInvalid)
    return { reason: 'unreachable', detail: error.code };
  if (error instanceof TypeError && error.cause !== undefined) return { reason: 'unreachable', detail: error.message };
  if (!(error instanceof errors.JOSEError)) return undefined;
  return error.code === 'ERR_JOSE_GENERIC' ? { reason: 'unreachable', detail: error.message } : notValid(error.code);
}
