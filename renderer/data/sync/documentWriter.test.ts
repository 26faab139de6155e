import { expect, it } from 'vitest';
import type { SubjectSpec } from '#shared/domain/privacy/subject.ts';
import { tombstoneOf } from '#shared/records/envelope.ts';
import type { RecordEnvelope } from '#shared/records/envelope.ts';
import { openEngine } from '#electron/replica/engines/openEngine.ts';
import { openBareInstances } from '#tests/support/bareInstances.ts';
import { startEngine } from '#tests/support/engineInProcess.ts';
import { makeTicket } from '#tests/support/sampleResource.ts';
import { chooseStorage } from '../storage/chooseStorage.ts';
import { openLocalData } from '../storage/localData.ts';
import { createLocalStore } from '../storage/localStore.ts';
import { createDocumentWriter } from './documentWriter.ts';

const storage = chooseStorage(startEngine('node', { openEngine: () => openEngine(':memory:') }).connect);
const at = '2026-01-01T00:00:00.000Z';
const task = (id: string, version: number, title: string): RecordEnvelope =>
  makeTicket({ id, kind: 'task', version, createdAt: at, updatedAt: at, body: { title } });

async function start(name: string) {
  const data = await openLocalData(createLocalStore(await openBareInstances(name, storage)));
  const told: (readonly SubjectSpec[])[] = [];
  const writer = createDocumentWriter(
    'runs',
    data,
    () => Date.parse(at),
    async (erased) => void told.push(erased),
  );
  return { data, told, writer };
}

it('a replica that never had a record is not told of an erasure from long ago, nor one that had it without the person', async () => {
  const { told, writer } = await start('writer-first');
  const gone = { ...tombstoneOf(task('task-000002', 1, ''), 2), erased: true };
  await writer.write([task('task-000001', 2, 'Call [erased]'), gone], true);
  expect(told).toEqual([]);
  await writer.write([task('task-000001', 3, 'Call [erased] back')], false);
  await writer.write([task('task-000001', 3, 'Call [erased] back'), gone], true);
  expect(told).toEqual([]);
  await writer.write([task('task-000003', 1, 'Call Zoë'), task('task-000004', 1, 'Call Zoë')], false);
  await writer.write([task('task-000003', 2, 'Call [erased]')], false);
  expect(told).toEqual([[]]);
  await writer.write([{ ...tombstoneOf(task('task-000004', 1, ''), 2), erased: true }], false);
  expect(told).toEqual([[], []]);
});

it('what was typed after an erasure stays in the inbox when it meets another edit; what was typed before it goes', async () => {
  const { data, writer } = await start('writer-inbox');
  const write = async (base: string, mine: string, theirs: string, id: string) => {
    await writer.write([task(id, 1, base)], false);
    const pending = { base: task(id, 1, base), edit: 'e', editedAt: at, reason: '', steps: [] };
    const unsent = { ...pending, sent: null, sentEdit: '', sentSteps: 0 };
    await data.update('runs', [id], () => [{ document: { record: task(id, 2, mine), pending: unsent } }]);
    await writer.write([task(id, 2, theirs)], false);
    return [...data.inbox().values()].filter((entry) => entry.recordId === id);
  };
  expect(await write('Ask [erased]', 'Ask [erased] now', 'Ask [erased] later', 'task-000001')).toMatchObject([
    { type: 'conflict', mine: { body: { title: 'Ask [erased] now' } } },
  ]);
  expect(await write('Ask Zoë', 'Ask Zoë now', 'Ask [erased]', 'task-000002')).toEqual([]);
  expect(data.pending().size).toBe(0);

  expect(await write('Ask Zoë', 'Ask Zoë now', 'Ask Zoë later', 'task-000003')).toHaveLength(1);
  await writer.write([task('task-000003', 3, 'Ask [erased] later')], false);
  expect([...data.inbox().values()].map((entry) => entry.recordId)).toEqual(['task-000001']);
});
