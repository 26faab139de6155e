import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import * as z from 'zod';
import { decideAccess } from '#shared/domain/access/decideAccess.ts';
import type { Principal } from '#shared/domain/access/principal.ts';
import type { Problem } from '#shared/kernel/errors.ts';
import { problemOf, saying } from '#shared/kernel/sentences/sentence.ts';
import { secretValueSchema } from '#shared/protocol/secrets.ts';
import type { Secrets } from '../features/secrets/secrets.ts';
import { askAgain } from '../sync/accessRecorder.ts';
import type { Writer } from '../sync/writer.ts';
import { parseRequest } from './parseRequest.ts';
import { refuse } from './refuse.ts';
import { actorIn, signedInOf } from './staffGate.ts';
import type { StaffGate } from './staffGate.ts';

export interface SecretEdges {
  secrets: Secrets;
  write: Writer['write'];
}

const nameParameters = z.object({ name: z.string().min(1).max(100) });

/** Names of secrets, and their values in one direction only. */
export function addSecretRoutes(app: FastifyInstance, gate: StaffGate, edges: SecretEdges): void {
  const { secrets, write } = edges;
  const admitted = async (request: FastifyRequest, reply: FastifyReply): Promise<Principal | undefined> => {
    const principal = await gate(request, reply);
    if (!principal) return undefined;
    const allowed = decideAccess(principal, 'settings.manage', { tenantId: '' }).allowed;
    // Names alone are looked at without asking again.
    const proven = request.method === 'GET' || signedInOf(request)?.elevated === true;
    if (allowed && proven) return principal;
    await refuse(reply, allowed ? askAgain('settings.manage') : forbidden);
    return undefined;
  };
  const note = (actor: { id: string; name: string; session: string }, action: 'update' | 'delete', name: string) => {
    const change = { path: 'value', ...(action === 'delete' ? { old: '[REDACTED]' } : { new: '[REDACTED]' }) };
    const named = { tenantId: '', resource: 'secret', resourceId: name, resourceName: name, changes: [change] };
    return write(1, async (batch) => batch.note({ actor, action, ...named }));
  };
  app.get('/v1/secrets', async (request, reply) => {
    const principal = await admitted(request, reply);
    return principal ? { secrets: await secrets.list() } : reply;
  });
  app.put('/v1/secrets/:name', async (request, reply) => {
    const principal = await admitted(request, reply);
    if (!principal) return reply;
    const parameters = parseRequest(nameParameters, request.params);
    if (!parameters.ok) return refuse(reply, parameters.error);
    const body = parseRequest(secretValueSchema, request.body);
    if (!body.ok) return refuse(reply, body.error);
    const outcome = await secrets.put(parameters.value.name, body.value.value, principal.id);
    if (!outcome.ok) return refuse(reply, outcome.error);
    await note(actorIn(request, principal), 'update', parameters.value.name);
    return outcome.value;
  });
  app.delete('/v1/secrets/:name', async (request, reply) => {
    const principal = await admitted(request, reply);
    if (!principal) return reply;
    const parameters = parseRequest(nameParameters, request.params);
    if (!parameters.ok) return refuse(reply, parameters.error);
    const outcome = await secrets.remove(parameters.value.name, principal.id);
    if (!outcome.ok) return refuse(reply, outcome.error);
    if (outcome.value.removed) await note(actorIn(request, principal), 'delete', parameters.value.name);
    return outcome.value;
  });
}

const forbidden: Problem = problemOf(
  'forbidden',
  saying('permission_of_super_admin', { permission: 'settings.manage' }),
);
