import { isJsonObject, jsonEqual } from '../../../kernel/json.ts';
import type { Json, JsonObject } from '../../../kernel/json.ts';
import type { Trigger } from '../../../resources/automation/trigger.ts';
import { sameValue } from '../conditions/compareValues.ts';
import { changePath } from '../steps/prepareAction.ts';
import { valueAt } from '../values/valueAt.ts';

type FieldChangeTrigger = Extract<Trigger, { type: 'field_change' }>;

/**
 * How an event of a record's change says that a field changed: `{path, old, new}`, null for nothing. A change of a part of
 * the field counts; a change of the whole that holds it is looked into. undefined where the field stayed as it was.
 */
export function fieldChangeOf(data: JsonObject, field: string): JsonObject | undefined {
  const changes = data['changes'];
  if (!Array.isArray(changes)) return undefined;
  const path = changePath(field);
  for (const change of changes) {
    if (!isJsonObject(change) || typeof change['path'] !== 'string') continue;
    if (change['path'] === path || change['path'].startsWith(`${path}.`)) return change;
    if (!path.startsWith(`${change['path']}.`)) continue;
    const inside = path.slice(change['path'].length + 1);
    const [before, after] = [valueAt(change['old'], inside) ?? null, valueAt(change['new'], inside) ?? null];
    if (!jsonEqual(before, after)) return { path, old: before, new: after };
  }
  return undefined;
}

/** Whether the change is the one that the trigger waits for; `from` and `to` that are not given fit any. */
export function fitsFieldChange(trigger: FieldChangeTrigger, found: JsonObject | undefined): boolean {
  if (!found) return false;
  const whole = found['path'] === changePath(trigger.field);
  const fits = (wanted: Json | undefined, held: Json | undefined) =>
    wanted === undefined || (whole && sameValue(wanted, held));
  return fits(trigger.from, found['old']) && fits(trigger.to, found['new']);
}
