import type { PreparedStep } from '#shared/domain/automation/steps/preparedStep.ts';
import { isJsonObject } from '#shared/kernel/json.ts';
import { numberIn } from '#shared/records/readBody.ts';
import { requireResource } from '#shared/resources/registry.ts';
import { living } from '../livingRecord.ts';
import { saveChange } from './changeRecord.ts';
import { staffOfRole } from './staffOfRole.ts';
import { recordToChange, refuse } from './stepContext.ts';
import type { StepContext, StepResult } from './stepContext.ts';

type Choice = { by: 'round_robin' | 'least_loaded'; role: string };

/** When each person was chosen last, by rule, role and person: a number that rises with every choice. */
const area = 'chosenStaff';

/** Gives a record to a person: a named one, or one of a role. */
export async function assignRecord(
  context: StepContext,
  { kind, id, choose }: Extract<PreparedStep, { type: 'assignRecord' }>,
): Promise<StepResult> {
  const found = await recordToChange(context, kind, id);
  if (typeof found === 'string') return refuse(found);
  const chosen =
    choose.by === 'fixed' ? await namedStaff(context, choose.staffId) : await chooseStaff(context, kind, choose);
  if ('error' in chosen) return refuse(chosen.error);
  const after = { ...found.record, assignedTo: chosen.staffId };
  const saved = await saveChange(context, found.resource, found.record, after, '');
  return saved.ok ? { ok: true, output: { kind, id, assignedTo: chosen.staffId } } : saved;
}

async function namedStaff({ batch }: StepContext, staffId: string): Promise<{ staffId: string } | { error: string }> {
  await batch.load([staffId]);
  const person = living(batch.get(staffId), 'staff');
  if (person?.status === 'active') return { staffId };
  return { error: `There is no active member of staff with the id '${staffId.slice(0, 64)}'. Choose another.` };
}

/**
 * Round robin takes whoever was not chosen for the longest time; least loaded whoever has the fewest open records of the
 * kind, and among equals whoever was not chosen for the longest time.
 */
export async function chooseStaff(
  context: StepContext,
  kind: string,
  { by, role }: Choice,
): Promise<{ staffId: string } | { error: string }> {
  const people = await staffOfRole(context.batch, role, context.now);
  if (!people) return { error: `There is no role '${role.slice(0, 80)}'. Choose another in the step.` };
  if (people.length === 0) return { error: `Nobody holds the role '${role.slice(0, 80)}'. Give it to somebody.` };
  const key = `${context.ruleId}|${role}`;
  const stored = (await context.batch.getEntries(area, [key])).get(key);
  const turns = isJsonObject(stored) ? stored : {};
  const load = by === 'least_loaded' ? await openRecordsOf(context, kind) : new Map<string, number>();
  const [first = ''] = people.toSorted(
    (left, right) =>
      (load.get(left) ?? 0) - (load.get(right) ?? 0) ||
      numberIn(turns, left) - numberIn(turns, right) ||
      (left < right ? -1 : 1),
  );
  const last = Math.max(0, ...Object.values(turns).map(Number));
  const kept = Object.fromEntries(Object.entries(turns).filter(([staffId]) => people.includes(staffId)));
  context.batch.putEntry(area, key, { ...kept, [first]: last + 1 });
  return { staffId: first };
}

/** How many records of a kind that are not done each person has. */
async function openRecordsOf({ batch }: StepContext, kind: string): Promise<Map<string, number>> {
  const { states } = requireResource(kind);
  const counts = new Map<string, number>();
  for (const stored of await batch.reader.recordsOfKind(kind)) {
    const record = living(batch.get(stored.id) ?? stored);
    if (!record || record.assignedTo === '' || isDone(record.status, states?.states)) continue;
    counts.set(record.assignedTo, (counts.get(record.assignedTo) ?? 0) + 1);
  }
  return counts;
}

function isDone(status: string, states: Record<string, { terminal?: boolean; tone: string }> | undefined): boolean {
  const state = states?.[status];
  return state?.terminal === true || status === 'done' || status === 'cancelled';
}
