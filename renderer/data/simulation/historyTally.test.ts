import { describe, expect, it } from 'vitest';
import type { ComparisonResult } from '#shared/domain/automation/conditions/conditionResult.ts';
import { createTally } from './historyTally.ts';
import { differenceOf } from './simulationResult.ts';
import type { EventLine, RunLine } from './simulationResult.ts';

const event = (id: string, tenantId = 'a'): EventLine => ({ id, name: 'user.login', tenantId, occurredAt: '' });
const run = (fingerprint: string, faults = 0): RunLine => ({ actions: ['email', 'webhook'], faults, fingerprint });
const failed = (path: string): ComparisonResult => ({
  type: 'comparison',
  path,
  field: 'event.data.n',
  operator: 'equals',
  actual: 1,
  expected: 2,
  holds: false,
});

describe('the count of a simulated history', () => {
  it('groups what did not match by the condition that stood in the way, other events last', () => {
    const keeper = createTally(1);
    for (let index = 0; index < 40; index++)
      keeper.add(event(`t${index}`), [{ not: { decision: 'not', because: 'trigger', pattern: 'x.y' } }]);
    for (let index = 0; index < 30; index++)
      keeper.add(event(`c${index}`), [
        { not: { decision: 'not', because: 'conditions', decidedBy: failed(`conditions.${index % 3 === 0 ? 0 : 1}`) } },
      ]);
    const [side] = keeper.tally().sides;
    expect(side?.reasons.map(({ key, count, examples }) => [key, count, examples.length])).toEqual([
      ['conditions/conditions.1', 20, 20],
      ['conditions/conditions.0', 10, 10],
      ['trigger', 40, 25],
    ]);
  });

  it('counts actions, faults and tenants of what matched', () => {
    const keeper = createTally(1);
    expect(keeper.add(event('1'), [{ run: run('x') }])).toMatchObject({ event: { id: '1' } });
    keeper.add(event('2', 'b'), [{ run: run('x', 1) }]);
    keeper.add(event('3', ''), [{ run: 'unprepared' }]);
    expect(keeper.tally().sides[0]).toMatchObject({
      matched: 3,
      prepared: 2,
      actions: { email: 2, webhook: 2 },
      faults: 1,
      tenants: 2,
    });
  });

  it('says of two versions where they differ', () => {
    const not = { not: { decision: 'not', because: 'inactive' } } as const;
    const keeper = createTally(2);
    const lines = [
      keeper.add(event('1'), [{ run: run('x') }, not]),
      keeper.add(event('2'), [not, { run: run('x') }]),
      keeper.add(event('3'), [{ run: run('x') }, { run: run('y') }]),
      keeper.add(event('4'), [{ run: run('x') }, { run: run('x') }]),
      keeper.add(event('5'), [{ run: 'unprepared' }, { run: 'unprepared' }]),
      keeper.add(event('6'), [not, not]),
    ];
    expect(keeper.tally().comparison).toEqual({ onlyFirst: 1, onlySecond: 1, different: 1, same: 1, unprepared: 1 });
    expect(lines.map((line) => line && differenceOf(line))).toEqual([
      'onlyFirst',
      'onlySecond',
      'different',
      'same',
      'unprepared',
      undefined,
    ]);
  });
});
