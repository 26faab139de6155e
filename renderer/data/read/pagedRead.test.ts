import { expect, it } from 'vitest';
import { openEngine } from '#electron/replica/engines/openEngine.ts';
import { openBareInstances } from '#tests/support/bareInstances.ts';
import { enginesBusy, startEngine } from '#tests/support/engineInProcess.ts';
import { makeTicket } from '#tests/support/sampleResource.ts';
import type { PagedList } from '../replicaApi.ts';
import { chooseStorage } from '../storage/chooseStorage.ts';
import { openLocalData } from '../storage/localData.ts';
import type { LocalDocument } from '../storage/localDocument.ts';
import { createLocalStore } from '../storage/localStore.ts';
import { createRecordReads } from './recordReads.ts';

const storage = chooseStorage(startEngine('node', { openEngine: () => openEngine(':memory:') }).connect);

const instantOf = (number: number) => new Date(Date.UTC(2026, 0, 1) + number * 60_000).toISOString();
/** Created one minute after another, in the order of their numbers. */
const task = (number: number): LocalDocument => ({
  record: makeTicket({
    id: `task-${String(number).padStart(6, '0')}`,
    kind: 'task',
    createdAt: instantOf(number),
    body: { title: `Title ${number % 10}` },
  }),
  pending: null,
});

async function openReads(name: string, count: number) {
  const data = await openLocalData(createLocalStore(await openBareInstances(name, storage)));
  const write = (numbers: readonly number[]) =>
    data.update(
      'runs',
      numbers.map((number) => task(number).record.id),
      () => numbers.map((number) => ({ document: task(number) })),
    );
  await write(Array.from({ length: count }, (_, index) => index + 1000));
  const reads = createRecordReads(
    data,
    () => undefined,
    (milliseconds, work) => {
      const timer = setTimeout(work, milliseconds);
      return () => clearTimeout(timer);
    },
  );
  return { reads, write };
}

async function untilQuiet(): Promise<void> {
  for (let quiet = 0; quiet < 10; quiet = enginesBusy() ? 0 : quiet + 1)
    await new Promise((wake) => setTimeout(wake, 10));
}

const newestFirst = { kind: 'task', sort: [{ path: 'createdAt', descending: true }] };
const numberAt = (list: PagedList | undefined, index: number) => Number(list?.rowAt(index)?.record.id.slice(5));

it('shows the rows asked for at any depth, and keeps their places when rows come before them', async () => {
  const { reads, write } = await openReads('paged-depth', 5000);
  let list: PagedList | undefined;
  const reader = reads.observePages(newestFirst, (next) => (list = next));
  await untilQuiet();
  expect([list?.count, list?.counted, numberAt(list, 0)]).toEqual([5000, true, 5999]);
  for (const first of [4900, 2500, 130, 4000]) {
    reader.show(first, first + 40);
    await untilQuiet();
    for (const index of [first, first + 20, first + 40]) expect(numberAt(list, index)).toBe(5999 - index);
  }
  await write(Array.from({ length: 300 }, (_, index) => 6000 + index));
  await expect.poll(() => list?.count, { timeout: 10_000 }).toBe(5300);
  await untilQuiet();
  expect(numberAt(list, 4000)).toBe(6299 - 4000);
  reader.show(4100, 4240);
  await untilQuiet();
  for (const index of [4100, 4199, 4200, 4240]) expect(numberAt(list, index)).toBe(6299 - index);
  expect(list?.indexOf(task(6299 - 4200).record.id)).toBe(4200);
  reader.close();
});

it('counts a filtered list exactly, finds the place of an instant, and reads all of it in pages', async () => {
  const { reads } = await openReads('paged-filter', 3000);
  const query = {
    ...newestFirst,
    filters: [{ path: 'body.title', operator: 'is' as const, value: 'TITLE 7' }],
  };
  let list: PagedList | undefined;
  const told: boolean[] = [];
  const reader = reads.observePages(query, (next) => {
    list = next;
    told.push(next.counted);
  });
  await untilQuiet();
  expect([list?.count, list?.total, list?.counted]).toEqual([300, 3000, true]);
  expect(told[0]).toBe(false);
  expect(await reader.positionOf(instantOf(2007))).toBe(199);
  reader.show(150, 260);
  await untilQuiet();
  expect(numberAt(list, 199)).toBe(2007);
  reader.close();
  const numbers: number[] = [];
  await reads.readRows(query, (rows) => numbers.push(...rows.map(({ record }) => Number(record.id.slice(5)))));
  expect(numbers).toEqual(Array.from({ length: 300 }, (_, index) => 3997 - index * 10));
});
