import type { Json } from '../../../kernel/json.ts';

/** A path taken apart once, for whoever reads many values by it. */
export type FieldPath = readonly string[];

/** `event.data.items.0.name` → its steps. */
export function compilePath(path: string): FieldPath {
  return path.split('.');
}

/**
 * The value at a path of plain JSON: keys of objects (their own only, never what a prototype lends) and indexes of lists,
 * counted from 0. undefined where the path leads nowhere.
 */
export function valueAt(view: Json | undefined, path: string | FieldPath): Json | undefined {
  const steps = typeof path === 'string' ? compilePath(path) : path;
  let value = view;
  for (const step of steps) {
    if (typeof value !== 'object' || value === null) return undefined;
    if (Array.isArray(value)) {
      if (!isIndex(step)) return undefined;
      value = value[Number(step)];
    } else {
      if (!Object.hasOwn(value, step)) return undefined;
      value = value[step];
    }
  }
  return value;
}

function isIndex(step: string): boolean {
  return step.length <= 9 && /^(0|[1-9]\d*)$/.test(step);
}
