import { jsonEqual } from '../kernel/json.ts';
import type { Json, JsonObject } from '../kernel/json.ts';
import type { Resource } from './defineResource.ts';
import { isTombstone } from './envelope.ts';
import type { RecordEnvelope, RecordState } from './envelope.ts';
import { mergeObjects } from './merge.ts';
import type { MergeConflict } from './merge.ts';

export interface RecordMerge {
  /** What the replica shows from now on. Equal to `theirs` when nothing of mine is left to send. */
  merged: RecordState;
  /** True when `merged` still holds something the server has not. */
  unsent: boolean;
  conflicts: MergeConflict[];
}

/**
 * Brings an unsent edit onto the server's newer record (SPEC.md, R1 to R7). `base` is the server's record the edit was
 * made on, undefined for a record made here. The merged record carries version `theirs.version + 1` when unsent.
 */
export function mergeRecord(
  resource: Pick<Resource, 'merge' | 'serverFields'>,
  base: RecordState | undefined,
  mine: RecordState,
  theirs: RecordState,
): RecordMerge {
  if (isTombstone(theirs)) {
    if (isTombstone(mine)) return { merged: theirs, unsent: false, conflicts: [] };
    return { merged: theirs, unsent: false, conflicts: [whole(base, mine, theirs)] };
  }
  if (isTombstone(mine)) {
    if (base && !isTombstone(base) && sameContent(base, theirs)) {
      return { merged: { ...mine, version: theirs.version + 1 }, unsent: true, conflicts: [] };
    }
    return { merged: theirs, unsent: false, conflicts: [whole(base, mine, theirs)] };
  }
  const aliveBase = base && !isTombstone(base) ? base : undefined;
  return mergeAlive(resource, aliveBase, mine, theirs);
}

function mergeAlive(
  resource: Pick<Resource, 'merge' | 'serverFields'>,
  base: RecordEnvelope | undefined,
  mine: RecordEnvelope,
  theirs: RecordEnvelope,
): RecordMerge {
  const mineBody: JsonObject = { ...mine.body };
  for (const name of resource.serverFields) {
    delete mineBody[name];
    const value = theirs.body[name];
    if (value !== undefined) mineBody[name] = value;
  }
  const body = mergeObjects(base?.body ?? {}, mineBody, theirs.body, resource.merge);
  const conflicts = body.conflicts.map((conflict) => ({
    ...conflict,
    path: `body.${conflict.path}`,
  }));
  const assignee = mergeObjects(
    { assignedTo: base?.assignedTo ?? '' },
    { assignedTo: mine.assignedTo },
    { assignedTo: theirs.assignedTo },
  );
  conflicts.push(...assignee.conflicts);
  const statusChangedHere = mine.status !== (base?.status ?? '');
  const statusChangedThere = theirs.status !== (base?.status ?? '');
  if (statusChangedHere && statusChangedThere && mine.status !== theirs.status) {
    conflicts.push({
      path: 'status',
      base: base?.status,
      mine: mine.status,
      theirs: theirs.status,
    });
  }
  const status = statusChangedHere && !statusChangedThere ? mine.status : theirs.status;
  const assignedTo = String(assignee.merged['assignedTo'] ?? '');
  const unsent = status !== theirs.status || assignedTo !== theirs.assignedTo || !jsonEqual(body.merged, theirs.body);
  if (!unsent) return { merged: theirs, unsent, conflicts };
  const merged = {
    ...theirs,
    status,
    assignedTo,
    body: body.merged,
    updatedAt: mine.updatedAt,
    updatedBy: mine.updatedBy,
    version: theirs.version + 1,
  };
  return { merged, unsent, conflicts };
}

/** True when two records say the same, whatever their version and who wrote them. */
export function sameContent(left: RecordState, right: RecordState): boolean {
  if (isTombstone(left) || isTombstone(right)) return isTombstone(left) && isTombstone(right);
  return (
    left.kind === right.kind &&
    left.tenantId === right.tenantId &&
    left.status === right.status &&
    left.assignedTo === right.assignedTo &&
    jsonEqual(left.body, right.body)
  );
}

function whole(base: RecordState | undefined, mine: RecordState, theirs: RecordState): MergeConflict {
  const json = (record: RecordState | undefined): Json | undefined =>
    record === undefined || isTombstone(record) ? undefined : (structuredCloneOf(record) as Json);
  return { path: '', base: json(base), mine: json(mine), theirs: json(theirs) };
}

function structuredCloneOf(record: RecordEnvelope): unknown {
  return JSON.parse(JSON.stringify(record));
}
