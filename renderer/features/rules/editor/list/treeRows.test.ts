import { describe, expect, it } from 'vitest';
import { newStep } from '../steps/newStep.ts';
import { withBranch } from '../steps/stepTree.ts';
import { opens, parentOf, treeRows } from './treeRows.ts';

describe('the list of steps', () => {
  const inner = newStep('wait', 'Rest', new Set());
  const steps = [
    newStep('email', 'Mail', new Set()),
    withBranch(newStep('condition', 'Ask', new Set()), 'then', [inner]),
  ];

  it('shows branches with what is in them, and where a step comes that is added there', () => {
    const rows = treeRows(steps, new Set());
    expect(rows.map((row) => [row.key, row.level, `${row.position}/${row.size}`])).toEqual([
      ['mail', 1, '1/2'],
      ['ask', 1, '2/2'],
      ['ask/then', 2, '1/2'],
      ['rest', 3, '1/1'],
      ['ask/otherwise', 2, '2/2'],
    ]);
    expect(rows[2]?.after).toEqual({ owner: 'ask', branch: 'then', index: 0 });
    expect(rows[3]?.after).toEqual({ owner: 'ask', branch: 'then', index: 1 });
    expect(parentOf(rows, 3)?.key).toBe('ask/then');
    expect(rows.map(opens)).toEqual([false, true, true, false, false]);
  });

  it('hides what is in a closed branch or step', () => {
    expect(treeRows(steps, new Set(['ask/then'])).map((row) => row.key)).toEqual([
      'mail',
      'ask',
      'ask/then',
      'ask/otherwise',
    ]);
    expect(treeRows(steps, new Set(['ask'])).map((row) => row.key)).toEqual(['mail', 'ask']);
  });
});
