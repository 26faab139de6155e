import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Json, JsonObject } from '../../../kernel/json.ts';
import { conditionOperators } from '../../../resources/automation/condition.ts';
import type { Comparison, ConditionGroup, ConditionOperator } from '../../../resources/automation/condition.ts';
import { orderOf, sameValue } from './compareValues.ts';
import type { ComparisonResult, GroupExplanation } from './conditionResult.ts';
import { compileConditions, conditionsHold, evaluateConditions, explainConditions } from './evaluateConditions.ts';

const seed = 20_260_310;
const runs = 1500;

const scalar = fc.oneof(
  fc.constantFrom<Json>(null, '', 0, 1, '1', '01', true, false, 'a', 'b', '10', '9', 'é', 'e\u0301'),
  fc.constantFrom<Json>('2026-03-10', '2026-03-10T00:00:00Z', '2026-03-10T02:00:00+02:00', '2026-02-30', '(a+)+$', '['),
  fc.double({ noNaN: true }).map((number): Json => number),
  fc.string({ unit: 'binary', maxLength: 12 }).map((text): Json => text),
);
const value: fc.Arbitrary<Json> = fc.oneof(
  { weight: 4, arbitrary: scalar },
  { weight: 1, arbitrary: fc.array(scalar, { maxLength: 3 }) },
  { weight: 1, arbitrary: fc.dictionary(fc.constantFrom('a', 'b', '__proto__', 'unit', 'amount'), scalar) },
  { weight: 1, arbitrary: fc.jsonValue({ maxDepth: 3 }).map((json) => json as Json) },
);
const field = fc.constantFrom('event.data.a', 'event.data.b', 'record.a', 'record.b', 'before.a', 'vars.0', 'nowhere');
const comparison: fc.Arbitrary<Comparison> = fc.oneof(
  fc.record({
    type: fc.constant('comparison' as const),
    field,
    operator: fc.constantFrom(...conditionOperators),
    value,
  }),
  fc.record({
    type: fc.constant('comparison' as const),
    field,
    operator: fc.constantFrom(...conditionOperators),
    value: field,
    valueSource: fc.constant('field' as const),
  }),
);
const { group } = fc.letrec<{ group: ConditionGroup; condition: ConditionGroup | Comparison }>((tie) => ({
  group: fc.record({
    type: fc.constant('group' as const),
    match: fc.constantFrom('and' as const, 'or' as const, 'not' as const),
    conditions: fc.array(tie('condition'), { maxLength: 4 }),
  }),
  condition: fc.oneof({ maxDepth: 4, withCrossShrink: true }, comparison, tie('group')),
}));
const fields = fc.dictionary(fc.constantFrom('a', 'b'), value);
const view: fc.Arbitrary<JsonObject> = fc
  .record({
    event: fields.map((data) => ({ data })),
    record: fc.option(fields),
    before: fc.option(fields),
    vars: fc.array(value, { maxLength: 2 }),
    now: fc.constantFrom('2026-03-10T12:00:00Z', 'never'),
  })
  .map((scope): JsonObject => scope);

const holds = (conditions: ConditionGroup | Comparison, scope: JsonObject): boolean =>
  evaluateConditions(compileConditions({ type: 'group', match: 'and', conditions: [conditions] }), scope).holds;

describe('conditions, whatever they are and whatever they meet', () => {
  it('the explanation answers the same as the plain walk (SPEC C5)', () => {
    fc.assert(
      fc.property(group, view, (conditions, scope) => {
        const compiled = compileConditions(conditions);
        const plain = evaluateConditions(compiled, scope);
        const explanation = explainConditions(compiled, scope);
        expect({ holds: explanation.holds, decidedBy: explanation.decidedBy }).toEqual(plain);
        expect(explanation.tree.holds).toBe(plain.holds);
        expect(conditionsHold(compiled, scope)).toBe(plain.holds);
        expect(holdsAsShown(explanation.tree)).toBe(plain.holds);
        expect(shownAt(explanation.tree, plain.decidedBy?.path)).toEqual(plain.decidedBy);
      }),
      { seed, numRuns: runs },
    );
  });

  it('no operator throws on any JSON', () => {
    for (const operator of conditionOperators) {
      fc.assert(
        fc.property(fc.anything({ withBigInt: false }), value, fields, (held, other, record) => {
          const one: Comparison = { type: 'comparison', field: 'record.a', operator, value: other };
          const scope: JsonObject = {
            record: { ...record, a: held as Json },
            before: record,
            now: '2026-03-10T12:00:00Z',
          };
          expect(typeof holds(one, scope)).toBe('boolean');
        }),
        { seed, numRuns: 300 },
      );
    }
  });

  const negations: [ConditionOperator, ConditionOperator][] = [
    ['equals', 'not_equals'],
    ['contains', 'not_contains'],
    ['in', 'not_in'],
    ['is_empty', 'is_not_empty'],
  ];
  it.each(negations)('%s and %s are exact opposites (SPEC C4)', (plain, negated) => {
    fc.assert(
      fc.property(comparison, view, (one, scope) => {
        expect(holds({ ...one, operator: negated }, scope)).toBe(!holds({ ...one, operator: plain }, scope));
      }),
      { seed, numRuns: runs },
    );
  });

  it('ordering: at most one of less, same and greater; what cannot be ordered is neither (SPEC C3)', () => {
    fc.assert(
      fc.property(value, value, view, (one, other, scope) => {
        const ask = (operator: ConditionOperator): boolean =>
          holds({ type: 'comparison', field: 'vars.0', operator, value: other }, { ...scope, vars: [one] });
        const [less, more] = [ask('less_than'), ask('greater_than')];
        expect(less && more).toBe(false);
        const ordered = orderOf(one, other) !== undefined;
        expect(ask('less_or_equal')).toBe(ordered && !more);
        expect(ask('greater_or_equal')).toBe(ordered && !less);
        expect(ordered && !less && !more).toBe(ordered && sameValue(one, other));
      }),
      { seed, numRuns: runs },
    );
  });

  it('sameness does not depend on the side', () => {
    fc.assert(
      fc.property(value, value, (one, other) => {
        expect(sameValue(one, other)).toBe(sameValue(other, one));
        expect(sameValue(one, structuredClone(one))).toBe(true);
        const order = orderOf(one, other);
        const reverse = orderOf(other, one);
        expect(order === undefined).toBe(reverse === undefined);
        expect(Math.sign(order ?? 0) + Math.sign(reverse ?? 0)).toBe(0);
      }),
      { seed, numRuns: runs },
    );
  });

  it('the laws of and, or and not', () => {
    const full = fc.array(comparison, { minLength: 1, maxLength: 4 });
    fc.assert(
      fc.property(full, view, (conditions, scope) => {
        const of = (match: ConditionGroup['match'], list: ConditionGroup['conditions']): ConditionGroup => ({
          type: 'group',
          match,
          conditions: list,
        });
        const not = (condition: ConditionGroup | Comparison): ConditionGroup => of('not', [condition]);
        const answers = conditions.map((one) => holds(one, scope));
        expect(holds(of('and', conditions), scope)).toBe(answers.every(Boolean));
        expect(holds(of('or', conditions), scope)).toBe(answers.some(Boolean));
        expect(holds(of('not', conditions), scope)).toBe(!answers.some(Boolean));
        expect(holds(not(of('or', conditions)), scope)).toBe(holds(of('and', conditions.map(not)), scope));
        expect(holds(not(of('and', conditions)), scope)).toBe(holds(of('or', conditions.map(not)), scope));
        expect(holds(of('and', [...conditions].reverse()), scope)).toBe(answers.every(Boolean));
      }),
      { seed, numRuns: runs },
    );
  });

  it('values nested deeper than any stack compare all the same', () => {
    const deep = (innermost: Json): Json => {
      let made: Json = innermost;
      for (let level = 0; level < 200_000; level++) made = [made];
      return made;
    };
    expect(sameValue(deep(1), deep('1'))).toBe(true);
    expect(sameValue(deep(1), deep(2))).toBe(false);
  });
});

/** What a tree's results say, put together by hand. */
function holdsAsShown(tree: GroupExplanation): boolean {
  const answers = tree.conditions.map((one) => (one.type === 'group' ? holdsAsShown(one) : one.holds));
  if (answers.length === 0) return true;
  return tree.match === 'and' ? answers.every(Boolean) : answers.some(Boolean) === (tree.match === 'or');
}

function shownAt(tree: GroupExplanation, path: string | undefined): ComparisonResult | undefined {
  for (const condition of tree.conditions) {
    if (condition.path === path && condition.type === 'comparison') return condition;
    const inner = condition.type === 'group' ? shownAt(condition, path) : undefined;
    if (inner) return inner;
  }
  return undefined;
}
