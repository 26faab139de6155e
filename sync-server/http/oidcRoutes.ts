import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { RateLimiterMemory } from 'rate-limiter-flexible';
import type * as z from 'zod';
import { decideAccess } from '#shared/domain/access/decideAccess.ts';
import type { Problem } from '#shared/kernel/errors.ts';
import type { Result } from '#shared/kernel/result.ts';
import { oidcBeginSchema, oidcFinishSchema } from '#shared/protocol/accounts.ts';
import type { OidcSignIn } from '../features/oidc/oidcSignIn.ts';
import { parseRequest } from './parseRequest.ts';
import { spend } from './rateLimits.ts';
import { refuse } from './refuse.ts';
import type { SessionGate, SignedIn } from './routeModule.ts';
import { idParameters } from './routeParameters.ts';
import { bearerOf } from './staffGate.ts';

export interface OidcEdges {
  /** undefined = this server has no provider. */
  signIn: OidcSignIn | undefined;
  /** Ends what ties an account to people of providers; noted in the audit log. */
  release: (staffId: string, by: SignedIn) => Promise<Result<undefined, Problem>>;
}

/** Requests of one address in five minutes; each way of them. */
const perAddress = { points: 60, duration: 300 };

/** Sign-in at the server's OpenID provider; see docs/protocol.md. */
export function addOidcRoutes(app: FastifyInstance, gate: SessionGate, { signIn, release }: OidcEdges): void {
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
  app.delete('/v1/staff/:id/provider', async (request, reply) => {
    const person = await gate(request, reply);
    if (!person) return reply;
    const parameters = parseRequest(idParameters, request.params);
    if (!parameters.ok) return refuse(reply, parameters.error);
    if (!decideAccess(person.principal, 'staff.manage', { tenantId: '' }).allowed) return refuse(reply, forbidden);
    if (!person.elevated) return refuse(reply, notElevated);
    const outcome = await release(parameters.value.id, person);
    return outcome.ok ? { ok: true } : refuse(reply, outcome.error);
  });
}

const noProvider: Problem = {
  code: 'not_found',
  message: 'This server has no OpenID provider. Sign in with your password.',
};
const forbidden: Problem = {
  code: 'forbidden',
  message: 'This needs the permission staff.manage for the platform. Ask an administrator.',
};
const notElevated: Problem = {
  code: 'reauthentication_required',
  message: 'Confirm who you are first, with your password or at your provider.',
};
