import { mayRulesChange } from '#shared/domain/automation/rules/writableKinds.ts';
import type { FieldChange } from '#shared/domain/automation/steps/preparedStep.ts';
import type { Json } from '#shared/kernel/json.ts';
import type { About } from '#shared/resources/events/about.ts';
import type { RecordEnvelope } from '#shared/records/envelope.ts';
import type { Resource } from '#shared/records/defineResource.ts';
import { resourceByKind } from '#shared/resources/registry.ts';
import { derivedId } from '../derivedId.ts';
import { living } from '../livingRecord.ts';
import type { EngineBatch, WriteCause } from '../ports.ts';

/** What a step that writes to the store knows; everything it writes is in the transaction of its outcome. */
export interface StepContext {
  batch: EngineBatch;
  runId: string;
  ruleId: string;
  /** '' = a rule of the platform. */
  ruleTenantId: string;
  /** Of the run. */
  tenantId: string;
  /** The record the run is about; '' for none. */
  entityType: string;
  entityId: string;
  stepKey: string;
  stepName: string;
  actor: { id: string; name: string };
  cause: WriteCause;
  /** What the run has read or written so far; undefined = nobody wrote it down. */
  about?: readonly About[] | undefined;
  /** Milliseconds since the epoch. */
  now: number;
  /** When the run started; part of the ids it makes. */
  startedAt: number;
}

export type StepResult = { ok: true; output: Json } | { ok: false; error: string; retriable: boolean };

/** A refusal that no further attempt changes. */
export function refuse(error: string): StepResult {
  return { ok: false, error, retriable: false };
}

/** An id that is the same however often the step is performed. */
export function idInStep(context: StepContext, ...parts: readonly string[]): string {
  return derivedId(context.startedAt, 'step', context.runId, context.stepKey, ...parts);
}

/** The descriptor of a kind that rules may write, or why they may not. */
export function writableResource(kind: string): Resource | string {
  const resource = resourceByKind(kind);
  if (!resource) return `There is no kind of record '${kind.slice(0, 60)}'. Choose another in the step.`;
  if (!mayRulesChange(resource)) return `Rules may not write records of kind '${kind}'. Choose another in the step.`;
  return resource;
}

/** The record a step is to change, or why it may not. A tenant's rule reaches its own tenant's records only. */
export async function recordToChange(
  { batch, ruleTenantId }: StepContext,
  kind: string,
  id: string,
): Promise<{ resource: Resource; record: RecordEnvelope } | string> {
  const resource = writableResource(kind);
  if (typeof resource === 'string') return resource;
  await batch.load([id]);
  const record = living(batch.get(id), kind);
  if (!record || (ruleTenantId !== '' && record.tenantId !== ruleTenantId))
    return `There is no ${kind} with the id '${id.slice(0, 64)}' that this rule may change. It may have been deleted.`;
  return { resource, record };
}

/** Stores a record the step made or changed, with its audit entry. */
export async function writeInStep(context: StepContext, after: RecordEnvelope, reason = ''): Promise<void> {
  await context.batch.write({
    after,
    actor: context.actor,
    reason: (reason || `Step "${context.stepName}"`).slice(0, 2000),
    madeAt: '',
    requestId: context.runId,
    cause: context.cause,
  });
}

/** Sets what the changes name; answers the name of a field that may not be set. */
export function applyChanges(
  record: RecordEnvelope,
  changes: readonly FieldChange[],
): { record: RecordEnvelope } | { badPath: string } {
  const next = structuredClone(record);
  for (const { path, value } of changes) {
    const [root, ...names] = path.split('.');
    if (path === 'status' && typeof value === 'string') next.status = value;
    else if (path === 'assignedTo' && (typeof value === 'string' || value === null)) next.assignedTo = value ?? '';
    else if (root === 'body' && names.length > 0 && setAt(next.body, names, value)) continue;
    else return { badPath: path };
  }
  return { record: next };
}

function setAt(target: { [key: string]: Json }, [name = '', ...rest]: readonly string[], value: Json): boolean {
  if (name === '' || name === '__proto__') return false;
  if (rest.length === 0) {
    target[name] = value;
    return true;
  }
  const inner = (Object.hasOwn(target, name) ? target[name] : undefined) ?? {};
  if (typeof inner !== 'object' || Array.isArray(inner)) return false;
  target[name] = inner;
  return setAt(inner, rest, value);
}
