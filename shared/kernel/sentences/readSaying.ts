import type { Problem } from '../errors.ts';
import { isJsonObject } from '../json.ts';
import type { SaidValue, Saying } from './sentence.ts';

/** Sayings inside sayings; more is not read. */
const deepest = 4;

/** What a problem says beside its English message; undefined where it says nothing else, or nothing that can be read. */
export function sayingOf({ details }: Problem): Saying | undefined {
  return isJsonObject(details) ? readSaying(details['says'], deepest) : undefined;
}

function readSaying(given: unknown, levels: number): Saying | undefined {
  if (levels === 0 || !isJsonObject(given) || typeof given['key'] !== 'string') return undefined;
  const { key, values } = given;
  if (!isJsonObject(values)) return { key };
  const read = Object.entries(values).flatMap(([name, value]) => {
    const known = readValue(value, levels - 1);
    return known === undefined ? [] : [[name, known] as const];
  });
  return { key, values: Object.fromEntries(read) };
}

function readValue(given: unknown, levels: number): SaidValue | undefined {
  if (typeof given === 'string' || typeof given === 'number') return given;
  if (Array.isArray(given)) return given.filter((one) => typeof one === 'string');
  return readSaying(given, levels);
}
