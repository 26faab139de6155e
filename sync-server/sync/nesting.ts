/** Levels of objects and lists a row may have; deeper ones overflow the stack of whoever walks them, consoles included. */
export const deepestNesting = 64;

/** True when a JSON value has more levels than allowed. Walks without recursion, so it is safe for any input. */
export function isNestedTooDeep(value: unknown): boolean {
  let level = [value].filter(isContainer);
  for (let depth = 1; level.length > 0; depth += 1) {
    if (depth > deepestNesting) return true;
    level = level.flatMap((one) => Object.values(one)).filter(isContainer);
  }
  return false;
}

function isContainer(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}

/**
 * True for what can be stored and sent as it is: plain objects and lists in no more levels than allowed, texts of valid Unicode,
 * finite numbers, and no member named `__proto__`, which every copy would treat in its own way.
 */
export function isPlainJson(value: unknown, levels = deepestNesting): boolean {
  if (typeof value === 'string') return value.isWellFormed();
  if (typeof value === 'number') return Number.isFinite(value);
  if (value === null || typeof value === 'boolean') return true;
  if (typeof value !== 'object' || levels === 0) return false;
  if (Array.isArray(value)) return value.every((one) => isPlainJson(one, levels - 1));
  const prototype: unknown = Object.getPrototypeOf(value);
  if (prototype !== Object.prototype && prototype !== null) return false;
  for (const [name, member] of Object.entries(value))
    if (name === '__proto__' || !name.isWellFormed() || !isPlainJson(member, levels - 1)) return false;
  return true;
}
