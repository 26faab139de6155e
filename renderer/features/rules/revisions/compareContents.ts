import { isJsonObject, jsonEqual } from '#shared/kernel/json.ts';
import type { Json, JsonObject } from '#shared/kernel/json.ts';

/** One thing that two contents of a rule hold differently. */
export type ContentChange =
  /** `path`: `name`, `trigger.pattern`, `conditions`. */
  | { what: 'field'; path: string; before: Json | undefined; after: Json | undefined }
  /** A step that only one of the two has, with where it hangs: `` = the rule's own list, `ask.then`. */
  | { what: 'step_added' | 'step_removed'; id: string; name: string; type: string; place: string; step: JsonObject }
  /** `from` and `to`: the list, and the place in it from 1. */
  | { what: 'step_moved'; id: string; name: string; type: string; from: StepPlace; to: StepPlace }
  | {
      what: 'step_changed';
      id: string;
      name: string;
      type: string;
      fields: { path: string; before: Json | undefined; after: Json | undefined }[];
    };

export interface StepPlace {
  list: string;
  place: number;
}

/** Counted by the server; no content. */
const counted = new Set(['executionCount', 'lastExecutedAt', 'pausedAt', 'skippedCount', 'revision']);

/** What differs between two contents of a rule: fields first, then its steps, found again by their id wherever they went. */
export function compareContents(before: object, after: object): ContentChange[] {
  const [left, right] = [asObject(before), asObject(after)];
  const changes: ContentChange[] = [];
  for (const name of new Set([...Object.keys(left), ...Object.keys(right)])) {
    if (name === 'steps' || counted.has(name) || !(name in right)) continue;
    collectFields(left[name], right[name], name, (path, from, to) =>
      changes.push({ what: 'field', path, before: from, after: to }),
    );
  }
  return [...changes, ...compareSteps(left['steps'], right['steps'])];
}

function asObject(value: unknown): JsonObject {
  return isJsonObject(value) ? value : {};
}

/** Conditions are compared as one sentence, everything else key by key. */
function collectFields(
  before: Json | undefined,
  after: Json | undefined,
  path: string,
  found: (path: string, before: Json | undefined, after: Json | undefined) => void,
): void {
  if (jsonEqual(before, after)) return;
  const whole = path.endsWith('conditions') || !isJsonObject(before) || !isJsonObject(after);
  if (whole) {
    found(path, before, after);
    return;
  }
  for (const key of new Set([...Object.keys(before), ...Object.keys(after)]))
    collectFields(before[key], after[key], `${path}.${key}`, found);
}

interface FoundStep extends StepPlace {
  step: JsonObject;
  own: JsonObject;
}

/** Names of lists of steps inside a step; options hold one each. */
const lists = ['then', 'otherwise', 'steps', 'fallback', 'errorSteps'];

function stepsById(list: Json | undefined, at = ''): Map<string, FoundStep> {
  const found = new Map<string, FoundStep>();
  if (!Array.isArray(list)) return found;
  list.forEach((step, index) => {
    if (!isJsonObject(step) || typeof step['id'] !== 'string') return;
    const { id } = step;
    const own: JsonObject = {};
    for (const [name, value] of Object.entries(step)) {
      if (lists.includes(name)) {
        for (const [key, inner] of stepsById(value, `${id}.${name}`)) found.set(key, inner);
      } else if (name === 'options' && Array.isArray(value)) {
        own[name] = value.map((option) => {
          if (!isJsonObject(option)) return option;
          const { steps, ...rest } = option;
          for (const [key, inner] of stepsById(steps, `${id}.${String(option['label'] ?? option['id'])}`))
            found.set(key, inner);
          return rest;
        });
      } else own[name] = value;
    }
    found.set(id, { step, own, list: at, place: index + 1 });
  });
  return found;
}

function compareSteps(before: Json | undefined, after: Json | undefined): ContentChange[] {
  const [left, right] = [stepsById(before), stepsById(after)];
  const changes: ContentChange[] = [];
  for (const [id, { step, own, list, place }] of right) {
    const name = String(step['name'] ?? id);
    const type = String(step['type'] ?? '');
    const old = left.get(id);
    if (!old) {
      changes.push({ what: 'step_added', id, name, type, place: list, step });
      continue;
    }
    if (old.list !== list || isReordered(id, left, right, list))
      changes.push({
        what: 'step_moved',
        id,
        name,
        type,
        from: { list: old.list, place: old.place },
        to: { list, place },
      });
    const fields: { path: string; before: Json | undefined; after: Json | undefined }[] = [];
    for (const field of new Set([...Object.keys(old.own), ...Object.keys(own)]))
      collectFields(old.own[field], own[field], field, (path, from, to) =>
        fields.push({ path, before: from, after: to }),
      );
    if (fields.length > 0) changes.push({ what: 'step_changed', id, name, type, fields });
  }
  for (const [id, { step, list }] of left)
    if (!right.has(id))
      changes.push({
        what: 'step_removed',
        id,
        name: String(step['name'] ?? id),
        type: String(step['type'] ?? ''),
        place: list,
        step,
      });
  return changes;
}

/** Whether a step stands behind one that stood behind it, among those that both lists have. */
function isReordered(
  id: string,
  left: ReadonlyMap<string, FoundStep>,
  right: ReadonlyMap<string, FoundStep>,
  list: string,
): boolean {
  const mine = { before: left.get(id)?.place ?? 0, after: right.get(id)?.place ?? 0 };
  for (const [other, { list: otherList, place }] of right) {
    const old = left.get(other);
    if (other === id || otherList !== list || old?.list !== list) continue;
    // Of two that changed places the one that went forward has moved.
    if (old.place < mine.before && place > mine.after) return true;
  }
  return false;
}
