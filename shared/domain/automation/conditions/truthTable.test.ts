import { describe, expect, it } from 'vitest';
import type { Json } from '../../../kernel/json.ts';
import { conditionOperators } from '../../../resources/automation/condition.ts';
import { compileConditions, evaluateConditions } from './evaluateConditions.ts';
import { missing, now, truthTable } from './truthTable.ts';

describe('the truth table of every operator', () => {
  const others = new Set(['changed', 'changed_to', 'changed_from']);
  it('names them all', () => {
    expect(Object.keys(truthTable).sort()).toEqual(conditionOperators.filter((one) => !others.has(one)).sort());
  });

  for (const operator of conditionOperators) {
    for (const [index, [actual, expected, holds, reason]] of (truthTable[operator] ?? []).entries()) {
      const data: Json = actual === missing ? {} : { field: actual };
      const name = `${short(actual === missing ? 'nothing' : actual)} ${operator} ${short(expected)}`;

      it(`${index + 1}: ${name}: ${holds}${reason ? ` (${reason})` : ''}`, () => {
        const comparison = { type: 'comparison', field: 'event.data.field', operator, value: expected } as const;
        const compiled = compileConditions({ type: 'group', match: 'and', conditions: [comparison] });
        const result = evaluateConditions(compiled, { event: { data }, now });
        expect({ holds: result.holds, reason: result.decidedBy?.reason }).toEqual({ holds, reason });
        expect(result.decidedBy?.holds).toBe(holds);
      });

      it(`${index + 1}: ${name}, the other value in a field`, () => {
        const comparison = {
          type: 'comparison',
          field: 'event.data.field',
          operator,
          value: 'vars.other',
          valueSource: 'field',
        } as const;
        const compiled = compileConditions({ type: 'group', match: 'and', conditions: [comparison] });
        const vars: Json = expected === undefined ? {} : { other: expected };
        const result = evaluateConditions(compiled, { event: { data }, vars, now });
        expect({ holds: result.holds, reason: result.decidedBy?.reason }).toEqual({ holds, reason });
      });
    }
  }
});

function short(value: unknown): string {
  const text = JSON.stringify(value) ?? 'nothing';
  return text.length > 60 ? `${text.slice(0, 60)}…` : text;
}
