import { SignJWT, errors, jwtVerify } from 'jose';
import type { Clock } from '#shared/kernel/sources.ts';
import type { Problem } from '#shared/kernel/errors.ts';
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
const unauthenticated: Problem = { code: 'unauthenticated', message: 'The access token is not valid. Sign in again.' };

/** Short-lived JWTs (HS256), known to this installation only. `lifetime` in seconds. */
export function createAccessTokens(secret: Uint8Array, clock: Clock, lifetime: number): AccessTokens {
  const seconds = () => Math.floor(clock() / 1000);
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
      try {
        const { payload } = await jwtVerify(token, secret, {
          issuer,
          algorithms: ['HS256'],
          currentDate: new Date(clock()),
        });
        const sessionId = payload['sid'];
        if (typeof payload.sub !== 'string' || typeof sessionId !== 'string') return failure(unauthenticated);
        return success({ staffId: payload.sub, sessionId });
      } catch (error) {
        if (error instanceof errors.JWTExpired)
          return failure({ code: 'token_expired', message: 'The access token has expired. Refresh it.' });
        return failure(unauthenticated);
      }
    },
  };
}
