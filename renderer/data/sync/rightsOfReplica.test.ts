import { expect, it } from 'vitest';
import type { Json } from '#shared/kernel/json.ts';
import type { ReplicatedCollection } from '#shared/records/collections.ts';
import { makeGrant, makePrincipal } from '#tests/support/sampleResource.ts';
import { takeOverRights, unfinishedRights } from './rightsOfReplica.ts';

const everything = makePrincipal([makeGrant(['*'])]);
const little = makePrincipal([makeGrant(['flags.*'])]);

it('rights that were taken over in part are known at the next start, and done again until they are whole', async () => {
  const facts = new Map<string, Json>();
  const store = {
    getFact: async (name: string) => facts.get(name),
    putFact: async (name: string, value: Json) => void facts.set(name, value),
  };
  const log: string[] = [];
  const collection = (name: string, works: boolean) => ({
    state: () => ({ checkpoint: 1, sweep: false, complete: true, since: '', greeting: -1 }),
    distrust: async () => void log.push(`distrust ${name}`),
    trim: async () => {
      log.push(`trim ${name}`);
      if (!works) throw new Error('no space left on the disk');
    },
  });
  const all = (works: boolean) =>
    new Map<ReplicatedCollection, ReturnType<typeof collection>>([
      ['health', collection('health', works)],
      ['runs', collection('runs', works)],
    ]);
  const save = async () => void log.push('save');
  await expect(takeOverRights(store, all(false), everything, little, save)).rejects.toThrow('no space');
  expect(await unfinishedRights(store)).toEqual(little);
  await takeOverRights(store, all(true), everything, little, save);
  expect(await unfinishedRights(store)).toBeUndefined();
  await takeOverRights(store, all(true), little, everything, save);
  expect(log.join(', ')).toBe('trim health, trim health, trim runs, save, distrust health, distrust runs, save');
});
