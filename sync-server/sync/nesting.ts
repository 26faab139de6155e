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
