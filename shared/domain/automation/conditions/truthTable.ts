import type { Json } from '../../../kernel/json.ts';
import type { ConditionOperator } from '../../../resources/automation/condition.ts';
import type { ComparisonReason } from './conditionResult.ts';

/** Stands for a field that is not there. */
export const missing = { missing: true } as const;
export type Held = Json | typeof missing;

/** What the field holds, what it is compared with, what comes of it, and why where a reason is given. */
export type Row = [actual: Held, expected: Json | undefined, holds: boolean, reason?: ComparisonReason];

/** When the tables are read. */
export const now = '2026-03-10T12:00:00Z';

const tea = '2026-03-10T11:30:00Z';
const [composed, decomposed] = ['Andr\u00e9', 'Andre\u0301'];

const same: Row[] = [
  // empty values
  [missing, null, true],
  [missing, '', true],
  [missing, [], true],
  [null, {}, true],
  ['', [], true],
  [missing, undefined, true],
  [0, '', false],
  [0, null, false],
  [false, null, false],
  [false, '', false],
  [' ', '', false],
  [[null], [], false],
  // numbers
  [7, 7, true],
  [7, 8, false],
  [0, -0, true],
  [7, '7', true],
  ['7', 7, true],
  [7, '7.0', true],
  [7, '7e0', true],
  [7, '+7', true],
  [7, '007', true],
  [0.5, '.5', true],
  [-3, '-3', true],
  [7, ' 7', false],
  [7, '7 ', false],
  [7, '7,0', false],
  [1000, '1,000', false],
  [16, '0x10', false],
  [7, 'seven', false],
  [0, 'Infinity', false],
  [1, true, false],
  [0, false, false],
  [2026, '2026-01-01', false],
  // texts
  ['gold', 'gold', true],
  ['gold', 'Gold', false],
  ['gold', 'gold ', false],
  ['7', '7.0', false],
  [composed, decomposed, true],
  [composed, 'Andre', false],
  ['مرحبا', 'مرحبا', true],
  ['true', true, false],
  ['null', null, false],
  // instants and days
  [tea, '2026-03-10T12:30:00+01:00', true],
  [tea, '2026-03-10T11:30', true],
  [tea, '2026-03-10T11:30:00.000Z', true],
  [tea, '2026-03-10T11:30:00.001Z', false],
  ['2026-03-10', '2026-03-10T00:00:00Z', true],
  ['2026-03-10', '2026-03-10T00:00:00-05:00', false],
  ['2026-03-10', '2026-03-10', true],
  ['2026-02-30', '2026-03-02', false],
  // booleans
  [true, true, true],
  [true, false, false],
  [false, false, true],
  [true, 1, false],
  // lists
  [['a', 'b'], ['a', 'b'], true],
  [['a', 'b'], ['b', 'a'], false],
  [['a'], ['a', 'b'], false],
  [[1, '2'], ['1', 2], true],
  [[[]], [''], true],
  [['a'], 'a', false],
  [[], '', true],
  // objects
  [{ a: 1 }, { a: '1' }, true],
  [{ a: 1 }, { a: 1, b: null }, true],
  [{ a: 1 }, { a: 1, b: 0 }, false],
  [{ a: { b: ['x'] } }, { a: { b: ['x'] } }, true],
  [{ a: 1 }, [1], false],
  [{ a: 1 }, '[object Object]', false],
];

/** For `greater_than`: ascending pairs, then what cannot be ordered. */
const ascending: [Json, Json][] = [
  [1, 2],
  [-1, 0],
  [9, '10'],
  ['9', 10],
  [0.1, 0.2],
  ['a', 'b'],
  ['Z', 'a'],
  ['10', '9'],
  ['gold', 'golden'],
  ['2026-03-10', '2026-03-10T00:00:01Z'],
  ['2026-03-10T12:00:00+02:00', '2026-03-10T11:00:00Z'],
  ['2026-03-10T23:00:00-05:00', '2026-03-11T05:00:00Z'],
];
const equalPairs: [Json, Json][] = [
  [2, 2],
  [2, '2.0'],
  ['b', 'b'],
  [composed, decomposed],
  [tea, '2026-03-10T12:30:00+01:00'],
];
const unordered: Row[] = [
  [missing, 5, false],
  [null, 5, false],
  ['', 'a', false],
  [[], 1, false],
  [5, null, false, 'not_comparable'],
  ['a', '', false, 'not_comparable'],
  [5, 'five', false, 'not_comparable'],
  ['five', 5, false, 'not_comparable'],
  [true, false, false, 'not_comparable'],
  [1, true, false, 'not_comparable'],
  [[1], [2], false, 'not_comparable'],
  [{ a: 1 }, { a: 2 }, false, 'not_comparable'],
  [[5], 1, false, 'not_comparable'],
];
const rows = (pairs: [Json, Json][], holds: boolean): Row[] => pairs.map(([one, other]) => [one, other, holds]);
const swapped = (pairs: [Json, Json][]): [Json, Json][] => pairs.map(([one, other]) => [other, one]);

const contains: Row[] = [
  ['the gold plan', 'gold', true],
  ['the gold plan', 'Gold', false],
  ['gold', 'gold', true],
  [composed, '\u00e9', true],
  [composed, 'e\u0301', true],
  [composed, 'e', false],
  ['a7', 7, false, 'bad_value'],
  [['vip', 'new'], 'vip', true],
  [['vip', 'new'], 'vi', false],
  [[1, 2], '2', true],
  [[['a']], ['a'], true],
  [['a', 'b'], ['a', 'b'], false],
  [['2026-03-10'], '2026-03-10T00:00:00Z', true],
  [[], 'a', false],
  ['', 'a', false],
  [missing, 'a', false],
  [null, 'a', false],
  ['text', '', false, 'bad_value'],
  [['', 'a'], '', false, 'bad_value'],
  ['text', undefined, false, 'bad_value'],
  [12, '1', false, 'wrong_type'],
  [true, 'true', false, 'wrong_type'],
  [{ a: 1 }, 'a', false, 'wrong_type'],
];

const isIn: Row[] = [
  ['gold', ['silver', 'gold'], true],
  ['Gold', ['silver', 'gold'], false],
  [7, ['7', '8'], true],
  ['7', [7, 8], true],
  [true, [true], true],
  [true, ['true', 1], false],
  [['a'], [['a'], ['b']], true],
  [missing, ['', 'a'], true],
  [missing, ['a'], false],
  ['2026-03-10', ['2026-03-10T00:00:00Z'], true],
  ['gold', [], false],
  ['gold', 'gold', false, 'bad_value'],
  ['gold', undefined, false, 'bad_value'],
  ['gold', { gold: true }, false, 'bad_value'],
];

const empty: Row[] = [
  [missing, undefined, true],
  [null, undefined, true],
  ['', undefined, true],
  [[], undefined, true],
  [{}, undefined, true],
  [0, undefined, false],
  [false, undefined, false],
  [' ', undefined, false],
  [[null], undefined, false],
  [{ a: null }, undefined, false],
  ['0', undefined, false],
];

const notTexts: Row[] = [
  [missing, 'a', false],
  ['', 'a', false],
  [12, '1', false, 'wrong_type'],
  [['a'], 'a', false, 'wrong_type'],
  [{ a: 1 }, 'a', false, 'wrong_type'],
  [true, 't', false, 'wrong_type'],
];

const notInstants: Row[] = [
  [missing, tea, false],
  ['', tea, false],
  ['yesterday', tea, false, 'wrong_type'],
  [1_773_000_000_000, tea, false, 'wrong_type'],
  [true, tea, false, 'wrong_type'],
  ['2026-02-30', tea, false, 'wrong_type'],
  [tea, 'tomorrow', false, 'bad_value'],
  [tea, undefined, false, 'bad_value'],
  [tea, 5, false, 'bad_value'],
];

const opposite = (table: Row[]): Row[] =>
  table.map(([actual, expected, holds, reason]) =>
    reason ? [actual, expected, !holds, reason] : [actual, expected, !holds],
  );

/** Every operator that looks at one field. Those that look at a change have their own scenarios. */
export const truthTable: Partial<Record<ConditionOperator, Row[]>> = {
  equals: same,
  not_equals: opposite(same),
  greater_than: [
    ...rows(swapped(ascending), true),
    ...rows(ascending, false),
    ...rows(equalPairs, false),
    ...unordered,
  ],
  greater_or_equal: [
    ...rows(swapped(ascending), true),
    ...rows(ascending, false),
    ...rows(equalPairs, true),
    ...unordered,
  ],
  less_than: [...rows(ascending, true), ...rows(swapped(ascending), false), ...rows(equalPairs, false), ...unordered],
  less_or_equal: [
    ...rows(ascending, true),
    ...rows(swapped(ascending), false),
    ...rows(equalPairs, true),
    ...unordered,
  ],
  between: [
    [5, [1, 10], true],
    [1, [1, 10], true],
    [10, [1, 10], true],
    [0, [1, 10], false],
    [11, [1, 10], false],
    ['5', [1, 10], true],
    [5, ['1', '10'], true],
    [5, [10, 1], false],
    ['m', ['a', 'z'], true],
    ['2026-03-10', ['2026-03-01', '2026-03-31'], true],
    ['2026-03-31T10:00:00Z', ['2026-03-01', '2026-03-31'], false],
    [missing, [1, 10], false],
    ['five', [1, 10], false, 'not_comparable'],
    [true, [false, true], false, 'not_comparable'],
    [5, [1, null], false, 'not_comparable'],
    [5, [1], false, 'bad_value'],
    [5, [1, 2, 3], false, 'bad_value'],
    [5, 5, false, 'bad_value'],
    [5, undefined, false, 'bad_value'],
  ],
  contains,
  not_contains: opposite(contains),
  starts_with: [
    ['gold plan', 'gold', true],
    ['gold plan', 'plan', false],
    ['gold plan', 'Gold', false],
    [decomposed, 'Andr\u00e9', true],
    [decomposed, 'Andre', false],
    ['gold', '', false, 'bad_value'],
    ['12', 1, false, 'bad_value'],
    ...notTexts,
  ],
  ends_with: [
    ['gold plan', 'plan', true],
    ['gold plan', 'gold', false],
    ['gold plan', 'gold plan', true],
    ['gold', '', false, 'bad_value'],
    ['gold', undefined, false, 'bad_value'],
    ...notTexts,
  ],
  matches: [
    ['INV-2026-17', '^INV-\\d{4}-\\d+$', true],
    ['xINV-2026-17', '^INV', false],
    ['an INV in it', 'INV', true],
    ['inv', '(?i)INV', true],
    ['inv', 'INV', false],
    ['two\nlines', '(?m)^lines$', true],
    ['é', '^\\p{L}$', true],
    ['', '^$', true],
    ['aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa!', '^(a+)+$', false],
    ['text', '(', false, 'bad_pattern'],
    ['text', '(?=t)', false, 'bad_pattern'],
    ['tt', '(t)\\1', false, 'bad_pattern'],
    ['text', 'x'.repeat(501), false, 'bad_pattern'],
    ['text', '', false, 'bad_value'],
    ['text', 5, false, 'bad_value'],
    ['x'.repeat(100_001), 'x', false, 'text_too_long'],
    [missing, '^$', false],
    [12, '1', false, 'wrong_type'],
    [['a'], 'a', false, 'wrong_type'],
  ],
  in: isIn,
  not_in: opposite(isIn),
  is_empty: empty,
  is_not_empty: opposite(empty),
  is_true: [
    [true, undefined, true],
    [false, undefined, false],
    [missing, undefined, false],
    [null, undefined, false],
    ['true', undefined, false, 'wrong_type'],
    [1, undefined, false, 'wrong_type'],
    [[true], undefined, false, 'wrong_type'],
  ],
  is_false: [
    [false, undefined, true],
    [true, undefined, false],
    [missing, undefined, false],
    ['', undefined, false],
    ['false', undefined, false, 'wrong_type'],
    [0, undefined, false, 'wrong_type'],
  ],
  before: [
    ['2026-03-10T11:29:59Z', tea, true],
    [tea, tea, false],
    ['2026-03-10T11:30:01Z', tea, false],
    ['2026-03-10', tea, true],
    ['2026-03-10T12:00:00+02:00', tea, true],
    ...notInstants,
  ],
  after: [
    ['2026-03-10T11:30:00.001Z', tea, true],
    [tea, tea, false],
    ['2026-03-11', tea, true],
    ['2026-03-10T06:31-05:00', tea, true],
    ...notInstants,
  ],
  within_last: [
    [tea, 30, true],
    [tea, 29, false],
    [tea, { amount: 30, unit: 'minutes' }, true],
    [tea, { amount: 0.5, unit: 'hours' }, true],
    ['2026-03-09T12:00:00Z', { amount: 1, unit: 'days' }, true],
    ['2026-03-09T11:59:59Z', { amount: 1, unit: 'days' }, false],
    ['2026-03-03', { amount: 1, unit: 'weeks' }, false],
    ['2026-03-04', { amount: 1, unit: 'weeks' }, true],
    [now, 0, true],
    ['2026-03-10T12:00:01Z', 60, false],
    [missing, 60, false],
    ['soon', 60, false, 'wrong_type'],
    [5, 60, false, 'wrong_type'],
    [tea, -1, false, 'bad_value'],
    [tea, '60', false, 'bad_value'],
    [tea, { amount: 1, unit: 'months' }, false, 'bad_value'],
    [tea, { amount: '1', unit: 'days' }, false, 'bad_value'],
    [tea, undefined, false, 'bad_value'],
  ],
};
