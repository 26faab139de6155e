import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { decideAccess } from '#shared/domain/access/decideAccess.ts';
import type { Problem } from '#shared/kernel/errors.ts';
import { problemOf, saying } from '#shared/kernel/sentences/sentence.ts';
import type { Result } from '#shared/kernel/result.ts';
import { linkTokenSchema, redeemLinkSchema } from '#shared/protocol/accounts.ts';
import type { Administrator, StaffAccounts } from '../features/signIn/staffAccounts.ts';
import { proveAgain } from './accountRoutes.ts';
import { parseRequest } from './parseRequest.ts';
import { refuse } from './refuse.ts';
import type { RouteModule, SessionGate } from './routeModule.ts';
import { idParameters } from './routeParameters.ts';
import { createAddressGate } from './signInRoutes.ts';

/** Accounts of others, links to set a password, and sessions. */
export function accountStaffRoutes(accounts: StaffAccounts): RouteModule {
  return (app: FastifyInstance, gate: SessionGate) => {
    const admitted = createAddressGate();
    const answer = async (reply: FastifyReply, outcome: Result<object | undefined, Problem>): Promise<object> =>
      outcome.ok ? (outcome.value ?? { ok: true }) : refuse(reply, outcome.error);
    /** An act of an administrator on the person of the address. */
    const onPerson =
      (act: (by: Administrator, staffId: string) => Promise<Result<object | undefined, Problem>>) =>
      async (request: FastifyRequest, reply: FastifyReply): Promise<object> => {
        const by = await gate(request, reply);
        if (!by) return reply;
        const parameters = parseRequest(idParameters, request.params);
        if (!parameters.ok) return refuse(reply, parameters.error);
        if (!decideAccess(by.principal, 'staff.manage', { tenantId: '' }).allowed) return refuse(reply, forbidden);
        if (!by.elevated) return refuse(reply, proveAgain);
        return answer(reply, await act(by, parameters.value.id));
      };
    app.post(
      '/v1/staff/:id/invitation',
      onPerson((by, id) => accounts.makeLink(by, id, 'invitation')),
    );
    app.post(
      '/v1/staff/:id/password-reset',
      onPerson((by, id) => accounts.makeLink(by, id, 'password_reset')),
    );
    app.delete('/v1/staff/:id/second-factor', onPerson(accounts.removeSecondFactor));
    app.post('/v1/staff/:id/unlock', onPerson(accounts.unlock));
    app.post('/v1/sessions/:id/revoke', async (request, reply) => {
      const by = await gate(request, reply);
      if (!by) return reply;
      const parameters = parseRequest(idParameters, request.params);
      if (!parameters.ok) return refuse(reply, parameters.error);
      const { id } = parameters.value;
      return answer(reply, await (id === 'others' ? accounts.revokeOthers(by) : accounts.revokeSession(by, id)));
    });
    app.post('/v1/auth/links/inspect', async (request, reply) => {
      if (!(await admitted(request, reply))) return reply;
      const body = parseRequest(linkTokenSchema, request.body);
      if (!body.ok) return refuse(reply, body.error);
      return answer(reply, await accounts.inspectLink(body.value.token));
    });
    app.post('/v1/auth/links/redeem', async (request, reply) => {
      if (!(await admitted(request, reply))) return reply;
      const body = parseRequest(redeemLinkSchema, request.body);
      if (!body.ok) return refuse(reply, body.error);
      return answer(reply, await accounts.redeemLink(body.value.token, body.value.password, request.ip));
    });
  };
}

const forbidden: Problem = problemOf('forbidden', saying('permission_of_super_admin', { permission: 'staff.manage' }));
