import { isJsonObject, jsonEqual } from '../../kernel/json.ts';
import type { Json } from '../../kernel/json.ts';
import { isTombstone } from '../../records/envelope.ts';
import type { RecordState } from '../../records/envelope.ts';
import { staff } from '../../resources/access/staff.ts';
import type { Principal } from '../access/principal.ts';
import { notificationSubjects } from '../notifications/preferences.ts';

/** Fields of a staff record that are its person's to choose, whatever roles they hold. */
const choices: Readonly<Record<string, (stored: Json | undefined, after: Json | undefined) => boolean>> = {
  locale: () => true,
  notificationPreferences: chooseAmongSubjects,
};

/**
 * Whether a write changes nothing but what a person may choose for themselves, in their own staff record. `hidden`: fields that
 * keep their stored values whatever is written. A field that is left out is no choice: it would become its default.
 */
export function isOwnChoice(
  { id }: Pick<Principal, 'id'>,
  stored: RecordState | undefined,
  after: RecordState,
  hidden: readonly string[] = [],
): boolean {
  if (!stored || isTombstone(stored) || isTombstone(after)) return false;
  if (after.id !== id || stored.id !== id || after.kind !== staff.kind || stored.kind !== staff.kind) return false;
  const moved = (['tenantId', 'status', 'assignedTo'] as const).some((name) => stored[name] !== after[name]);
  if (moved) return false;
  const names = new Set([...Object.keys(stored.body), ...Object.keys(after.body)]);
  return [...names].every(
    (name) =>
      hidden.includes(name) ||
      jsonEqual(stored.body[name], after.body[name]) ||
      (Object.hasOwn(choices, name) && choices[name]?.(stored.body[name], after.body[name])),
  );
}

/** What else is kept there, as by other versions, stays as it is: a person's record is not theirs to fill. */
function chooseAmongSubjects(stored: Json | undefined, after: Json | undefined): boolean {
  const [before, next] = [stored ?? {}, after ?? {}];
  if (!isJsonObject(before) || !isJsonObject(next)) return false;
  const subjects: readonly string[] = notificationSubjects;
  return [...new Set([...Object.keys(before), ...Object.keys(next)])].every(
    (key) => subjects.includes(key) || jsonEqual(before[key], next[key]),
  );
}
