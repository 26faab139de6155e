import type { PreparedStep } from '#shared/domain/automation/steps/preparedStep.ts';
import { personTakenBy } from '#shared/domain/privacy/erasedSubject.ts';
import { describeIssue, describeTransitionProblem } from '#shared/domain/writes/problems.ts';
import type { JsonObject } from '#shared/kernel/json.ts';
import type { Resource } from '#shared/records/defineResource.ts';
import type { RecordEnvelope } from '#shared/records/envelope.ts';
import { recordDifferences } from '#shared/records/recordDifferences.ts';
import { checkTransition } from '#shared/records/stateMachine.ts';
import { strictBodyOf } from '#shared/records/strictBodyOf.ts';
import { changedByServer } from '../serverRecord.ts';
import { applyChanges, recordToChange, refuse, writeInStep } from './stepContext.ts';
import type { StepContext, StepResult } from './stepContext.ts';

/** Sets fields of a record, as far as its descriptor and its state machine allow. */
export async function changeRecord(
  context: StepContext,
  { kind, id, changes, reason }: Extract<PreparedStep, { type: 'changeRecord' }>,
): Promise<StepResult> {
  const found = await recordToChange(context, kind, id);
  if (typeof found === 'string') return refuse(found);
  const changed = applyChanges(found.record, changes);
  if ('badPath' in changed) return refuse(`'${changed.badPath}' is not a field of ${kind} that can be set so.`);
  return saveChange(context, found.resource, found.record, changed.record, reason);
}

/** Adds and removes words of a list of texts. */
export async function tagRecord(
  context: StepContext,
  { kind, id, field, add, remove }: Extract<PreparedStep, { type: 'tagRecord' }>,
): Promise<StepResult> {
  const found = await recordToChange(context, kind, id);
  if (typeof found === 'string') return refuse(found);
  const held = found.record.body[field] ?? [];
  if (!Array.isArray(held)) return refuse(`The field '${field}' of ${kind} is not a list of words.`);
  const gone = new Set<unknown>(remove);
  const words = [...new Set([...held, ...add])].filter((word) => !gone.has(word));
  const after = { ...found.record, body: { ...found.record.body, [field]: words } };
  return saveChange(context, found.resource, found.record, after, '');
}

/** Checks what a step made of a record and stores it. */
export async function saveChange(
  context: StepContext,
  resource: Resource,
  before: RecordEnvelope,
  after: RecordEnvelope,
  reason: string,
): Promise<StepResult> {
  const differences = recordDifferences(before, after);
  const output = {
    kind: before.kind,
    id: before.id,
    changed: differences.map((one) => ({ path: one.path, old: one.before ?? null, new: one.after ?? null })),
  };
  if (differences.length === 0) return { ok: true, output };
  const locked = [...resource.serverFields, ...resource.secretFields];
  const taken = differences.find(({ path }) =>
    locked.some((name) => path === `body.${name}` || path.startsWith(`body.${name}.`)),
  );
  if (taken) return refuse(`Only the server itself sets '${taken.path}' of ${resource.kind}.`);
  const person = personTakenBy(before, after);
  if (person !== undefined)
    return refuse(`Only an erasure writes what the step would put into 'body.${person}' of ${resource.kind}.`);
  const problem = statusProblem(resource, before, after, reason);
  if (problem !== undefined) return refuse(problem);
  const body = strictBodyOf(resource).safeParse(after.body);
  if (!body.success) return refuse(describeIssue(body.error.issues[0], resource).message);
  const next = changedByServer(before, context.now, {
    status: after.status,
    assignedTo: after.assignedTo,
    body: body.data as JsonObject,
  });
  const duplicate = await context.batch.duplicateOf(next);
  if (duplicate) return refuse(`Another ${resource.kind} has the same ${duplicate.join(' and ')}.`);
  await writeInStep(context, next, reason);
  return { ok: true, output };
}

/** A rule may do what a person may; moves that only the server makes stay the server's. */
function statusProblem(
  resource: Resource,
  before: RecordEnvelope,
  after: RecordEnvelope,
  reason: string,
): string | undefined {
  if (before.status === after.status) return undefined;
  if (!resource.states) return `Records of kind '${resource.kind}' have no status.`;
  const attempt = { from: before.status, to: after.status, reason, actor: 'person' as const };
  const problem = checkTransition(resource.states, attempt, `${resource.permission}.edit`, () => true);
  return (
    problem && describeTransitionProblem(problem, { kind: after.kind, from: before.status, to: after.status }).message
  );
}
