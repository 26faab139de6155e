import { jsonEqual } from '#shared/kernel/json.ts';
import type { JsonObject } from '#shared/kernel/json.ts';
import { isTombstone } from '#shared/records/envelope.ts';
import type { RecordState } from '#shared/records/envelope.ts';
import type { RecordPatch } from './replicaApi.ts';

/**
 * The edit that turns `from` into `to`: whole top-level body fields, assignee, status. Undefined where nothing differs or
 * a side is deleted. Fields that `to` lacks are left alone: a patch cannot remove one.
 */
export function patchBetween(from: RecordState | undefined, to: RecordState): RecordPatch | undefined {
  if (!from || isTombstone(from) || isTombstone(to)) return undefined;
  const body: JsonObject = Object.fromEntries(
    Object.entries(to.body).filter(([name, value]) => !jsonEqual(value, from.body[name])),
  );
  const patch: RecordPatch = {
    ...(Object.keys(body).length > 0 ? { body } : {}),
    ...(from.status === to.status ? {} : { status: to.status }),
    ...(from.assignedTo === to.assignedTo ? {} : { assignedTo: to.assignedTo }),
  };
  return Object.keys(patch).length === 0 ? undefined : patch;
}
