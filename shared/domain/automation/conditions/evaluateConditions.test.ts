import { describe, expect, it } from 'vitest';
import { elapsed } from '#tests/support/elapsed.ts';
import type { Json, JsonObject } from '../../../kernel/json.ts';
import type { Comparison, ConditionGroup } from '../../../resources/automation/condition.ts';
import type { ConditionOperator } from '../../../resources/automation/condition.ts';
import { compileConditions, evaluateConditions, explainConditions } from './evaluateConditions.ts';

const is = (field: string, value: Json): Comparison => ({ type: 'comparison', field, operator: 'equals', value });
const group = (match: ConditionGroup['match'], ...conditions: ConditionGroup['conditions']): ConditionGroup => ({
  type: 'group',
  match,
  conditions,
});
const decide = (conditions: ConditionGroup, view: JsonObject) =>
  evaluateConditions(compileConditions(conditions), view);

describe('what decides a group', () => {
  const view: JsonObject = { event: { data: { plan: 'gold', seats: 12, city: 'Lyon' } }, now: '2026-03-10T12:00:00Z' };
  const gold = is('event.data.plan', 'gold');
  const few = is('event.data.seats', 3);
  const paris = is('event.data.city', 'Paris');

  it('an `and` is decided by the first condition that fails', () => {
    const result = decide(group('and', gold, few, paris), view);
    expect(result).toEqual({
      holds: false,
      decidedBy: {
        type: 'comparison',
        path: 'conditions.1',
        field: 'event.data.seats',
        operator: 'equals',
        actual: 12,
        expected: 3,
        holds: false,
      },
    });
  });

  it('an `or` by the first that holds, and by the first of all when none does', () => {
    expect(decide(group('or', few, gold), view)).toMatchObject({ holds: true, decidedBy: { path: 'conditions.1' } });
    expect(decide(group('or', few, paris), view)).toMatchObject({ holds: false, decidedBy: { path: 'conditions.0' } });
  });

  it('a `not` holds when none of its conditions does', () => {
    expect(decide(group('not', few, paris), view)).toMatchObject({ holds: true, decidedBy: { path: 'conditions.0' } });
    expect(decide(group('not', few, gold), view)).toMatchObject({ holds: false, decidedBy: { path: 'conditions.1' } });
  });

  it('an empty group holds, whatever it is, and nothing decided it', () => {
    for (const match of ['and', 'or', 'not'] as const)
      expect(decide(group(match), view)).toEqual({ holds: true, decidedBy: undefined });
  });

  it('the path leads to the comparison through all groups', () => {
    const nested = group('and', gold, group('or', few, group('not', paris, gold)));
    expect(decide(nested, view)).toMatchObject({ holds: false, decidedBy: { path: 'conditions.1.conditions.0' } });
  });

  it('the explanation shows also what did not matter any more', () => {
    const nested = group('and', few, group('or', gold, paris));
    const explanation = explainConditions(compileConditions(nested), view);
    expect(explanation.holds).toBe(false);
    expect(explanation.decidedBy?.path).toBe('conditions.0');
    expect(explanation.tree).toMatchObject({
      type: 'group',
      path: '',
      match: 'and',
      holds: false,
      conditions: [
        { path: 'conditions.0', holds: false, actual: 12 },
        {
          type: 'group',
          path: 'conditions.1',
          match: 'or',
          holds: true,
          conditions: [
            { path: 'conditions.1.conditions.0', holds: true, actual: 'gold', expected: 'gold' },
            { path: 'conditions.1.conditions.1', holds: false, actual: 'Lyon', expected: 'Paris' },
          ],
        },
      ],
    });
  });

  it('a comparison with another field names it and shows what it holds', () => {
    const other: Comparison = {
      type: 'comparison',
      field: 'event.data.seats',
      operator: 'greater_than',
      value: 'tenant.seats',
      valueSource: 'field',
    };
    const result = decide(group('and', other), { ...view, tenant: { seats: 10 } });
    expect(result).toMatchObject({
      holds: true,
      decidedBy: { actual: 12, expected: 10, expectedField: 'tenant.seats' },
    });
  });
});

describe('changes of the record (SPEC C7)', () => {
  const change = (operator: ConditionOperator, field: string, value?: Json): ConditionGroup =>
    group('and', { type: 'comparison', field, operator, ...(value === undefined ? {} : { value }) });
  const view = (before: Json, record: Json): JsonObject => ({ before, record, now: '2026-03-10T12:00:00Z' });
  const silver = { id: 'a', plan: 'silver', body: { plan: 'silver' } };
  const gold = { id: 'a', plan: 'gold', body: { plan: 'gold' } };

  it.each(['record.plan', 'record.body.plan'])('%s', (field) => {
    expect(decide(change('changed', field), view(silver, gold)).holds).toBe(true);
    expect(decide(change('changed', field), view(gold, gold)).holds).toBe(false);
    expect(decide(change('changed_to', field, 'gold'), view(silver, gold)).holds).toBe(true);
    expect(decide(change('changed_to', field, 'silver'), view(silver, gold)).holds).toBe(false);
    expect(decide(change('changed_to', field, 'gold'), view(gold, gold)).holds).toBe(false);
    expect(decide(change('changed_from', field, 'silver'), view(silver, gold)).holds).toBe(true);
    expect(decide(change('changed_from', field, 'gold'), view(silver, gold)).holds).toBe(false);
    expect(decide(change('changed_from', field, 'gold'), view(gold, gold)).holds).toBe(false);
  });

  it('a field that came or went has changed; empty to empty has not', () => {
    expect(decide(change('changed', 'record.note'), view(silver, { ...silver, note: 'x' })).holds).toBe(true);
    expect(decide(change('changed_from', 'record.note', ''), view(silver, { ...silver, note: 'x' })).holds).toBe(true);
    expect(decide(change('changed', 'record.note'), view(silver, { ...silver, note: '' })).holds).toBe(false);
  });

  it('shows what was there before', () => {
    const result = decide(change('changed_to', 'record.plan', 'gold'), view(silver, gold));
    expect(result.decidedBy).toMatchObject({ previous: 'silver', actual: 'gold', expected: 'gold' });
  });

  it.each([
    ['created', null, gold],
    ['deleted', silver, null],
    ['no record', null, null],
  ])('what was %s did not change', (_name, before, record) => {
    for (const operator of ['changed', 'changed_to', 'changed_from'] as const)
      expect(decide(change(operator, 'record.plan', 'gold'), view(before, record))).toMatchObject({
        holds: false,
        decidedBy: { reason: 'no_change_known' },
      });
  });

  it("a field that is not the record's never changed", () => {
    const result = decide(change('changed', 'event.data.plan'), view(silver, gold));
    expect(result).toMatchObject({ holds: false, decidedBy: { reason: 'no_change_known' } });
  });
});

describe('fields', () => {
  it.each(['__proto__.polluted', 'constructor.name', 'event.data.toString', 'event.data.list.length'])(
    '%s is missing, whatever prototypes lend',
    (field) => {
      const empty: Comparison = { type: 'comparison', field, operator: 'is_empty' };
      expect(decide(group('and', empty), { event: { data: { list: [1] } } }).holds).toBe(true);
    },
  );
});

describe('regular expressions are bounded for all conditions together (SPEC C6)', () => {
  const view: JsonObject = { event: { data: { text: 'ab'.repeat(2000) } } };
  const bomb: Comparison = {
    type: 'comparison',
    field: 'event.data.text',
    operator: 'matches',
    value: '[ab]*a[ab]{400}$x',
  };

  it('500 of them end, those beyond the bound with a reason, and the explanation says the same', () => {
    const conditions = compileConditions(group('or', ...Array.from({ length: 500 }, () => bomb)));
    const { value: plain, milliseconds } = elapsed(() => evaluateConditions(conditions, view));
    expect(plain.holds).toBe(false);
    expect(milliseconds).toBeLessThan(250);
    const explanation = explainConditions(conditions, view);
    expect(explanation.holds).toBe(plain.holds);
    expect(explanation.tree.conditions.at(-1)).toMatchObject({ holds: false, reason: 'text_too_long' });
  });
});
