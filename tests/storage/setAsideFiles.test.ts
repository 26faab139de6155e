import { readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import type { EngineMessage } from '#shared/replica/engineCalls.ts';
import { openEngine } from '#electron/replica/engines/openEngine.ts';
import { createHost } from '#electron/replica/host.ts';
import { keptName } from '#electron/replica/rescue.ts';
import { setAsideKept } from '#electron/replica/setAsideFiles.ts';
import { temporaryFolder } from '#tests/support/temporaryFolder.ts';

const now = Date.parse('2026-11-21T10:00:00.000Z');

/** A host over a folder in which files of a replica were set aside: one too old, one of the limit, one of yesterday; and one of another. */
function start() {
  const folder = temporaryFolder('aside');
  const file = join(folder, 'ada.sqlite');
  const setAside = (path: string, at: number) => {
    const kept = keptName(path, new Date(at));
    for (const suffix of ['', '-wal', '-shm']) writeFileSync(`${kept}${suffix}`, 'what only an expert reads');
  };
  setAside(file, now - setAsideKept - 1);
  setAside(file, now - setAsideKept);
  setAside(file, now - 24 * 3600 * 1000);
  setAside(join(folder, 'ada-2.sqlite'), now - setAsideKept - 1);
  writeFileSync(`${file}.damaged-by-hand`, 'named by somebody else');
  const host = createHost({
    folder,
    openEngine: (path) => openEngine(path),
    migrate: (_table, document) => document,
    clock: () => now,
    log: () => undefined,
  });
  const waiting = new Map<number, (message: EngineMessage) => void>();
  const session = host.connect((message) => 'id' in message && waiting.get(message.id)?.(message));
  let id = 0;
  const call = (name: string, args: object = {}) =>
    new Promise<EngineMessage>((resolve) => {
      waiting.set((id += 1), resolve);
      session.receive({ id, call: name, args });
    });
  const left = () => readdirSync(folder).filter((name) => name.startsWith('ada.sqlite.damaged-'));
  return { folder, file, host, call, left, others: () => readdirSync(folder).filter((name) => name.includes('ada-2')) };
}

it('a file set aside as damaged goes when it is old, and at once when a person was erased', async () => {
  const { host, call, left, others } = start();
  await call('open', { database: 'ada' });
  expect(left()).toHaveLength(7);
  expect(await call('forgetSetAside')).toMatchObject({ value: { removed: 6 } });
  expect(left()).toEqual(['ada.sqlite.damaged-by-hand']);
  expect(others()).toHaveLength(3);
  host.close();
});

it('none goes while what only this console has is still to be read out of one', async () => {
  const { file, host, call, left } = start();
  await call('open', { database: 'ada' });
  const before = left();
  writeFileSync(`${file}.rescue`, before[0] ?? '');
  expect(await call('forgetSetAside')).toMatchObject({ value: { removed: 0 } });
  expect(left()).toEqual(before);
  host.close();
});
