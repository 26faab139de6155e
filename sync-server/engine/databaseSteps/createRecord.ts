import type { PreparedStep } from '#shared/domain/automation/steps/preparedStep.ts';
import { describeIssue } from '#shared/domain/writes/problems.ts';
import type { JsonObject } from '#shared/kernel/json.ts';
import { strictBodyOf } from '#shared/records/strictBodyOf.ts';
import { living } from '../livingRecord.ts';
import { serverRecord } from '../serverRecord.ts';
import { chooseStaff } from './chooseStaff.ts';
import { idInStep, refuse, writableResource, writeInStep } from './stepContext.ts';
import type { StepContext, StepResult } from './stepContext.ts';

/** Makes a record in its first state. Its id follows from the step, so that it is made once. */
export async function createRecord(
  context: StepContext,
  prepared: Extract<PreparedStep, { type: 'createRecord' }>,
): Promise<StepResult> {
  const { kind, assign } = prepared;
  const resource = writableResource(kind);
  if (typeof resource === 'string') return refuse(resource);
  if (kind === 'tenant') return refuse('A rule cannot create tenants: a tenant is made with its owner by a person.');
  const tenantId = resource.scope === 'platform' ? '' : prepared.tenantId;
  if (context.ruleTenantId !== '' && tenantId !== context.ruleTenantId)
    return refuse(`This rule belongs to one tenant and cannot create a ${kind} outside it.`);
  if (resource.scope === 'tenant' && tenantId === '')
    return refuse(`A ${kind} belongs to a tenant; the event has none. Name the tenant in the step.`);
  const id = idInStep(context, 'record');
  await context.batch.load([id, tenantId].filter((one) => one !== ''));
  if (tenantId !== '' && !living(context.batch.get(tenantId), 'tenant'))
    return refuse(`There is no tenant '${tenantId.slice(0, 64)}' to create the ${kind} in.`);
  if (context.batch.get(id)) return { ok: true, output: { kind, id } };
  const own = resource.serverFields.find((name) => Object.hasOwn(prepared.body, name));
  if (own !== undefined) return refuse(`Only the server itself sets '${own}' of ${kind}.`);
  const body = strictBodyOf(resource).safeParse(prepared.body);
  if (!body.success) return refuse(describeIssue(body.error.issues[0], resource).message);
  let { assignedTo } = prepared;
  if (assignedTo === '' && assign) {
    const chosen = await chooseStaff(context, kind, assign);
    if ('error' in chosen) return refuse(chosen.error);
    assignedTo = chosen.staffId;
  }
  const record = serverRecord(context.now, {
    id,
    kind,
    tenantId,
    status: resource.states?.initial ?? '',
    assignedTo,
    body: body.data as JsonObject,
  });
  const duplicate = await context.batch.duplicateOf(record);
  if (duplicate) return refuse(`Another ${kind} has the same ${duplicate.join(' and ')}.`);
  await writeInStep(context, record);
  return { ok: true, output: { kind, id, assignedTo } };
}
