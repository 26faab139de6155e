import 'fake-indexeddb/auto';
import type { RxStorage } from 'rxdb';
import { getRxStorageMemory } from 'rxdb/plugins/storage-memory';
import { describe, expect, it } from 'vitest';
import { makeTicket } from '#tests/support/sampleResource.ts';
import { openBareInstances } from '#tests/support/bareInstances.ts';
import { tombstoneOf } from '#shared/records/envelope.ts';
import { chooseStorage } from './chooseStorage.ts';
import type { LocalDocument } from './localDocument.ts';
import { createLocalStore } from './localStore.ts';
import { openDatabase } from './openDatabase.ts';

const memory = getRxStorageMemory() as unknown as RxStorage<unknown, unknown>;
const opened = {
  'the chosen storage': (name: string) => openDatabase(name, chooseStorage()),
  'RxDB in memory': (name: string) => openBareInstances(name, memory),
};

const document = (id: string, changes: Partial<LocalDocument> = {}): LocalDocument => ({
  record: makeTicket({ id }),
  pending: null,
  ...changes,
});
const pending = {
  base: null,
  edit: 'e1',
  editedAt: '2026-01-01T00:00:00.000Z',
  reason: '',
  steps: [],
  sent: null,
  sentEdit: '',
  sentSteps: 0,
};

describe.each(Object.entries(opened))('the local store over %s', (name, open) => {
  const openStore = async (test: string) => createLocalStore(await open(`${name.replaceAll(' ', '-')}-${test}`));

  it('gives back what it was given, edits and remembered deletions included, after it was closed', async () => {
    const store = await openStore('again');
    const deleted = { record: tombstoneOf(makeTicket({ id: 'c' }), 2), pending: null };
    await store.write('runs', [document('a'), document('b', { pending }), document('c')]);
    await store.write('runs', [deleted]);
    await store.close();
    const again = await openStore('again');
    expect(await again.read('runs', ['a', 'b', 'c', 'nobody'])).toEqual(
      new Map([
        ['a', document('a')],
        ['b', document('b', { pending })],
        ['c', deleted],
      ]),
    );
    expect(await again.count('runs')).toBe(2);
    expect(await again.pending('runs')).toEqual([document('b', { pending })]);
    await again.remove();
  });

  it('keeps a deletion made here among the unsent edits until it is sent', async () => {
    const store = await openStore('deletion');
    const removed = {
      record: tombstoneOf(makeTicket({ id: 'a' }), 2),
      pending: { ...pending, base: makeTicket({ id: 'a' }) },
    };
    await store.write('runs', [document('a')]);
    await store.write('runs', [removed]);
    expect(await store.pending('runs')).toEqual([removed]);
    await store.write('runs', [{ record: removed.record, pending: null }]);
    expect(await store.pending('runs')).toEqual([]);
    expect(await store.count('runs')).toBe(0);
    await store.write('runs', [document('a')]);
    expect(await store.count('runs')).toBe(1);
    await store.remove();
  });

  it('pages through a kind or a whole collection in the order of ids', async () => {
    const store = await openStore('pages');
    const ids = Array.from({ length: 25 }, (_, index) => `id-${String(index).padStart(2, '0')}`);
    await store.write(
      'runs',
      ids.map((id, index) => document(id, { record: makeTicket({ id, kind: index % 2 === 0 ? 'task' : 'run' }) })),
    );
    const idsOf = (found: LocalDocument[]) => found.map(({ record }) => record.id);
    expect(idsOf(await store.page('runs', '', 'id-19', 10))).toEqual(ids.slice(20));
    expect(idsOf(await store.page('runs', 'task', 'id-04', 3))).toEqual(['id-06', 'id-08', 'id-10']);
    await store.remove();
  });

  it('keeps facts and inbox entries beside the records', async () => {
    const store = await openStore('facts');
    await store.putFact('checkpoint', { seq: 1 });
    await store.putFact('checkpoint', { seq: 2 });
    expect(await store.getFact('checkpoint')).toEqual({ seq: 2 });
    expect(await store.getFact('unknown')).toBeUndefined();
    const entry = {
      type: 'invalid_document' as const,
      id: 'x',
      recordId: 'r',
      kind: 'task',
      at: '',
      resolved: false,
      problem: { code: 'invalid' as const, message: 'm' },
      document: {},
    };
    await store.putInbox([entry]);
    expect(await store.inbox()).toEqual([entry]);
    await store.removeInbox(['x']);
    expect(await store.inbox()).toEqual([]);
    await store.remove();
  });
});
