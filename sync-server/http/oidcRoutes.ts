import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { RateLimiterMemory } from 'rate-limiter-flexible';
import type * as z from 'zod';
import { decideAccess } from '#shared/domain/access/decideAccess.ts';
import type { Problem } from '#shared/kernel/errors.ts';
import { problemOf, saying } from '#shared/kernel/sentences/sentence.ts';
import type { Result } from '#shared/kernel/result.ts';
import { oidcBeginSchema, oidcFinishSchema } from '#shared/protocol/accounts.ts';
import type { ProviderTie } from '#shared/protocol/accounts.ts';
import type { BackChannelLogout } from '../features/oidc/backChannelLogout.ts';
import type { OidcSignIn } from '../features/oidc/oidcSignIn.ts';
import type { SignOutTickets } from '../features/oidc/signOutTickets.ts';
import { parseRequest } from './parseRequest.ts';
import { spend } from './rateLimits.ts';
import { refuse } from './refuse.ts';
import type { SessionGate, SignedIn } from './routeModule.ts';
import { idParameters } from './routeParameters.ts';
import { bearerOf } from './staffGate.ts';

export interface OidcEdges {
  /** undefined = this server has no provider. */
  provider: { signIn: OidcSignIn; tickets: SignOutTickets; logOut: BackChannelLogout } | undefined;
  tieOf: (staffId: string) => Promise<Result<{ provider: ProviderTie | null }, Problem>>;
  /** Ends what ties an account to people of providers; noted in the audit log. */
  release: (staffId: string, by: SignedIn) => Promise<Result<undefined, Problem>>;
  /** The same for one's own account, unless it is the only way into it. */
  releaseOwn: (by: SignedIn) => Promise<Result<undefined, Problem>>;
}

/** Requests of one address in five minutes; each way of them. */
const perAddress = { points: 60, duration: 300 };

/** Sign-in at the server's OpenID provider; see docs/protocol.md. */
export function addOidcRoutes(app: FastifyInstance, gate: SessionGate, edges: OidcEdges): void {
  const signIn = edges.provider?.signIn;
  const beginnings = new RateLimiterMemory(perAddress);
  const ends = new RateLimiterMemory(perAddress);

  const admitted = async <Body>(
    request: FastifyRequest,
    reply: FastifyReply,
    limiter: RateLimiterMemory,
    schema: z.ZodType<Body>,
  ): Promise<{ signIn: OidcSignIn; body: Body } | undefined> => {
    if (!(await spend(limiter, request.ip, 1, reply))) return undefined;
    const body = parseRequest(schema, request.body);
    if (body.ok && signIn) return { signIn, body: body.value };
    await refuse(reply, body.ok ? noProvider : body.error);
    return undefined;
  };
  const answer = <Value>(reply: FastifyReply, outcome: Result<Value, Problem>) =>
    outcome.ok ? outcome.value : refuse(reply, outcome.error);
  const askingOf = ({ principal, sessionId }: SignedIn) => ({ staffId: principal.id, sessionId });

  app.post('/v1/auth/oidc/begin', async (request, reply) => {
    const given = await admitted(request, reply, beginnings, oidcBeginSchema);
    if (!given) return reply;
    const { reauthenticate, ...body } = given.body;
    if (!reauthenticate) return answer(reply, await given.signIn.begin(body, null));
    const person = await gate(request, reply);
    return person ? answer(reply, await given.signIn.begin(body, askingOf(person))) : reply;
  });
  app.post('/v1/auth/oidc/finish', async (request, reply) => {
    const given = await admitted(request, reply, ends, oidcFinishSchema);
    if (!given) return reply;
    const signedIn = bearerOf(request) === '' ? undefined : await gate(request, reply);
    if (reply.sent) return reply;
    const asking = signedIn && askingOf(signedIn);
    return answer(reply, await given.signIn.finish(given.body, { asking, address: request.ip }));
  });
  const administrator = async (
    request: FastifyRequest,
    reply: FastifyReply,
  ): Promise<{ person: SignedIn; staffId: string } | undefined> => {
    const person = await gate(request, reply);
    if (!person) return undefined;
    const parameters = parseRequest(idParameters, request.params);
    const { allowed } = decideAccess(person.principal, 'staff.manage', { tenantId: '' });
    if (parameters.ok && allowed) return { person, staffId: parameters.value.id };
    await refuse(reply, parameters.ok ? forbidden : parameters.error);
    return undefined;
  };
  app.get('/v1/staff/:id/provider', async (request, reply) => {
    const by = await administrator(request, reply);
    return by ? answer(reply, await edges.tieOf(by.staffId)) : reply;
  });
  app.delete('/v1/staff/:id/provider', async (request, reply) => {
    const by = await administrator(request, reply);
    if (!by) return reply;
    if (!by.person.elevated) return refuse(reply, notElevated);
    const outcome = await edges.release(by.staffId, by.person);
    return outcome.ok ? { ok: true } : refuse(reply, outcome.error);
  });
  app.delete('/v1/account/provider', async (request, reply) => {
    const person = await gate(request, reply);
    if (!person) return reply;
    if (!person.elevated) return refuse(reply, notElevated);
    const outcome = await edges.releaseOwn(person);
    return outcome.ok ? { ok: true } : refuse(reply, outcome.error);
  });
}

export const noProvider: Problem = problemOf('not_found', saying('no_provider'));
const forbidden: Problem = problemOf(
  'forbidden',
  saying('permission_needed_everywhere', { permission: 'staff.manage' }),
);
const notElevated: Problem = problemOf('reauthentication_required', saying('prove_first'));
