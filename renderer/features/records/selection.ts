/** The selection after a row was clicked; `range` adds or removes everything between it and the row clicked last. */
export function toggled(
  selected: ReadonlySet<string>,
  order: readonly string[],
  key: string,
  anchor: string,
  range: boolean,
): ReadonlySet<string> {
  const next = new Set(selected);
  const on = !selected.has(key);
  const [from, to] = [order.indexOf(anchor), order.indexOf(key)];
  const keys = range && from >= 0 && to >= 0 ? order.slice(Math.min(from, to), Math.max(from, to) + 1) : [key];
  for (const one of keys) {
    if (on || (range && from >= 0)) next.add(one);
    else next.delete(one);
  }
  return next;
}

/** The row a step away from the current one; the first where none is current. */
export function neighbourOf(order: readonly string[], key: string, step: 1 | -1): string {
  const at = order.indexOf(key);
  return order[Math.max(0, Math.min(order.length - 1, at < 0 ? 0 : at + step))] ?? '';
}
