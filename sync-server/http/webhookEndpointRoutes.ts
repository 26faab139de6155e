import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { accessTargetOf, decideAccess } from '#shared/domain/access/decideAccess.ts';
import type { Principal } from '#shared/domain/access/principal.ts';
import type { Problem } from '#shared/kernel/errors.ts';
import { problemOf, saying } from '#shared/kernel/sentences/sentence.ts';
import { failure, success } from '#shared/kernel/result.ts';
import type { Result } from '#shared/kernel/result.ts';
import { isTombstone } from '#shared/records/envelope.ts';
import type { RecordEnvelope } from '#shared/records/envelope.ts';
import type { InboundWebhooks } from '../features/inboundWebhooks/inboundWebhooks.ts';
import type { WriteBatch } from '../sync/writeBatch.ts';
import type { Writer } from '../sync/writer.ts';
import { parseRequest } from './parseRequest.ts';
import { refuse } from './refuse.ts';
import { idParameters } from './routeParameters.ts';
import { actorIn } from './staffGate.ts';
import type { StaffGate } from './staffGate.ts';

export interface EndpointEdges {
  inboundWebhooks: InboundWebhooks;
  write: Writer['write'];
}

/** The address at which a rule is called: made, replaced and taken away by who may edit the rule. */
export function addWebhookEndpointRoutes(app: FastifyInstance, gate: StaffGate, edges: EndpointEdges): void {
  const { inboundWebhooks, write } = edges;
  const path = '/v1/rules/:id/webhook';
  /** Runs the work when the person may edit the rule, and notes it in the audit log. */
  const onRule = async <Value extends object>(
    request: FastifyRequest,
    reply: FastifyReply,
    action: 'update' | 'delete',
    work: (batch: WriteBatch, ruleId: string) => Value | Promise<Value>,
  ): Promise<unknown> => {
    const principal = await gate(request, reply);
    if (!principal) return reply;
    const parameters = parseRequest(idParameters, request.params);
    if (!parameters.ok) return refuse(reply, parameters.error);
    const outcome = await write(1, async (batch) => {
      const rule = await editableRule(batch, principal, parameters.value.id);
      if (!rule.ok) return rule;
      const value = await work(batch, rule.value.id);
      const { id, tenantId, body } = rule.value;
      const named = { resource: 'rule', resourceId: id, resourceName: String(body['name'] ?? id) };
      const changes = [{ path: 'webhook', ...(action === 'delete' ? { old: '[REDACTED]' } : { new: '[REDACTED]' }) }];
      batch.note({ actor: actorIn(request, principal), tenantId, action, ...named, changes });
      return success(value);
    });
    return outcome.ok ? outcome.value : refuse(reply, outcome.error);
  };
  app.post(path, (request, reply) =>
    onRule(request, reply, 'update', (batch, ruleId) => inboundWebhooks.rotate(batch, ruleId)),
  );
  app.delete(path, (request, reply) =>
    onRule(request, reply, 'delete', async (batch, ruleId) => ({
      removed: await inboundWebhooks.remove(batch, ruleId),
    })),
  );
}

async function editableRule(
  batch: WriteBatch,
  principal: Principal,
  id: string,
): Promise<Result<RecordEnvelope, Problem>> {
  await batch.load([id]);
  const rule = batch.get(id);
  if (!rule || isTombstone(rule) || rule.kind !== 'rule') return failure(noSuchRule);
  const target = accessTargetOf(rule);
  if (decideAccess(principal, 'automation.edit', target).allowed) return success(rule);
  return failure(decideAccess(principal, 'automation.view', target).allowed ? mayNotEdit : noSuchRule);
}

const noSuchRule: Problem = problemOf('not_found', saying('no_such_rule'));
const mayNotEdit: Problem = problemOf(
  'forbidden',
  saying('permission_needed_there', { permission: 'automation.edit' }),
);
