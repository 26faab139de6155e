import { expect, it } from 'vitest';
import type { Principal } from '#shared/domain/access/principal.ts';
import type { RecordView } from '#shared/domain/access/recordView.ts';
import type { ReplicatedCollection } from '#shared/records/collections.ts';
import { openEngine } from '#electron/replica/engines/openEngine.ts';
import { openBareInstances } from '#tests/support/bareInstances.ts';
import { startEngine } from '#tests/support/engineInProcess.ts';
import { makeGrant, makePrincipal, makeTicket } from '#tests/support/sampleResource.ts';
import { chooseStorage } from '../storage/chooseStorage.ts';
import { openLocalData } from '../storage/localData.ts';
import { createLocalStore } from '../storage/localStore.ts';
import { trimCollection } from './trimCollection.ts';
import { keepToViewRules } from './viewRulesOfReplica.ts';

const storage = chooseStorage(startEngine('node', { openEngine: () => openEngine(':memory:') }).connect);
const at = Date.parse('2026-01-01T00:00:00.000Z');
const told = { source: 'rule', data: { name: 'Zoë' }, triggeredBy: 'rule-1' };
/** As an earlier version pulled it: what a rule made of records nobody knows any more. */
const old = makeTicket({ id: 'event-000001', kind: 'event', body: told });

async function start(name: string) {
  const data = await openLocalData(createLocalStore(await openBareInstances(name, storage)));
  const put = () => data.update('events', [old.id], () => [{ document: { record: old, pending: null } }]);
  await put();
  const trimmed: string[] = [];
  const sync = (collection: ReplicatedCollection) => ({
    trim: (view: RecordView) => {
      trimmed.push(collection);
      return trimCollection({ collection, data, clock: () => at, pause: () => Promise.resolve() }, view);
    },
  });
  const names: readonly ReplicatedCollection[] = ['tenants', 'events', 'runs', 'audit'];
  const collections = new Map(names.map((collection) => [collection, sync(collection)]));
  return {
    put,
    trimmed,
    keep: (principal?: Principal) => keepToViewRules(data.store, collections, principal),
    dataOf: async () => {
      const document = (await data.store.read('events', [old.id])).get(old.id);
      return document && 'body' in document.record ? document.record.body['data'] : undefined;
    },
  };
}

it('what an earlier version pulled and this one withholds leaves the computer, once, without a connection', async () => {
  const { keep, dataOf, put, trimmed } = await start('rules-limited');
  await keep(makePrincipal([makeGrant(['events.view', 'rules.view'])]));
  expect(await dataOf()).toEqual({});
  expect(trimmed).toContain('events');
  expect(trimmed).not.toContain('tenants');
  const times = trimmed.length;
  await put();
  await keep(makePrincipal([makeGrant(['events.view', 'rules.view'])]));
  expect([trimmed.length, await dataOf()]).toEqual([times, told.data]);
});

it('who sees everything keeps everything, and nothing is looked at for it', async () => {
  const { keep, dataOf, trimmed } = await start('rules-everything');
  await keep(makePrincipal([makeGrant(['*'])]));
  expect(trimmed).toEqual([]);
  expect(await dataOf()).toEqual(told.data);
});

it('a new replica is of the rules of now', async () => {
  const { keep, trimmed } = await start('rules-new');
  await keep();
  await keep(makePrincipal([makeGrant(['events.view'])]));
  expect(trimmed).toEqual([]);
});
