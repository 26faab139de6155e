import { describe, expect, it } from 'vitest';
import type { EngineCall, EngineMessage } from '#shared/replica/engineCalls.ts';
import type { EnginePort } from '#renderer/data/storage/sqlite/engineClient.ts';
import { getRxStorageSqlite } from '#renderer/data/storage/sqlite/getRxStorageSqlite.ts';
import { startEngine } from '#tests/support/engineInProcess.ts';
import { engineNames } from '#tests/support/storageEngines.ts';
import {
  changed,
  eventsOf,
  inserts,
  listen,
  openSample,
  queryIds,
  stored,
  update,
} from '#tests/support/storageSample.ts';
import { temporaryFolder } from '#tests/support/temporaryFolder.ts';

/** When the engine ends: as a call is sent, or as it is answered. */
interface End {
  at: 'request' | 'answer';
  call: EngineCall;
  times: number;
}

describe.each(engineNames)('the engine over %s ends', (name) => {
  const folder = temporaryFolder('ends');
  const engine = startEngine(name, { folder });
  let planned: End | undefined;
  const end = () => {
    if (planned) planned.times -= 1;
    engine.restart();
  };
  const due = (at: End['at'], call: EngineCall | undefined) =>
    planned?.at === at && planned.call === call && planned.times > 0;
  const connect = async (): Promise<EnginePort> => {
    const port = await engine.connect();
    const calls = new Map<number, EngineCall>();
    return {
      ...port,
      postMessage: (request) => {
        calls.set(request.id, request.call);
        if (due('request', request.call)) end();
        else port.postMessage(request);
      },
      onMessage: (listener) =>
        port.onMessage((message: EngineMessage) => {
          if ('id' in message && due('answer', calls.get(message.id))) end();
          else listener(message);
        }),
    };
  };
  const storage = getRxStorageSqlite({ connect, lists: {} });
  let made = 0;
  const open = async () => openSample(storage, `ends-${(made += 1)}`);

  it.each(['request', 'answer'] as const)('[S25] reads are asked again (%s lost)', async (at) => {
    const instance = await open();
    const client = await storage.clientOf(`ends-${made}`);
    let restarts = 0;
    client.onRestart(() => (restarts += 1));
    const document = stored({ id: 'a', tags: ['x'] });
    await instance.bulkWrite(inserts(document), 'x');
    const reads: [EngineCall, () => Promise<unknown>, unknown][] = [
      ['find', () => instance.findDocumentsById(['a'], false), [document]],
      ['query', () => queryIds(instance, { selector: { tags: { $size: 1 } } }), ['a']],
      ['changedSince', async () => (await instance.getChangedDocumentsSince?.(5))?.documents, [document]],
      ['cleanup', () => instance.cleanup(0), true],
    ];
    for (const [call, ask, expected] of reads) {
      planned = { at, call, times: 1 };
      expect(await ask()).toEqual(expected);
      expect(planned.times).toBe(0);
    }
    expect(restarts).toBe(reads.length);
    await instance.close();
  });

  it('[S34] a read that ends every engine is refused, and other reads go on', async () => {
    const instance = await open();
    const document = stored({ id: 'a' });
    await instance.bulkWrite(inserts(document), 'x');
    planned = { at: 'request', call: 'find', times: 1000 };
    await expect(instance.findDocumentsById(['a'], false)).rejects.toMatchObject({ code: 'gone' });
    expect(planned.times).toBeGreaterThan(900);
    expect(await queryIds(instance, {})).toEqual(['a']);
    planned = undefined;
    expect(await instance.findDocumentsById(['a'], false)).toEqual([document]);
    await instance.close();
  });

  it.each([
    ['open', 'request'],
    ['open', 'answer'],
    ['openTable', 'request'],
    ['openTable', 'answer'],
  ] as const)(
    '[S25] an engine that ends in the middle of starting is started again (%s, %s lost)',
    async (call, at) => {
      planned = { at, call, times: 3 };
      const instance = await open();
      const document = stored({ id: 'a' });
      await instance.bulkWrite(inserts(document), 'x');
      planned = { at, call, times: 2 };
      engine.restart();
      const [found, counted] = await Promise.all([instance.findDocumentsById(['a'], false), queryIds(instance, {})]);
      expect([found, counted]).toEqual([[document], ['a']]);
      expect(planned.times).toBe(0);
      await instance.close();
    },
  );

  it.each(['request', 'answer'] as const)('[S16] [S26] a write is decided by what is stored (%s lost)', async (at) => {
    const instance = await open();
    const first = stored({ id: 'a' });
    const taken = stored({ id: 'taken' });
    await instance.bulkWrite(inserts(first, taken), 'before');
    const told = listen(instance);
    planned = { at, call: 'write', times: 1 };
    const second = changed(first, { name: 'second' });
    const added = stored({ id: 'b' });
    const rows = [update(first, second), { document: stored({ id: 'taken' }) }, { document: added }];
    const { error } = await instance.bulkWrite(rows, 'interrupted');
    expect(planned.times).toBe(0);
    expect(error.map((one) => [one.documentId, one.status, 'documentInDb' in one && one.documentInDb])).toEqual([
      ['taken', 409, taken],
    ]);
    const since = await instance.getChangedDocumentsSince?.(9);
    expect(since?.documents).toEqual([taken, second, added]);
    expect(since?.checkpoint, 'written once').toEqual({ sequence: 4 });
    expect(eventsOf(told).map(({ operation, documentData }) => [operation, documentData])).toEqual([
      ['UPDATE', second],
      ['INSERT', added],
    ]);
    const missed = await instance.getChangedDocumentsSince?.(9, told[0]?.checkpoint);
    expect(missed?.documents ?? [], 'the checkpoint of the event does not lie behind it').toEqual(
      at === 'answer' ? [second, added] : [],
    );
    await instance.close();
  });

  it('[S19] [S25] calls that wait when the storage is closed are refused', async () => {
    const instance = await open();
    const waiting = instance.findDocumentsById(['a'], false);
    await Promise.all([instance.close(), expect(waiting).rejects.toThrow('the replica was closed')]);
  });
});
