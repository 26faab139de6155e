import { expect, it } from 'vitest';
import type { Changes } from '#shared/protocol/messages.ts';
import { newTask } from '#tests/support/protocolClient.ts';
import { makeGrant, makePrincipal } from '#tests/support/sampleResource.ts';
import { openSqliteStore } from '../storage/sqlite/openSqliteStore.ts';
import { viewOf } from '../sync/visibility.ts';
import { createChangeTailer } from './changeTailer.ts';
import type { Room } from './changeTailer.ts';

const everybody = makePrincipal([makeGrant(['*'])]);

it('of what nobody looks at only the end is read, and whoever comes meanwhile misses nothing', async () => {
  const store = openSqliteStore(':memory:', () => 0);
  const put = (title: string) =>
    store.transaction((transaction) => transaction.putRecords([{ collection: 'runs', record: newTask(title).doc }]));
  const sent: Changes[] = [];
  const rooms: Room[] = [];
  const reads: string[] = [];
  let arrives = false;
  const faults: unknown[] = [];
  const tailer = createChangeTailer({
    store: {
      ...store,
      changesSince: (...query) => {
        reads.push('changes');
        return store.changesSince(...query);
      },
      collectionSequence: async (collection) => {
        const latest = await store.collectionSequence(collection);
        reads.push('end');
        if (arrives) rooms.push(room());
        return latest;
      },
    },
    rooms: () => rooms,
    now: () => performance.now(),
    onFault: (error) => faults.push(error),
  });
  const room = (): Room => ({
    view: viewOf(everybody),
    sentUpTo: tailer.position('runs'),
    send: (changes) => sent.push(changes),
  });
  await tailer.start();
  reads.length = 0;

  await put('nobody looks');
  tailer.wake(['runs']);
  await expect.poll(() => tailer.position('runs')).toBe(1);
  expect(reads).toEqual(['end']);

  arrives = true;
  await put('somebody comes while the end is read');
  tailer.wake(['runs']);
  await expect.poll(() => sent).toHaveLength(1);
  expect(sent[0]).toMatchObject({ since: { seq: 1 }, checkpoint: { seq: 2 }, documents: [{ version: 1 }] });
  expect(faults).toEqual([]);
  await tailer.stop();
  await store.close();
});
