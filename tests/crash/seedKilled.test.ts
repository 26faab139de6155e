import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join, resolve } from 'node:path';
import { expect, it } from 'vitest';
import { createSeededRandom } from '#server/features/demo/seededRandom.ts';
import { openSqliteStore } from '#server/storage/sqlite/openSqliteStore.ts';
import { connect } from '#tests/support/protocolClient.ts';
import { smallDemo, startServerProcess } from '#tests/support/serverProcess.ts';
import { temporaryFolder } from '#tests/support/temporaryFolder.ts';

const entry = resolve(import.meta.dirname, '../../sync-server/main.ts');
const seed = Number(process.env['STEWARD_SEED'] ?? Date.now() % 1_000_000);
const rounds = 12;

it(`kill -9 while demo data loads leaves all of it or nothing, seed ${seed}`, { timeout: 120_000 }, async () => {
  const random = createSeededRandom(seed);
  const folder = temporaryFolder('seed');
  const whole = await startServerProcess(join(folder, 'whole'), ['--seed', 'demo', ...smallDemo]);
  const complete = Number((await connect(whole.url, 'admin@steward.example')).hello['sequence']);
  await whole.stop();
  expect(complete).toBeGreaterThan(500);

  for (let round = 0; round < rounds; round += 1) {
    const directory = join(folder, String(round));
    const child = spawn(
      process.execPath,
      [entry, '--port', '0', '--data', directory, '--seed', 'demo', '--log', 'silent', ...smallDemo],
      { stdio: 'ignore' },
    );
    const exited = once(child, 'exit');
    await new Promise((wake) => setTimeout(wake, random.integer(150, 900)));
    child.kill('SIGKILL');
    await exited;
    const store = openSqliteStore(directory, () => Date.now());
    const sequence = await store.latestSequence();
    const marked = await store.getMeta('demo');
    await store.close();
    expect([0, complete]).toContain(sequence);
    expect(marked === undefined).toBe(sequence === 0);
  }
  const again = await startServerProcess(join(folder, '0'), ['--seed', 'demo', ...smallDemo]);
  const client = await connect(again.url, 'admin@steward.example');
  expect(client.hello['sequence']).toBe(complete);
  client.close();
  await again.stop();
});
