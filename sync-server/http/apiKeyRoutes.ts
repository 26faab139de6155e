import type { FastifyInstance } from 'fastify';
import { decideAccess } from '#shared/domain/access/decideAccess.ts';
import { newApiKeySchema } from '#shared/protocol/apiKeys.ts';
import type { ApiKeys } from '../features/apiKeys/apiKeys.ts';
import { askAgain } from '../sync/accessRecorder.ts';
import { parseRequest } from './parseRequest.ts';
import { refuse } from './refuse.ts';
import { idParameters } from './routeParameters.ts';
import { signedInOf } from './staffGate.ts';
import type { StaffGate } from './staffGate.ts';

export function addApiKeyRoutes(app: FastifyInstance, gate: StaffGate, apiKeys: ApiKeys): void {
  app.post('/v1/api-keys', async (request, reply) => {
    const principal = await gate(request, reply);
    if (!principal) return reply;
    const body = parseRequest(newApiKeySchema, request.body);
    if (!body.ok) return refuse(reply, body.error);
    const allowed = decideAccess(principal, 'apiKeys.create', { tenantId: body.value.tenantId }).allowed;
    if (allowed && !signedInOf(request)?.elevated) return refuse(reply, askAgain('apiKeys.create'));
    const outcome = await apiKeys.create(principal, body.value);
    return outcome.ok ? outcome.value : refuse(reply, outcome.error);
  });
  app.post('/v1/api-keys/:id/revoke', async (request, reply) => {
    const principal = await gate(request, reply);
    if (!principal) return reply;
    const parameters = parseRequest(idParameters, request.params);
    if (!parameters.ok) return refuse(reply, parameters.error);
    const outcome = await apiKeys.revoke(principal, parameters.value.id);
    return outcome.ok ? { ok: true } : refuse(reply, outcome.error);
  });
}
