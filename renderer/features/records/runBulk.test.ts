import { describe, expect, it } from 'vitest';
import { failure, success } from '#shared/kernel/result.ts';
import { runBulk } from './runBulk.ts';

const refuses = (bad: string) => (id: string) =>
  Promise.resolve(id === bad ? failure({ code: 'forbidden' as const, message: 'No.' }) : success(undefined));

describe('a change of many records', () => {
  it('goes on after a refusal and names what failed', async () => {
    const seen: number[] = [];
    const end = await runBulk(
      ['a', 'b', 'c'],
      refuses('b'),
      () => false,
      (progress) => seen.push(progress.left.length),
    );
    expect(end).toEqual({
      done: ['a', 'c'],
      failed: [{ id: 'b', problem: { code: 'forbidden', message: 'No.' } }],
      left: [],
      state: 'finished',
    });
    expect(seen).toEqual([2, 1, 0, 0]);
  });

  it('stops between two records and says what it did not try', async () => {
    let count = 0;
    const end = await runBulk(
      ['a', 'b', 'c'],
      refuses(''),
      () => count++ >= 1,
      () => undefined,
    );
    expect(end).toMatchObject({ done: ['a'], left: ['b', 'c'], state: 'stopped' });
  });
});
