import { describe, expect, it } from 'vitest';
import { openBareInstances } from '#tests/support/bareInstances.ts';
import { startEngine } from '#tests/support/engineInProcess.ts';
import { makeTicket } from '#tests/support/sampleResource.ts';
import { tombstoneOf } from '#shared/records/envelope.ts';
import { chooseStorage } from './chooseStorage.ts';
import type { LocalDocument } from './localDocument.ts';
import { createLocalStore } from './localStore.ts';
import { openDatabase } from './openDatabase.ts';

const storage = chooseStorage(startEngine('node').connect);
const opened = {
  'the database': (name: string) => openDatabase(name, storage),
  'bare instances': (name: string) => openBareInstances(name, storage),
};

const document = (id: string, changes: Partial<LocalDocument> = {}): LocalDocument => ({
  record: makeTicket({ id, kind: 'task' }),
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
    const deleted = { record: tombstoneOf(makeTicket({ id: 'c', kind: 'task' }), 2), pending: null };
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
    expect(await again.kindCounts('runs')).toEqual({ task: 2 });
    expect(await again.pending('runs')).toEqual([document('b', { pending })]);
    await again.remove();
  });

  it('keeps a deletion made here among the unsent edits until it is sent', async () => {
    const store = await openStore('deletion');
    const removed = {
      record: tombstoneOf(makeTicket({ id: 'a', kind: 'task' }), 2),
      pending: { ...pending, base: makeTicket({ id: 'a', kind: 'task' }) },
    };
    await store.write('runs', [document('a')]);
    await store.write('runs', [removed]);
    expect(await store.pending('runs')).toEqual([removed]);
    await store.write('runs', [{ record: removed.record, pending: null }]);
    expect(await store.pending('runs')).toEqual([]);
    expect(await store.kindCounts('runs')).toEqual({ task: 0 });
    await store.write('runs', [document('a')]);
    expect(await store.kindCounts('runs')).toEqual({ task: 1 });
    await store.remove();
  });

  it('pages through the ids of a collection, rising', async () => {
    const store = await openStore('pages');
    const ids = Array.from({ length: 25 }, (_, index) => `id-${String(index).padStart(2, '0')}`);
    await store.write(
      'runs',
      ids.map((id) => document(id)),
    );
    await store.write('runs', [{ record: tombstoneOf(makeTicket({ id: 'id-21' }), 2), pending: null }]);
    expect(await store.ids('runs', { after: 'id-19', limit: 3 })).toEqual(['id-20', 'id-22', 'id-23']);
    await store.remove();
  });

  it('lists a kind in pages, both ways, and counts it', async () => {
    const store = await openStore('lists');
    const ids = Array.from({ length: 25 }, (_, index) => `id-${String(index).padStart(2, '0')}`);
    await store.write(
      'runs',
      ids.map((id, index) => document(id, { record: makeTicket({ id, kind: index % 2 === 0 ? 'task' : 'run' }) })),
    );
    const list = { kind: 'task', conditions: [], words: [], order: [{ path: 'id', descending: true }] };
    const idsOf = (found: LocalDocument[]) => found.map(({ record }) => record.id);
    const page = await store.lists.page({ list, offset: 4, limit: 3, count: 13 });
    expect(idsOf(page.documents)).toEqual(['id-16', 'id-14', 'id-12']);
    const next = await store.lists.after({ list, after: page.last, limit: 2 });
    expect(idsOf(next.documents)).toEqual(['id-10', 'id-08']);
    expect(await store.lists.count({ ...list, words: ['id-0'] })).toBe(5);
    await store.remove();
  });

  it('forgets what was changed before an instant, unsent edits excepted', async () => {
    const store = await openStore('forget');
    const old = { updatedAt: '2020-01-01T00:00:00.000Z' };
    await store.write('runs', [
      document('a', { record: makeTicket({ id: 'a', kind: 'task', ...old }) }),
      document('b', { record: makeTicket({ id: 'b', kind: 'task', ...old }), pending }),
      document('c'),
    ]);
    await store.forget('runs', '2021-01-01T00:00:00.000Z');
    expect(await store.ids('runs', { after: '', limit: 10 })).toEqual(['b', 'c']);
    expect(await store.kindCounts('runs')).toEqual({ task: 2 });
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
