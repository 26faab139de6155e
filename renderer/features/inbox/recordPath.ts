import { isJsonObject } from '#shared/kernel/json.ts';
import type { Json } from '#shared/kernel/json.ts';

type Segment = { key: string } | { itemId: string };

/** Splits the path of a merge conflict: `body.steps[id=abc].name` names the key `name` of the item `abc` of `body.steps`. */
export function parseRecordPath(path: string): Segment[] {
  const segments: Segment[] = [];
  for (const match of path.matchAll(/\[id=([^\]]*)\]|([^.[\]]+)/g)) {
    const [, itemId, key] = match;
    if (itemId !== undefined) segments.push({ itemId });
    else if (key !== undefined) segments.push({ key });
  }
  return segments;
}

/** The value at the path, undefined where something on the way is missing. */
export function valueAt(root: Json | undefined, path: string): Json | undefined {
  return parseRecordPath(path).reduce<Json | undefined>((value, segment) => {
    if ('itemId' in segment)
      return Array.isArray(value) ? value.find((item) => isItem(item, segment.itemId)) : undefined;
    return isJsonObject(value) && Object.hasOwn(value, segment.key) ? value[segment.key] : undefined;
  }, root);
}

/** A copy of `root` with the value at the path replaced; `undefined` removes it. Missing objects and items are added. */
export function withValueAt(root: Json | undefined, path: string, value: Json | undefined): Json | undefined {
  return place(root, parseRecordPath(path), value);
}

function place(root: Json | undefined, segments: Segment[], value: Json | undefined): Json | undefined {
  const [segment, ...rest] = segments;
  if (!segment) return value;
  if ('itemId' in segment) {
    const items = Array.isArray(root) ? root : [];
    const found = items.find((item) => isItem(item, segment.itemId));
    const placed = place(found, rest, value);
    if (placed === undefined) return items.filter((item) => item !== found);
    return found === undefined ? [...items, placed] : items.map((item) => (item === found ? placed : item));
  }
  const object = isJsonObject(root) ? root : {};
  const own = Object.hasOwn(object, segment.key) ? object[segment.key] : undefined;
  const placed = place(own, rest, value);
  const entries = Object.entries(object).filter(([key]) => key !== segment.key || placed !== undefined);
  if (placed !== undefined && !Object.hasOwn(object, segment.key)) entries.push([segment.key, placed]);
  return Object.fromEntries(
    entries.map(([key, old]) => [key, key === segment.key && placed !== undefined ? placed : old]),
  );
}

function isItem(item: Json, id: string): boolean {
  return isJsonObject(item) && item['id'] === id;
}
