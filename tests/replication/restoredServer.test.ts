import { cpSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { createUuidV7Source } from '#shared/kernel/uuidV7.ts';
import { createSeededRandom } from '#server/features/demo/seededRandom.ts';
import { makeGrant, makePrincipal } from '#tests/support/sampleResource.ts';
import { startVirtualConsole } from '#tests/support/virtualConsole.ts';
import { createVirtualServer } from '#tests/support/virtualServer.ts';
import type { VirtualServer } from '#tests/support/virtualServer.ts';
import { createVirtualTime } from '#tests/support/virtualTime.ts';
import { temporaryFolder } from '#tests/support/temporaryFolder.ts';
import { makeTask, minute, rename, titleOn } from './office.ts';

it('a server restored from a backup is noticed: what it forgot goes, unsent edits stay and arrive', async () => {
  const folder = temporaryFolder('restored');
  const random = createSeededRandom(3);
  const time = createVirtualTime(Date.parse('2026-03-01T08:00:00.000Z'));
  const newId = createUuidV7Source(time.now, random.bytes);
  const people = [makePrincipal([makeGrant(['*'])], { id: 'ada', name: 'ada' })];
  const first = createVirtualServer(time, newId, people, join(folder, 'first'));
  let current: VirtualServer = first;
  const switchable: VirtualServer = {
    ...first,
    lineFor: (person, fate) => (auth, handlers) => current.lineFor(person, fate)(auth, handlers),
  };
  const ada = await startVirtualConsole(switchable, time, 'ada', { fate: () => [3], random: random.fraction, newId });
  await time.advance(1000);
  const known = await makeTask(ada, 'In the backup');
  await time.advance(1000);
  await first.store.transaction(async () => undefined);
  cpSync(join(folder, 'first'), join(folder, 'backup'), { recursive: true, filter: (path) => !path.endsWith('.lock') });
  const after = await makeTask(ada, 'After the backup');
  await rename(ada, known, 'Changed after the backup');
  await time.advance(1000);
  ada.replica.setWorkOffline(true);
  const unsent = await makeTask(ada, 'Not sent yet');
  await rename(ada, known, 'Edited offline');

  current = createVirtualServer(time, newId, people, join(folder, 'backup'));
  ada.replica.setWorkOffline(false);
  await time.advance(2 * minute);

  expect(ada.replica.status().repairs).toContainEqual(expect.objectContaining({ reason: 'restored_server' }));
  expect(await titleOn(ada, after)).toBeUndefined();
  expect(await titleOn(ada, unsent)).toBe('Not sent yet');
  expect((await current.store.getRecords([unsent])).get(unsent)).toMatchObject({ body: { title: 'Not sent yet' } });
  const restored = (await current.store.getRecords([known])).get(known);
  expect(restored).toMatchObject({ body: { title: expect.stringMatching(/In the backup|Edited offline/) as unknown } });
  expect(ada.replica.status().unsent).toBe(0);
  await ada.close();
  await first.store.close();
  await current.store.close();
});
