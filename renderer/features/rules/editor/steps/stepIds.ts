import { isJsonObject } from '#shared/kernel/json.ts';
import type { Json } from '#shared/kernel/json.ts';
import type { Step } from '#shared/resources/automation/step.ts';
import { editableBranches, withBranch } from './stepTree.ts';

const longest = 64;

/** An id made of a step's name: letters, digits and `_`, not taken yet. A name without Latin letters gives `fallback`. */
export function stepIdFrom(name: string, taken: ReadonlySet<string>, fallback: string): string {
  const plain = name
    .normalize('NFKD')
    .replaceAll(/\p{M}/gu, '')
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '_')
    .replaceAll(/^[_0-9]+|_+$/g, '')
    .slice(0, longest - 4);
  const base = plain === '' ? fallback : plain;
  if (!taken.has(base)) return base;
  for (let count = 2; ; count++) if (!taken.has(`${base}_${count}`)) return `${base}_${count}`;
}

/** Where a text names a step: `steps.<id>` or `steps['<id>']`, as paths, templates and expressions write it. */
function mention(id: string): RegExp {
  return new RegExp(`(\\bsteps\\s*(?:\\.\\s*|\\[\\s*["'\`]))${id}(?![A-Za-z0-9_])`, 'g');
}

/** The same value with a step's id replaced wherever texts in it name that step. */
export function renameMentions<Value extends Json>(value: Value, from: string, to: string): Value {
  const walk = (held: Json): Json => {
    if (typeof held === 'string') return held.replaceAll(mention(from), `$1${to}`);
    if (Array.isArray(held)) return held.map(walk);
    if (!isJsonObject(held)) return held;
    return Object.fromEntries(Object.entries(held).map(([key, inner]) => [key, walk(inner)]));
  };
  return walk(value) as Value;
}

/** How often texts in a value name a step. */
export function countMentions(value: Json, id: string): number {
  if (typeof value === 'string') return value.match(mention(id))?.length ?? 0;
  if (typeof value !== 'object' || value === null) return 0;
  return Object.values(value).reduce<number>((sum, inner) => sum + countMentions(inner, id), 0);
}

/** A copy with ids of its own; what names a step inside the copy names the copied one. */
export function copyStep(step: Step, taken: ReadonlySet<string>): Step {
  const used = new Set(taken);
  const renamed = new Map<string, string>();
  const reId = (one: Step): Step => {
    const id = stepIdFrom(one.id, used, one.type);
    used.add(id);
    renamed.set(one.id, id);
    let next: Step = { ...one, id };
    for (const branch of editableBranches(one)) {
      if (branch.steps.length > 0) next = withBranch(next, branch.name, branch.steps.map(reId));
    }
    return next;
  };
  let copy = reId(step) as unknown as Json;
  // By way of names that no step has, so that a new id that equals an old one is not taken for it.
  for (const from of renamed.keys()) copy = renameMentions(copy, from, `\u0000${from}`);
  for (const [from, to] of renamed) copy = renameMentions(copy, `\u0000${from}`, to);
  return copy as unknown as Step;
}
