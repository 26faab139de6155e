import { describe, expect, it } from 'vitest';
import type { ConditionGroup } from '#shared/resources/automation/condition.ts';
import { conditionSentence } from './conditionWords.ts';

const language = {
  operator: (operator: string) => operator.replaceAll('_', ' '),
  and: 'and',
  or: 'or',
  none: (parts: string) => `none of: ${parts}`,
  yes: 'yes',
  no: 'no',
  number: String,
  listSeparator: ', ',
};
const plain = (group: ConditionGroup) => conditionSentence(group, language).replaceAll(/[\u2068\u2069]/g, '');

describe('conditions as a sentence', () => {
  it('says nothing of no conditions', () => {
    expect(plain({ type: 'group', match: 'and', conditions: [] })).toBe('');
    expect(plain({ type: 'group', match: 'and', conditions: [{ type: 'group', match: 'or', conditions: [] }] })).toBe(
      '',
    );
  });

  it('joins comparisons and puts groups of several in brackets', () => {
    expect(
      plain({
        type: 'group',
        match: 'and',
        conditions: [
          { type: 'comparison', field: 'event.data.attempts', operator: 'greater_or_equal', value: 3 },
          {
            type: 'group',
            match: 'or',
            conditions: [
              { type: 'comparison', field: 'tenant.plan', operator: 'in', value: ['pro', 'team'] },
              {
                type: 'comparison',
                field: 'record.owner',
                operator: 'equals',
                value: 'tenant.owner',
                valueSource: 'field',
              },
            ],
          },
        ],
      }),
    ).toBe(
      'event.data.attempts greater or equal 3 and (tenant.plan in “pro”, “team” or record.owner equals tenant.owner)',
    );
  });

  it('says none of, and leaves out values where an operator has none', () => {
    expect(
      plain({
        type: 'group',
        match: 'not',
        conditions: [
          { type: 'comparison', field: 'tenant.notes', operator: 'is_empty', value: 'x' },
          { type: 'comparison', field: 'vars.on', operator: 'equals', value: true },
        ],
      }),
    ).toBe('none of: tenant.notes is empty, vars.on equals yes');
  });
});
