import type { FastifyInstance } from 'fastify';
import { decideAccess, holdsAnywhere } from '#shared/domain/access/decideAccess.ts';
import type { Principal } from '#shared/domain/access/principal.ts';
import type { StepsRefusal } from '#shared/domain/writes/rulePermissions.ts';
import type { Problem } from '#shared/kernel/errors.ts';
import { problemOf, saying } from '#shared/kernel/sentences/sentence.ts';
import { isJsonObject } from '#shared/kernel/json.ts';
import { isTombstone } from '#shared/records/envelope.ts';
import type { RecordState } from '#shared/records/envelope.ts';
import { webhookLogQuerySchema } from '#shared/protocol/engine.ts';
import type { EngineHealth, WebhookAttempt, WebhookLogQuery } from '#shared/protocol/engine.ts';
import type { StoredJob } from '../storage/store.ts';
import type { Writer } from '../sync/writer.ts';
import { askAgain } from '../sync/accessRecorder.ts';
import { viewOf } from '../sync/visibility.ts';
import type { View } from '../sync/visibility.ts';
import { parseRequest } from './parseRequest.ts';
import { refuse } from './refuse.ts';
import { idParameters } from './routeParameters.ts';
import { actorIn, signedInOf } from './staffGate.ts';
import type { StaffGate } from './staffGate.ts';

/** Who has a job done again; `proved`: who they are, a moment ago. */
interface Retrier {
  principal: Principal;
  proved: boolean;
}

export interface EngineEdges {
  engineHealth: () => Promise<EngineHealth>;
  /** The newest first, at most `limit`; with fewer there are no older ones. */
  webhookLog: (query: WebhookLogQuery) => Promise<WebhookAttempt[]>;
  /** The dead job is due again, or somebody may not have it done: what it stands for may run steps of rules. undefined: there is none of this id. */
  retryDead: (
    id: string,
    by: Retrier,
  ) => Promise<Pick<StoredJob, 'type' | 'tenantId'> | { refusal: StepsRefusal } | undefined>;
  /** Records as they are stored, by id. */
  records: (ids: readonly string[]) => Promise<ReadonlyMap<string, RecordState>>;
  write: Writer['write'];
}

/** How the engine is doing, for staff who see the runs of all tenants. */
export function addEngineRoutes(app: FastifyInstance, gate: StaffGate, edges: EngineEdges): void {
  app.get('/v1/engine', async (request, reply) => {
    const principal = await gate(request, reply);
    if (!principal) return reply;
    if (!decideAccess(principal, 'runs.view_all', { tenantId: '' }).allowed)
      return refuse(reply, needs('runs.view_all'));
    const health = await edges.engineHealth();
    const view = viewOf(principal);
    const dead = health.dead.map((job) =>
      view.seesAnything(job.tenantId) ? job : { ...job, problem: '', withheld: true },
    );
    return { ...health, dead };
  });
  app.get('/v1/webhook-log', async (request, reply) => {
    const principal = await gate(request, reply);
    if (!principal) return reply;
    if (!holdsAnywhere(principal, 'runs.view_all')) return refuse(reply, needs('runs.view_all'));
    const query = parseRequest(webhookLogQuerySchema, request.query);
    if (!query.ok) return refuse(reply, query.error);
    const found = await edges.webhookLog(query.value);
    const reached = found.filter(({ tenantId }) => decideAccess(principal, 'runs.view_all', { tenantId }).allowed);
    const runs = await edges.records([...new Set(reached.map(({ runId }) => runId))]);
    const view = viewOf(principal);
    const attempts = reached.map((one) => (tellsAll(view, one, runs.get(one.runId)) ? one : withoutData(one)));
    return { attempts, before: found.length < query.value.limit ? null : (found.at(-1)?.id ?? null) };
  });
  app.post('/v1/engine/dead/:id/retry', async (request, reply) => {
    const principal = await gate(request, reply);
    if (!principal) return reply;
    if (!decideAccess(principal, 'runs.edit', { tenantId: '' }).allowed) return refuse(reply, needs('runs.edit'));
    const parameters = parseRequest(idParameters, request.params);
    if (!parameters.ok) return refuse(reply, parameters.error);
    const { id } = parameters.value;
    const job = await edges.retryDead(id, { principal, proved: signedInOf(request)?.elevated === true });
    if (!job) return refuse(reply, noSuchJob);
    if ('refusal' in job) {
      const { because, permission } = job.refusal;
      return refuse(reply, because === 'missing' ? needs(permission) : askAgain(permission));
    }
    const named = { resource: 'job', resourceId: id, resourceName: job.type };
    await edges.write(1, async (batch) =>
      batch.note({ actor: actorIn(request, principal), tenantId: job.tenantId, action: 'run', ...named }),
    );
    return { ok: true };
  });
}

/** Whether they may read what a step sent and was answered: as its trace in the run tells. */
function tellsAll(view: View, attempt: WebhookAttempt, stored: RecordState | undefined): boolean {
  if (!stored || isTombstone(stored) || stored.kind !== 'run') return view.seesAnything(attempt.tenantId);
  const shown = view.current(stored);
  if (shown === stored) return true;
  const steps = shown && !isTombstone(shown) ? shown.body['steps'] : undefined;
  const traces = Array.isArray(steps) ? steps.filter(isJsonObject) : [];
  const own = traces.filter((trace) => trace['stepId'] === attempt.stepId);
  return own.length > 0 && own.every((trace) => trace['withheld'] !== true && trace['input'] !== undefined);
}

function withoutData(attempt: WebhookAttempt): WebhookAttempt {
  return { ...attempt, url: '', error: '', responseExcerpt: '', withheld: true };
}

function needs(permission: string): Problem {
  return problemOf('forbidden', saying('permission_needed_everywhere', { permission }));
}

const noSuchJob: Problem = problemOf('not_found', saying('no_such_job'));
