import { describe, expect, it } from 'vitest';
import { rule } from '#shared/resources/automation/rule.ts';
import type { Rule } from '#shared/resources/automation/rule.ts';
import { estimateReplay } from './replayEstimate.ts';

const instant = '2026-01-01T00:00:00.000Z';
const make = (id: string, pattern: string, tenantId = ''): Rule => ({
  id,
  kind: 'rule',
  tenantId,
  status: '',
  assignedTo: '',
  createdAt: instant,
  createdBy: 'a',
  updatedAt: instant,
  updatedBy: 'a',
  version: 1,
  body: rule.body.parse({ name: id, isActive: true, trigger: { type: 'event', pattern } }),
});
const groups = [
  { values: ['user', 'created', 't1'], count: 4 },
  { values: ['user', 'login_failed', 't2'], count: 10 },
  { values: ['lms', 'course.completed', 't1'], count: 3 },
];

describe('what a replay would take', () => {
  it('counts the events that fit the pattern', () => {
    expect(estimateReplay(groups, '**', []).events).toBe(17);
    expect(estimateReplay(groups, 'user.*', []).events).toBe(14);
    expect(estimateReplay(groups, 'lms.**', []).events).toBe(3);
    expect(estimateReplay(groups, 'not a pattern', []).events).toBe(0);
  });

  it('names the rules that listen to one of them in their tenant', () => {
    const rules = [make('all', 'user.*'), make('t1 only', 'user.login_failed', 't1'), make('courses', 'lms.**', 't1')];
    expect(estimateReplay(groups, '**', rules).rules.map((one) => one.name)).toEqual(['all', 'courses']);
    expect(estimateReplay(groups, 'user.**', rules).rules.map((one) => one.name)).toEqual(['all']);
  });
});
