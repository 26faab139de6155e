import { describe, expect, it } from 'vitest';
import { attentionQueries, openTasksOf } from './attentionQueries.ts';

const now = Date.parse('2026-03-10T12:00:00.000Z');

describe('the records behind what needs attention', () => {
  it('are asked for by what makes them urgent, never a whole kind', () => {
    for (const query of Object.values(attentionQueries(now, 'me'))) {
      expect(query.filters?.length).toBeGreaterThan(0);
      expect(query.limit).toBeLessThanOrEqual(200);
      expect(query.sort).toHaveLength(1);
    }
  });

  it('a trial counts from now to a week ahead, in tenants that have not ended', () => {
    expect(attentionQueries(now, 'me').tenants.filters).toEqual([
      { path: 'status', operator: 'in', value: ['CREATED', 'PROVISIONING', 'ACTIVE', 'SUSPENDED', 'READ_ONLY'] },
      {
        path: 'body.trialEndsAt',
        operator: 'between',
        value: ['2026-03-10T12:00:00.000Z', '2026-03-17T12:00:00.000Z'],
      },
    ]);
  });

  it('signed out, tasks assigned to nobody are not taken for one’s own', () => {
    expect(openTasksOf('')[0]).toEqual({ path: 'assignedTo', operator: 'in', value: [] });
    expect(openTasksOf('me')[0]).toEqual({ path: 'assignedTo', operator: 'in', value: ['me'] });
  });
});
