import type { SeededRandom } from '#server/features/demo/seededRandom.ts';
import type { Json } from '#shared/kernel/json.ts';
import { isJsonObject } from '#shared/kernel/json.ts';

/** Values at which programs stumble. */
export const oddValues: readonly Json[] = [
  null,
  true,
  0,
  -1,
  0.5,
  1e308,
  2 ** 53,
  -(2 ** 63),
  '',
  ' ',
  '__proto__',
  'constructor',
  '\u0000',
  '\ud800',
  '‮',
  '../../etc/passwd',
  "' OR 1=1 --",
  '{{7*7}}',
  '2026-13-45T99:00:00Z',
  '9999-12-31T23:59:59-23:59',
  'x'.repeat(9000),
  [],
  [[[]]],
  {},
  { toString: null },
  JSON.parse('{"__proto__": {"polluted": true}, "constructor": {"prototype": {"polluted": true}}}') as Json,
];

/** A copy with one to three things wrong somewhere in it: a value replaced, a key missing, doubled, renamed or added. */
export function mutate(random: SeededRandom, value: Json): Json {
  let result = structuredClone(value);
  for (let times = random.integer(1, 3); times > 0; times -= 1) result = mutateOnce(random, result);
  return result;
}

function mutateOnce(random: SeededRandom, value: Json): Json {
  if (random.chance(0.1)) return random.pick(oddValues);
  if (Array.isArray(value)) {
    if (value.length === 0 || random.chance(0.2)) return [...value, random.pick(oddValues)];
    const index = random.integer(0, value.length - 1);
    if (random.chance(0.1)) return [...value, ...value];
    return value.map((item, at) => (at === index ? mutateOnce(random, item) : item));
  }
  if (!isJsonObject(value)) return random.chance(0.3) ? nudge(random, value) : random.pick(oddValues);
  const keys = Object.keys(value);
  const key = keys.length === 0 ? 'extra' : random.pick(keys);
  if (random.chance(0.12)) return Object.fromEntries(Object.entries(value).filter(([name]) => name !== key));
  if (random.chance(0.08))
    return { ...value, [random.pick(['extra', '__proto__', 'id', 'constructor'])]: random.pick(oddValues) };
  const inner = value[key];
  return { ...value, [key]: inner === undefined ? random.pick(oddValues) : mutateOnce(random, inner) };
}

/** A value close to the one it was. */
function nudge(random: SeededRandom, value: Json): Json {
  if (typeof value === 'number') return value + random.pick([1, -1, 0.5, 1e6]);
  if (typeof value === 'boolean') return !value;
  if (typeof value !== 'string') return random.pick(oddValues);
  const at = random.integer(0, value.length);
  return (
    value.slice(0, at) + random.pick(['x', ' ', '\n', 'é', '𝔘', '%', '0']) + value.slice(at + random.integer(0, 1))
  );
}
