import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Problem } from '#shared/kernel/errors.ts';
import { problemOf, saying } from '#shared/kernel/sentences/sentence.ts';
import type { Result } from '#shared/kernel/result.ts';
import { changePasswordSchema, reauthenticateSchema, totpConfirmSchema } from '#shared/protocol/accounts.ts';
import type { Asking, OwnAccount } from '../features/signIn/ownAccount.ts';
import { parseRequest } from './parseRequest.ts';
import { refuse } from './refuse.ts';
import type { RouteModule, SessionGate, SignedIn } from './routeModule.ts';
import { refuseAttempt } from './signInRoutes.ts';

/** One's own account: facts, password, second factor, and proving anew who one is. */
export function accountRoutes(account: OwnAccount): RouteModule {
  return (app: FastifyInstance, gate: SessionGate) => {
    const askingOf = ({ principal, sessionId, address }: SignedIn): Asking => ({
      staffId: principal.id,
      sessionId,
      address,
    });
    const answer = async (reply: FastifyReply, outcome: Result<object | undefined, Problem>): Promise<object> =>
      outcome.ok ? (outcome.value ?? { ok: true }) : refuseAttempt(reply, outcome.error);
    /** Who asks, when they proved a moment ago who they are. */
    const proved = async (request: FastifyRequest, reply: FastifyReply): Promise<Asking | undefined> => {
      const who = await gate(request, reply);
      if (!who) return undefined;
      if (who.elevated) return askingOf(who);
      await refuse(reply, proveAgain);
      return undefined;
    };
    app.get('/v1/account', async (request, reply) => {
      const who = await gate(request, reply);
      return who ? answer(reply, await account.facts(askingOf(who))) : reply;
    });
    app.post('/v1/auth/reauthenticate', async (request, reply) => {
      const who = await gate(request, reply);
      if (!who) return reply;
      const body = parseRequest(reauthenticateSchema, request.body);
      if (!body.ok) return refuse(reply, body.error);
      return answer(reply, await account.reauthenticate(askingOf(who), body.value));
    });
    app.post('/v1/account/password', async (request, reply) => {
      const who = await gate(request, reply);
      if (!who) return reply;
      const body = parseRequest(changePasswordSchema, request.body);
      if (!body.ok) return refuse(reply, body.error);
      return answer(reply, await account.changePassword(askingOf(who), body.value));
    });
    app.post('/v1/account/totp/begin', async (request, reply) => {
      const asking = await proved(request, reply);
      return asking ? answer(reply, await account.beginTotp(asking)) : reply;
    });
    app.post('/v1/account/totp/confirm', async (request, reply) => {
      const who = await gate(request, reply);
      if (!who) return reply;
      const body = parseRequest(totpConfirmSchema, request.body);
      if (!body.ok) return refuse(reply, body.error);
      return answer(reply, await account.confirmTotp(askingOf(who), body.value.code));
    });
    app.post('/v1/account/recovery-codes', async (request, reply) => {
      const asking = await proved(request, reply);
      return asking ? answer(reply, await account.renewRecoveryCodes(asking)) : reply;
    });
    app.delete('/v1/account/totp', async (request, reply) => {
      const asking = await proved(request, reply);
      return asking ? answer(reply, await account.removeTotp(asking)) : reply;
    });
  };
}

export const proveAgain: Problem = problemOf('reauthentication_required', saying('prove_again'));
