import { isJsonObject, jsonEqual } from '#shared/kernel/json.ts';
import type { Json, JsonObject } from '#shared/kernel/json.ts';
import type { RecordEnvelope, RecordState } from '#shared/records/envelope.ts';
import { isTombstone } from '#shared/records/envelope.ts';
import type { MergeConflict } from '#shared/records/merge.ts';
import type { RecordPatch } from '#renderer/data/replicaApi.ts';
import { parseRecordPath, withValueAt } from './recordPath.ts';

/** What a person decided for one field. */
export type FieldChoice = { take: 'mine' } | { take: 'theirs' } | { take: 'edited'; value: Json };

/** Choices by conflict path. */
export type Choices = Readonly<Record<string, FieldChoice>>;

/** Conflicts that still have no choice. */
export function undecided(conflicts: readonly MergeConflict[], choices: Choices): MergeConflict[] {
  return conflicts.filter((conflict) => !Object.hasOwn(choices, conflict.path));
}

/**
 * The edit that carries the choices out on the record as it is now; `'theirs'` when nothing of it differs. Whole
 * top-level body fields are named, because a patch replaces what it names.
 */
export function patchOfChoices(
  current: RecordEnvelope,
  conflicts: readonly MergeConflict[],
  choices: Choices,
): RecordPatch | 'theirs' {
  const decided = conflicts.flatMap((conflict) => {
    const choice = choices[conflict.path];
    if (!choice || choice.take === 'theirs') return [];
    return [{ path: conflict.path, value: choice.take === 'mine' ? conflict.mine : choice.value }];
  });
  return patchOfValues(current, decided);
}

/** The edit that puts the values at their paths; `'theirs'` when the record says all of it already. */
export function patchOfValues(
  current: RecordEnvelope,
  values: readonly { path: string; value: Json | undefined }[],
): RecordPatch | 'theirs' {
  const patch: RecordPatch = {};
  const body: JsonObject = {};
  for (const { path, value } of values) {
    if (path === 'status' && typeof value === 'string' && value !== current.status) patch.status = value;
    else if (path === 'assignedTo' && typeof value === 'string' && value !== current.assignedTo)
      patch.assignedTo = value;
    else if (path.startsWith('body.')) placeInBody(body, current.body, path.slice('body.'.length), value);
  }
  const changed = Object.entries(body).filter(([name, value]) => !jsonEqual(value, current.body[name]));
  if (changed.length > 0) patch.body = Object.fromEntries(changed);
  return Object.keys(patch).length === 0 ? 'theirs' : patch;
}

/** Starts each top-level field from the current record, so that what others changed inside it stays. */
function placeInBody(body: JsonObject, current: JsonObject, path: string, value: Json | undefined): void {
  const [first] = parseRecordPath(path);
  if (!first || !('key' in first)) return;
  const name = first.key;
  const start: JsonObject = Object.hasOwn(body, name) ? { [name]: body[name] ?? null } : own(current, name);
  const placed = withValueAt(start, path, value);
  if (isJsonObject(placed) && placed[name] !== undefined) body[name] = placed[name];
}

function own(object: JsonObject, name: string): JsonObject {
  const value = object[name];
  return value === undefined ? {} : { [name]: value };
}

/** What kind of disagreement a conflict is about: fields, or one side deleting what the other edited. */
export function conflictShape(mine: RecordState, theirs: RecordState): 'fields' | 'deleted_there' | 'deleted_here' {
  if (isTombstone(theirs)) return 'deleted_there';
  return isTombstone(mine) ? 'deleted_here' : 'fields';
}
