import type { FastifyInstance } from 'fastify';
import { decideAccess, holdsAnywhere } from '#shared/domain/access/decideAccess.ts';
import type { Problem } from '#shared/kernel/errors.ts';
import { webhookLogQuerySchema } from '#shared/protocol/engine.ts';
import type { EngineHealth, WebhookAttempt, WebhookLogQuery } from '#shared/protocol/engine.ts';
import type { StoredJob } from '../storage/store.ts';
import type { Writer } from '../sync/writer.ts';
import { parseRequest } from './parseRequest.ts';
import { refuse } from './refuse.ts';
import { idParameters } from './routeParameters.ts';
import { actorIn } from './staffGate.ts';
import type { StaffGate } from './staffGate.ts';

export interface EngineEdges {
  engineHealth: () => Promise<EngineHealth>;
  /** The newest first, at most `limit`; with fewer there are no older ones. */
  webhookLog: (query: WebhookLogQuery) => Promise<WebhookAttempt[]>;
  /** The dead job is due again; undefined when there is none of this id. */
  retryDead: (id: string) => Promise<Pick<StoredJob, 'type' | 'tenantId'> | undefined>;
  write: Writer['write'];
}

/** How the engine is doing, for staff who see the runs of all tenants. */
export function addEngineRoutes(app: FastifyInstance, gate: StaffGate, edges: EngineEdges): void {
  app.get('/v1/engine', async (request, reply) => {
    const principal = await gate(request, reply);
    if (!principal) return reply;
    if (!decideAccess(principal, 'runs.view_all', { tenantId: '' }).allowed)
      return refuse(reply, needs('runs.view_all'));
    return edges.engineHealth();
  });
  app.get('/v1/webhook-log', async (request, reply) => {
    const principal = await gate(request, reply);
    if (!principal) return reply;
    if (!holdsAnywhere(principal, 'runs.view_all')) return refuse(reply, needs('runs.view_all'));
    const query = parseRequest(webhookLogQuerySchema, request.query);
    if (!query.ok) return refuse(reply, query.error);
    const found = await edges.webhookLog(query.value);
    const attempts = found.filter(({ tenantId }) => decideAccess(principal, 'runs.view_all', { tenantId }).allowed);
    return { attempts, before: found.length < query.value.limit ? null : (found.at(-1)?.id ?? null) };
  });
  app.post('/v1/engine/dead/:id/retry', async (request, reply) => {
    const principal = await gate(request, reply);
    if (!principal) return reply;
    if (!decideAccess(principal, 'runs.edit', { tenantId: '' }).allowed) return refuse(reply, needs('runs.edit'));
    const parameters = parseRequest(idParameters, request.params);
    if (!parameters.ok) return refuse(reply, parameters.error);
    const { id } = parameters.value;
    const job = await edges.retryDead(id);
    if (!job) return refuse(reply, noSuchJob);
    const named = { resource: 'job', resourceId: id, resourceName: job.type };
    await edges.write(1, async (batch) =>
      batch.note({ actor: actorIn(request, principal), tenantId: job.tenantId, action: 'run', ...named }),
    );
    return { ok: true };
  });
}

function needs(permission: string): Problem {
  return {
    code: 'forbidden',
    message: `You need the permission '${permission}' for all tenants. Ask an administrator.`,
  };
}

const noSuchJob: Problem = {
  code: 'not_found',
  message: 'There is no such job among those given up. It may have been tried again already.',
};
