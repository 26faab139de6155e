import { expect, it } from 'vitest';
import { createWorkQueue } from './workQueue.ts';
import type { Lane } from './workQueue.ts';

/** Adds pieces named after their lanes and answers the order in which they were done. */
async function orderOf(lanes: readonly Lane[]): Promise<string[]> {
  const queue = createWorkQueue();
  const order: string[] = [];
  await Promise.all(
    lanes.map(
      (lane) =>
        new Promise<void>((resolve, reject) => {
          queue.add(lane, { work: () => order.push(lane), done: () => resolve(), failed: reject });
        }),
    ),
  );
  return order;
}

it('does what somebody waits for first, and long reads last', async () => {
  expect(await orderOf(['slow', 'next', 'first', 'next'])).toEqual(['first', 'next', 'next', 'slow']);
});

it('gives a long read its turn although writes never end', async () => {
  const order = await orderOf(['slow', 'slow', ...Array.from({ length: 9 }, () => 'next' as const)]);
  expect(order.indexOf('slow')).toBe(3);
  expect(order.lastIndexOf('slow')).toBe(7);
});

it('serves others between the steps of long work', async () => {
  const queue = createWorkQueue();
  const order: string[] = [];
  function* steps(): Generator<undefined, string> {
    for (let step = 1; step <= 3; step += 1) {
      order.push(`step ${step}`);
      if (step === 1)
        queue.add('next', { work: () => order.push('write'), done: () => undefined, failed: () => undefined });
      yield;
    }
    return 'over';
  }
  const done = await new Promise((resolve, reject) =>
    queue.add('slow', { work: steps, done: resolve, failed: reject }),
  );
  expect(done).toBe('over');
  expect(order).toEqual(['step 1', 'write', 'step 2', 'step 3']);
});
