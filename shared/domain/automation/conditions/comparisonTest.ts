import type { Json } from '../../../kernel/json.ts';
import type { Comparison } from '../../../resources/automation/condition.ts';
import type { ScopeView } from '../scope.ts';
import { millisecondsOf } from '../values/amountOfTime.ts';
import { instantOf } from '../values/instant.ts';
import { linearPattern, longestTested } from '../values/linearPattern.ts';
import { compilePath, valueAt } from '../values/valueAt.ts';
import type { FieldPath } from '../values/valueAt.ts';
import { comparableText, isEmptyValue, orderOf, sameValue } from './compareValues.ts';
import type { ComparisonReason } from './conditionResult.ts';

/** What one comparison came to. There are few of them and they are made once, so that comparing allocates nothing. */
export interface Verdict {
  readonly holds: boolean;
  readonly reason?: ComparisonReason;
}

/** What comparisons of one evaluation share. */
export interface Evaluation {
  readonly view: ScopeView;
  /** Work that regular expressions may still do. */
  patternWork: { left: number };
}

/** `actual` is what the field holds, `expected` what it is compared with. */
export type ComparisonTest = (actual: Json | undefined, expected: Json | undefined, evaluation: Evaluation) => Verdict;

export const holds: Verdict = { holds: true };
const fails: Verdict = { holds: false };
const incomparable: Verdict = { holds: false, reason: 'not_comparable' };
const wrongType: Verdict = { holds: false, reason: 'wrong_type' };
const badValue: Verdict = { holds: false, reason: 'bad_value' };
const badPattern: Verdict = { holds: false, reason: 'bad_pattern' };
const tooLong: Verdict = { holds: false, reason: 'text_too_long' };
const noChange: Verdict = { holds: false, reason: 'no_change_known' };
const opposites = new Map<Verdict, Verdict>();

/** The test of a comparison, with all prepared that does not depend on the scope. It never throws. */
export function comparisonTest(comparison: Comparison): ComparisonTest {
  switch (comparison.operator) {
    case 'equals':
      return same;
    case 'not_equals':
      return oppositeOf(same);
    case 'greater_than':
      return ordered((order) => order > 0);
    case 'greater_or_equal':
      return ordered((order) => order >= 0);
    case 'less_than':
      return ordered((order) => order < 0);
    case 'less_or_equal':
      return ordered((order) => order <= 0);
    case 'between':
      return between;
    case 'contains':
      return contains;
    case 'not_contains':
      return oppositeOf(contains);
    case 'starts_with':
      return onTexts((text, part) => text.startsWith(part));
    case 'ends_with':
      return onTexts((text, part) => text.endsWith(part));
    case 'matches':
      return matches(comparison);
    case 'in':
      return isIn;
    case 'not_in':
      return oppositeOf(isIn);
    case 'is_empty':
      return empty;
    case 'is_not_empty':
      return oppositeOf(empty);
    case 'is_true':
      return is(true);
    case 'is_false':
      return is(false);
    case 'changed':
      return change(comparison.field, () => true);
    case 'changed_to':
      return change(comparison.field, (_before, after, expected) => sameValue(after, expected));
    case 'changed_from':
      return change(comparison.field, (before, _after, expected) => sameValue(before, expected));
    case 'before':
      return onInstants((one, other) => one < other);
    case 'after':
      return onInstants((one, other) => one > other);
    case 'within_last':
      return withinLast;
  }
}

/** Where a field of the record is read in `before`; undefined when the path is none of a record's. */
export function pathBefore(field: string): FieldPath | undefined {
  return field.startsWith('record.') ? compilePath(`before.${field.slice('record.'.length)}`) : undefined;
}

const verdict = (result: boolean): Verdict => (result ? holds : fails);

/** SPEC C4. The reason stays: it tells why the plain operator did not hold. */
function oppositeOf(test: ComparisonTest): ComparisonTest {
  return (actual, expected, evaluation) => {
    const plain = test(actual, expected, evaluation);
    if (plain === holds) return fails;
    if (plain === fails) return holds;
    let opposite = opposites.get(plain);
    if (!opposite) {
      opposite = { ...plain, holds: !plain.holds };
      opposites.set(plain, opposite);
    }
    return opposite;
  };
}

const same: ComparisonTest = (actual, expected) => verdict(sameValue(actual, expected));

const empty: ComparisonTest = (actual) => verdict(isEmptyValue(actual));

function is(expected: boolean): ComparisonTest {
  return (actual) =>
    actual === expected ? holds : typeof actual === 'boolean' || isEmptyValue(actual) ? fails : wrongType;
}

function ordered(accept: (order: number) => boolean): ComparisonTest {
  return (actual, expected) => {
    const order = orderOf(actual, expected);
    if (order !== undefined) return verdict(accept(order));
    return isEmptyValue(actual) ? fails : incomparable;
  };
}

const between: ComparisonTest = (actual, expected) => {
  if (!Array.isArray(expected) || expected.length !== 2) return badValue;
  const low = orderOf(actual, expected[0]);
  const high = orderOf(actual, expected[1]);
  if (low !== undefined && high !== undefined) return verdict(low >= 0 && high <= 0);
  return isEmptyValue(actual) ? fails : incomparable;
};

const contains: ComparisonTest = (actual, expected) => {
  if (isEmptyValue(expected)) return badValue;
  if (Array.isArray(actual)) return verdict(actual.some((item) => sameValue(item, expected)));
  if (isEmptyValue(actual)) return fails;
  if (typeof actual !== 'string') return wrongType;
  if (typeof expected !== 'string') return badValue;
  return verdict(comparableText(actual).includes(comparableText(expected)));
};

function onTexts(accept: (text: string, part: string) => boolean): ComparisonTest {
  return (actual, expected) => {
    if (typeof expected !== 'string' || expected === '') return badValue;
    if (isEmptyValue(actual)) return fails;
    if (typeof actual !== 'string') return wrongType;
    return verdict(accept(comparableText(actual), comparableText(expected)));
  };
}

function matches(comparison: Comparison): ComparisonTest {
  const known =
    comparison.valueSource !== 'field' && typeof comparison.value === 'string'
      ? linearPattern(comparison.value)
      : undefined;
  return (actual, expected, { patternWork }) => {
    if (typeof expected !== 'string' || expected === '') return badValue;
    const pattern = known ?? linearPattern(expected);
    if (!pattern.ok) return badPattern;
    if (isEmptyValue(actual) && actual !== '') return fails;
    if (typeof actual !== 'string') return wrongType;
    const work = pattern.value.workFor(actual.length);
    if (actual.length > longestTested || work > patternWork.left) return tooLong;
    patternWork.left -= work;
    return verdict(pattern.value.test(actual));
  };
}

const isIn: ComparisonTest = (actual, expected) =>
  Array.isArray(expected) ? verdict(expected.some((item) => sameValue(actual, item))) : badValue;

/** SPEC C7. Both states must be known: what was created or deleted did not change. */
function change(
  field: string,
  accept: (before: Json | undefined, after: Json | undefined, expected: Json | undefined) => boolean,
): ComparisonTest {
  const path = pathBefore(field);
  if (!path) return () => noChange;
  return (actual, expected, { view }) => {
    if (isEmptyValue(view['before']) || isEmptyValue(view['record'])) return noChange;
    const before = valueAt(view, path);
    return verdict(!sameValue(before, actual) && accept(before, actual, expected));
  };
}

function onInstants(accept: (one: number, other: number) => boolean): ComparisonTest {
  return (actual, expected) => {
    const other = instantOf(expected);
    if (other === undefined) return badValue;
    const one = instantOf(actual);
    if (one === undefined) return isEmptyValue(actual) ? fails : wrongType;
    return verdict(accept(one, other));
  };
}

const withinLast: ComparisonTest = (actual, expected, { view }) => {
  const length = millisecondsOf(expected);
  if (length === undefined) return badValue;
  const instant = instantOf(actual);
  if (instant === undefined) return isEmptyValue(actual) ? fails : wrongType;
  const now = instantOf(view['now']);
  return now === undefined ? badValue : verdict(instant <= now && instant >= now - length);
};
