import type { RandomBytes } from '#shared/kernel/sources.ts';

/** Chance that repeats: every answer follows from the seed and the questions before it. */
export interface SeededRandom {
  /** From 0 up to, not including, 1. */
  fraction: () => number;
  /** A whole number from `low` to `high`, both included. */
  integer: (low: number, high: number) => number;
  chance: (probability: number) => boolean;
  pick: <Item>(items: readonly Item[]) => Item;
  weighted: <Item extends string>(weights: Readonly<Record<Item, number>>) => Item;
  bytes: RandomBytes;
  hex: (digits: number) => string;
}

/** sfc32 by Chris Doty-Humphrey (PractRand, public domain), seeded with the words of the golden ratio. */
export function createSeededRandom(seed: number): SeededRandom {
  let [a, b, c, d] = [0x9e3779b9, 0x243f6a88, seed | 0, 1];
  const word = () => {
    const sum = (((a + b) | 0) + d) | 0;
    d = (d + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = ((c << 21) | (c >>> 11)) + sum;
    c |= 0;
    return sum >>> 0;
  };
  for (let round = 0; round < 15; round += 1) word();
  const fraction = () => word() / 0x1_0000_0000;
  const integer = (low: number, high: number) => low + Math.floor(fraction() * (high - low + 1));
  return {
    fraction,
    integer,
    chance: (probability) => fraction() < probability,
    pick: (items) => {
      const item = items[Math.floor(fraction() * items.length)];
      if (item === undefined) throw new Error('picked from an empty list of demo data');
      return item;
    },
    weighted: <Item extends string>(weights: Readonly<Record<Item, number>>) => {
      const entries = Object.entries(weights) as [Item, number][];
      let left = fraction() * entries.reduce((sum, [, weight]) => sum + weight, 0);
      for (const [item, weight] of entries) {
        left -= weight;
        if (left < 0) return item;
      }
      throw new Error('weighted choice without weights');
    },
    bytes: (length) => {
      const bytes = new Uint8Array(length);
      for (let index = 0; index < length; index += 4) {
        const four = word();
        for (let offset = 0; offset < 4 && index + offset < length; offset += 1)
          bytes[index + offset] = four >>> (offset * 8);
      }
      return bytes;
    },
    hex: (digits) => {
      let text = '';
      while (text.length < digits) text += word().toString(16).padStart(8, '0');
      return text.slice(0, digits);
    },
  };
}
