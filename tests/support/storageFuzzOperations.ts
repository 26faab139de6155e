import type { Json } from '#shared/kernel/json.ts';
import type { SeededRandom } from '#server/features/demo/seededRandom.ts';
import type { Sample, SampleQuery } from './storageSample.ts';

/** A row of a write by what it means, so that an operation list stays meaningful when parts of it are left out. */
export interface FuzzRow {
  body: Sample;
  /** On the stored revision, on another one, or on none at all. */
  on: 'stored' | 'stale' | 'nothing';
  deleted: boolean;
}

export type FuzzOperation =
  | { type: 'write'; rows: FuzzRow[] }
  | { type: 'find'; ids: string[]; withDeleted: boolean }
  /** `partOrder`: RxDB's comparator calls different values equal there, so that it leaves their order open. */
  | { type: 'query'; query: SampleQuery; partOrder: boolean };

const texts = [
  'a',
  'A',
  'ab',
  'aB',
  'b',
  'zz',
  'Zebra',
  'ä',
  'a%b',
  'a_b',
  'a\\b',
  "o'k",
  '',
  '10',
  '9',
  'é',
  'e\u0301',
].concat(['日本', 'x"y', '😀', 'ﬀ', 'ＡＢ', '\u0000', 'a\u0000b', 'true', 'null', ' ', '\n', 'ß', 'İ']);
/** Texts that are sorted: without the few that SQLite orders otherwise (S11). */
const sortedTexts = texts.filter((text) => !/[\u{e000}-\u{ffff}]/u.test(text) && !text.includes('\u0000'));
/** For the indexed field: RxDB's storage in memory pads with spaces, so that control characters come before ''. */
const names = sortedTexts.filter((text) => text.split('').every((letter) => letter > ' '));
const numbers = [0, 1, 2, 3, -1, -2.5, 0.5, 0.1 + 0.2, 1e21, -1e-7, 123456789.123, Number.MAX_SAFE_INTEGER];
const ids = Array.from({ length: 40 }, (_, index) => `id-${String(index).padStart(2, '0')}`);
const sorts = ['id', 'name', 'amount', 'active', 'note', 'ratio', 'maybe', 'nested.word', 'nested.count'].concat([
  'nested.deep.flag',
  'tags',
  'marks',
  'items',
  'loose',
  '_meta.lwt',
  'nested',
  'absent',
]);

const some = <Value>(random: SeededRandom, most: number, make: () => Value): Value[] =>
  Array.from({ length: random.integer(0, most) }, make);
const amount = (random: SeededRandom) => random.integer(-400, 400) / 4;
const loose = (random: SeededRandom): Json =>
  random.pick<Json>([1, 'x', '1', true, false, null, {}, { q: 1 }, { q: null }, [], [1], ['x', 1], [[1]], 2.5]);

function body(random: SeededRandom): Sample {
  const made: Sample = {
    id: random.pick(ids),
    name: random.pick(names),
    amount: amount(random),
    active: random.chance(0.5),
  };
  if (random.chance(0.6)) made.note = random.pick(sortedTexts);
  if (random.chance(0.6)) made.ratio = random.chance(0.3) ? random.fraction() * 1000 - 500 : random.pick(numbers);
  if (random.chance(0.6)) made.maybe = random.chance(0.4) ? null : random.pick(sortedTexts);
  if (random.chance(0.5)) made.tags = some(random, 3, () => random.pick(texts));
  if (random.chance(0.4)) made.marks = some(random, 3, () => random.pick(numbers));
  if (random.chance(0.4))
    made.items = some(random, 2, () => ({ key: random.pick(texts), value: random.integer(0, 3) }));
  if (random.chance(0.5)) made.loose = loose(random);
  if (random.chance(0.7)) {
    made.nested = {};
    if (random.chance(0.8)) made.nested.word = random.pick(sortedTexts);
    if (random.chance(0.8)) made.nested.count = random.integer(-2, 4);
    if (random.chance(0.5)) made.nested.deep = random.chance(0.8) ? { flag: random.chance(0.5) } : {};
  }
  return made;
}

/** Values to compare a path with; now and then of another type than it holds. */
const values: Readonly<Record<string, (random: SeededRandom) => Json>> = {
  id: (random) => random.pick(ids),
  name: (random) => random.pick(names),
  amount,
  active: (random) => random.chance(0.5),
  note: (random) => random.pick(texts),
  ratio: (random) => random.pick(numbers),
  maybe: (random) => (random.chance(0.3) ? null : random.pick(texts)),
  'nested.word': (random) => random.pick(texts),
  'nested.count': (random) => random.integer(-2, 4),
  'nested.deep.flag': (random) => random.chance(0.5),
  tags: (random) => (random.chance(0.2) ? some(random, 2, () => random.pick(texts)) : random.pick(texts)),
  marks: (random) => random.pick(numbers),
  'items.key': (random) => random.pick(texts),
  'items.value': (random) => random.integer(0, 3),
  'tags.0': (random) => random.pick(texts),
  loose,
  'loose.q': loose,
  absent: loose,
};
const paths = Object.keys(values);

function valueFor(random: SeededRandom, path: string): Json {
  return random.chance(0.06) ? loose(random) : (values[path] ?? loose)(random);
}

const escaped = (text: string) => text.replaceAll(/[\\^$.*+?()[\]{}|]/g, '\\$&');

function operator(random: SeededRandom, path: string, depth: number): Record<string, Json> {
  const value = () => valueFor(random, path);
  const list = () => [value(), ...some(random, 2, value)];
  const pattern = () => `${random.pick(['', '^'])}${escaped(random.pick(texts))}${random.pick(['', '$'])}`;
  const kind = random.weighted({ compare: 10, list: 3, exists: 2, regex: 2, elements: 1, size: 1, not: 2, mod: 1 });
  switch (kind) {
    case 'compare':
      return { [random.pick(['$eq', '$ne', '$gt', '$gte', '$lt', '$lte'])]: value() };
    case 'list':
      return { [random.pick(['$in', '$nin'])]: random.chance(0.05) ? [] : list() };
    case 'exists':
      return { $exists: random.chance(0.5) };
    case 'regex':
      return random.chance(0.5) ? { $regex: pattern() } : { $regex: pattern(), $options: 'i' };
    case 'elements':
      return { $elemMatch: path === 'items.key' ? { key: value() } : operator(random, path, depth + 1) };
    case 'size':
      return { $size: random.integer(0, 3) };
    case 'not':
      return { $not: depth < 2 ? operator(random, path, depth + 1) : { $eq: value() } };
    case 'mod':
      return { $mod: [random.integer(1, 3), random.integer(0, 2)] };
  }
}

function selector(random: SeededRandom, depth = 0): Record<string, Json> {
  const made: Record<string, Json> = {};
  const conditions = random.integer(depth === 0 ? 0 : 1, 2);
  for (let count = 0; count < conditions; count += 1) {
    const path = random.pick(paths);
    made[path] = operator(random, path, 0);
    if (random.chance(0.15))
      Object.assign(made[path] as object, { [random.pick(['$gt', '$lte'])]: valueFor(random, path) });
  }
  if (depth < 2 && random.chance(0.3))
    made[random.pick(['$or', '$and', '$nor'])] = [selector(random, depth + 1), selector(random, depth + 1)];
  return made;
}

const openOrder = new Set(['maybe', 'tags', 'marks', 'items', 'loose', 'nested']);

function query(random: SeededRandom): FuzzOperation {
  const made: SampleQuery = { selector: selector(random) };
  if (random.chance(0.8))
    made.sort = [
      ...new Set([random.pick(sorts), random.pick(sorts), random.pick(sorts)].slice(random.integer(0, 2))),
    ].map((path) => ({ [path]: random.pick(['asc', 'desc']) }) as never);
  const partOrder = (made.sort ?? []).some((part) => openOrder.has(Object.keys(part)[0] ?? ''));
  if (!partOrder && random.chance(0.3)) made.limit = random.integer(0, 12);
  if (!partOrder && random.chance(0.25)) made.skip = random.integer(0, 8);
  return { type: 'query', query: made, partOrder };
}

function write(random: SeededRandom): FuzzOperation {
  const rows = new Map<string, FuzzRow>();
  for (let count = random.integer(1, 6); count > 0; count -= 1) {
    const made = body(random);
    const on = random.weighted({ stored: 8, stale: 1, nothing: 1 });
    rows.set(made.id, { body: made, on, deleted: random.chance(0.15) });
  }
  return { type: 'write', rows: [...rows.values()] };
}

/** A random operation; the same random numbers make the same one. */
export function fuzzOperation(random: SeededRandom): FuzzOperation {
  const type = random.weighted({ write: 3, query: 14, find: 1 });
  if (type === 'write') return write(random);
  if (type === 'query') return query(random);
  return { type, ids: some(random, 6, () => random.pick([...ids, 'nobody'])), withDeleted: random.chance(0.5) };
}
