export interface Random {
  /** A whole number from 0 to below the bound. */
  below: (bound: number) => number;
  pick: <Item>(items: readonly Item[]) => Item;
}

/** mulberry32. */
export function seededRandom(seed: number): Random {
  let state = seed >>> 0;
  const below = (bound: number) => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) % bound;
  };
  return { below, pick: (items) => items[below(items.length)] as (typeof items)[number] };
}

/** A copy in which one bit of one text, one number or one truth value is another. */
export function flipSomewhere(value: unknown, random: Random): unknown {
  const places: (string | number)[][] = [];
  const walk = (at: unknown, path: (string | number)[]) => {
    if (typeof at === 'object' && at !== null)
      for (const [key, inner] of Object.entries(at)) walk(inner, [...path, key]);
    else if (at !== '' && at !== null) places.push(path);
  };
  walk(value, []);
  const target = random.pick(places);
  const change = (at: unknown, [key, ...rest]: (string | number)[]): unknown => {
    if (key !== undefined) {
      const copy = Array.isArray(at) ? [...at] : { ...(at as object) };
      Object.assign(copy, { [key]: change((at as Record<string, unknown>)[key], rest) });
      return copy;
    }
    if (typeof at === 'boolean') return !at;
    if (typeof at === 'number') return at ^ (1 << random.below(5));
    const text = String(at);
    const place = random.below(text.length);
    return (
      text.slice(0, place) +
      String.fromCharCode(text.charCodeAt(place) ^ (1 << random.below(7))) +
      text.slice(place + 1)
    );
  };
  return change(value, target);
}
