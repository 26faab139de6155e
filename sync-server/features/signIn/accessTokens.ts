import { SignJWT, errors, jwtVerify } from 'jose';
import type { Clock } from '#shared/kernel/sources.ts';
import type { Problem } from '#shared/kernel/errors.ts';
import { problemOf, saying } from '#shared/kernel/sentences/sentence.ts';
import { failure, success } from '#shared/kernel/result.ts';
import type { Result } from '#shared/kernel/result.ts';

export interface AccessClaims {
  staffId: string;
  sessionId: string;
}

export interface AccessTokens {
  issue: (claims: AccessClaims) => Promise<string>;
  verify: (token: string) => Promise<Result<AccessClaims, Problem>>;
}

const issuer = 'steward';
/** How many tokens are known by heart. A console uses one for a quarter of an hour. */
const remembered = 5000;
const unauthenticated: Problem = problemOf('unauthenticated', saying('access_token_not_valid'));

/** Short-lived JWTs (HS256), known to this installation only. `lifetime` in seconds. */
export function createAccessTokens(secret: Uint8Array, clock: Clock, lifetime: number): AccessTokens {
  const seconds = () => Math.floor(clock() / 1000);
  /** Tokens whose signature was found right, and until when (seconds) they are valid. The oldest comes first. */
  const known = new Map<string, { claims: AccessClaims; until: number }>();
  const remember = (token: string, claims: AccessClaims, until: number) => {
    known.set(token, { claims, until });
    for (const oldest of known.keys())
      if (known.size > remembered) known.delete(oldest);
      else break;
  };
  return {
    issue: ({ staffId, sessionId }) =>
      new SignJWT({ sid: sessionId })
        .setProtectedHeader({ alg: 'HS256' })
        .setSubject(staffId)
        .setIssuer(issuer)
        .setIssuedAt(seconds())
        .setExpirationTime(seconds() + lifetime)
        .sign(secret),
    verify: async (token) => {
      const found = known.get(token);
      if (found && found.until > seconds()) return success(found.claims);
      known.delete(token);
      try {
        const { payload } = await jwtVerify(token, secret, {
          issuer,
          algorithms: ['HS256'],
          currentDate: new Date(clock()),
        });
        const sessionId = payload['sid'];
        if (typeof payload.sub !== 'string' || typeof sessionId !== 'string') return failure(unauthenticated);
        const claims = { staffId: payload.sub, sessionId };
        if (payload.exp !== undefined) remember(token, claims, payload.exp);
        return success(claims);
      } catch (error) {
        if (error instanceof errors.JWTExpired)
          return failure(problemOf('token_expired', saying('access_token_expired')));
        return failure(unauthenticated);
      }
    },
  };
}
