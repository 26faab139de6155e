import type { FastifyReply, FastifyRequest } from 'fastify';
import { RateLimiterMemory } from 'rate-limiter-flexible';
import type { Principal } from '#shared/domain/access/principal.ts';
import type { Problem } from '#shared/kernel/errors.ts';
import { problemOf, saying } from '#shared/kernel/sentences/sentence.ts';
import { failure, success } from '#shared/kernel/result.ts';
import type { Result } from '#shared/kernel/result.ts';
import type { SignIn } from '../features/signIn/signIn.ts';
import type { Principals } from '../sync/principals.ts';
import { spend } from './rateLimits.ts';
import { refuse } from './refuse.ts';
import type { SessionGate, SignedIn } from './routeModule.ts';

/** Lets signed-in staff through. undefined: the request has been refused. */
export type StaffGate = (request: FastifyRequest, reply: FastifyReply) => Promise<Principal | undefined>;

interface GateParts {
  signIn: SignIn;
  principals: Principals;
}

const letThrough = new WeakMap<FastifyRequest, SignedIn>();

/** Who asks, of a request that a gate has let through. */
export function signedInOf(request: FastifyRequest): SignedIn | undefined {
  return letThrough.get(request);
}

/** `perMinute`: requests of one person. */
export function createSessionGate({ signIn, principals }: GateParts, perMinute: number): SessionGate {
  const perPerson = new RateLimiterMemory({ points: perMinute, duration: 60 });
  const identify = async (request: FastifyRequest): Promise<Result<SignedIn, Problem>> => {
    const session = await signIn.authenticate(bearerOf(request));
    if (!session.ok) return session;
    const { staffId, sessionId } = session.value;
    const principal = principals.principalOf(staffId);
    if (!principal) return failure(notActive);
    return success({ principal, sessionId, elevated: await signIn.isElevated(sessionId), address: request.ip });
  };
  return async (request, reply) => {
    const identified = await identify(request);
    if (!identified.ok) {
      await refuse(reply, identified.error);
      return undefined;
    }
    letThrough.set(request, identified.value);
    return (await spend(perPerson, identified.value.principal.id, 1, reply)) ? identified.value : undefined;
  };
}

/** As a session gate, for routes that only ask who it is. */
export function createStaffGate(parts: GateParts, perMinute: number): StaffGate {
  const gate = createSessionGate(parts, perMinute);
  return async (request, reply) => (await gate(request, reply))?.principal;
}

/** Who asks, as the audit log names them. */
export function actorIn(
  request: FastifyRequest,
  { id, name }: Principal,
): { id: string; name: string; session: string } {
  return { id, name, session: signedInOf(request)?.sessionId ?? '' };
}

/** What a request carries as `Authorization: Bearer …`; '' = nothing. */
export function bearerOf(request: FastifyRequest): string {
  return /^Bearer (.+)$/.exec(request.headers.authorization ?? '')?.[1] ?? '';
}

const notActive: Problem = problemOf('session_revoked', saying('account_inactive'));
