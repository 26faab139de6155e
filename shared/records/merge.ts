import { isJsonObject, jsonEqual } from '../kernel/json.ts';
import type { Json, JsonObject } from '../kernel/json.ts';
import type { MergeRule } from './defineResource.ts';

/** One place where both sides changed the same thing differently. Absent values are `undefined`. */
export interface MergeConflict {
  /** Dotted path; items of a by-id array are named by id: `steps[id=abc].name`. */
  path: string;
  base: Json | undefined;
  mine: Json | undefined;
  theirs: Json | undefined;
}

export interface MergeOutcome<Value> {
  merged: Value;
  conflicts: MergeConflict[];
}

type Rules = Readonly<Record<string, MergeRule>>;

/**
 * Three-way merge of JSON objects (SPEC.md, M1 to M12). Pure. `rules` names top-level fields merged otherwise than key
 * by key. Where both sides changed a value differently, theirs is in `merged` and mine in `conflicts`.
 */
export function mergeObjects(
  base: JsonObject,
  mine: JsonObject,
  theirs: JsonObject,
  rules: Rules = {},
): MergeOutcome<JsonObject> {
  const conflicts: MergeConflict[] = [];
  const merged = mergeKeys(base, mine, theirs, '', rules, conflicts);
  return { merged, conflicts };
}

function mergeKeys(
  base: JsonObject,
  mine: JsonObject,
  theirs: JsonObject,
  prefix: string,
  rules: Rules,
  conflicts: MergeConflict[],
): JsonObject {
  const merged: JsonObject = {};
  // Their order first keeps a record that nobody changed here identical to the server's, key for key.
  for (const key of new Set([...Object.keys(theirs), ...Object.keys(mine), ...Object.keys(base)])) {
    const value = mergeValue(own(base, key), own(mine, key), own(theirs, key), prefix + key, rules[key], conflicts);
    if (value !== undefined)
      Object.defineProperty(merged, key, {
        value,
        enumerable: true,
        writable: true,
        configurable: true,
      });
  }
  return merged;
}

function own(object: JsonObject, key: string): Json | undefined {
  return Object.hasOwn(object, key) ? object[key] : undefined;
}

function mergeValue(
  base: Json | undefined,
  mine: Json | undefined,
  theirs: Json | undefined,
  path: string,
  rule: MergeRule | undefined,
  conflicts: MergeConflict[],
): Json | undefined {
  if (jsonEqual(mine, theirs)) return theirs;
  if (jsonEqual(base, mine)) return theirs;
  if (jsonEqual(base, theirs)) return mine;
  if (rule === 'set' && isSetArray(mine) && isSetArray(theirs) && (base === undefined || isSetArray(base))) {
    return mergeSets(base ?? [], mine, theirs);
  }
  if (rule === 'by-id' && isIdArray(mine) && isIdArray(theirs) && (base === undefined || isIdArray(base))) {
    return mergeItems(base ?? [], mine, theirs, path, conflicts);
  }
  if (rule !== 'whole' && isJsonObject(mine) && isJsonObject(theirs) && isJsonObject(base)) {
    return mergeKeys(base, mine, theirs, `${path}.`, {}, conflicts);
  }
  conflicts.push({ path, base, mine, theirs });
  return theirs;
}

function isSetArray(value: Json | undefined): value is string[] {
  return (
    Array.isArray(value) && value.every((item) => typeof item === 'string') && new Set(value).size === value.length
  );
}

/** An addition or a removal by either side holds; order is theirs, then my additions in my order. */
function mergeSets(base: string[], mine: string[], theirs: string[]): string[] {
  const removedByMe = new Set(base.filter((item) => !mine.includes(item)));
  const kept = theirs.filter((item) => !removedByMe.has(item));
  const known = new Set([...base, ...kept]);
  return [...kept, ...mine.filter((item) => !known.has(item))];
}

type Item = JsonObject & { id: string };

function isIdArray(value: Json | undefined): value is Item[] {
  if (!Array.isArray(value)) return false;
  const ids = value.map((item) => (isJsonObject(item) && typeof item['id'] === 'string' ? item['id'] : undefined));
  return ids.every((id) => id !== undefined) && new Set(ids).size === ids.length;
}

function mergeItems(base: Item[], mine: Item[], theirs: Item[], path: string, conflicts: MergeConflict[]): Json[] {
  const [baseById, mineById, theirsById] = [byId(base), byId(mine), byId(theirs)];
  const merged = new Map<string, Json>();
  for (const id of new Set([...theirsById.keys(), ...mineById.keys(), ...baseById.keys()])) {
    const value = mergeItem(baseById.get(id), mineById.get(id), theirsById.get(id), `${path}[id=${id}]`, conflicts);
    if (value !== undefined) merged.set(id, value);
  }
  const order = mergeOrder(base, mine, theirs, path, conflicts).filter((id) => merged.has(id));
  return order.map((id) => merged.get(id) as Json);
}

function mergeItem(
  base: Item | undefined,
  mine: Item | undefined,
  theirs: Item | undefined,
  path: string,
  conflicts: MergeConflict[],
): Json | undefined {
  if (jsonEqual(mine, theirs) || jsonEqual(base, mine)) return theirs;
  if (jsonEqual(base, theirs)) return mine;
  if (base && mine && theirs) return mergeKeys(base, mine, theirs, `${path}.`, {}, conflicts);
  conflicts.push({ path, base, mine, theirs });
  return theirs;
}

function byId(items: Item[]): Map<string, Item> {
  return new Map(items.map((item) => [item.id, item]));
}

/**
 * Ids in merged order. A side that moved nothing yields to the one that did; when both moved, theirs holds and my order
 * is a conflict. Items only one side has stand behind the neighbour they had there.
 */
function mergeOrder(base: Item[], mine: Item[], theirs: Item[], path: string, conflicts: MergeConflict[]): string[] {
  const ids = (items: Item[]) => items.map((item) => item.id);
  const common = new Set(ids(mine).filter((id) => ids(theirs).includes(id)));
  const inAll = new Set(ids(base).filter((id) => common.has(id)));
  const only = (items: Item[], allowed: Set<string>) => ids(items).filter((id) => allowed.has(id));
  const iMoved = !jsonEqual(only(base, inAll), only(mine, inAll));
  const theyMoved = !jsonEqual(only(base, inAll), only(theirs, inAll));
  if (iMoved && theyMoved && !jsonEqual(only(mine, inAll), only(theirs, inAll))) {
    conflicts.push({
      path: `${path}[order]`,
      base: ids(base),
      mine: ids(mine),
      theirs: ids(theirs),
    });
  }
  const [lead, other] = iMoved && !theyMoved ? [ids(mine), ids(theirs)] : [ids(theirs), ids(mine)];
  const order = [...lead];
  other.forEach((id, index) => {
    if (order.includes(id)) return;
    const before = other.slice(0, index).findLast((candidate) => order.includes(candidate));
    order.splice(before === undefined ? 0 : order.indexOf(before) + 1, 0, id);
  });
  return order;
}
