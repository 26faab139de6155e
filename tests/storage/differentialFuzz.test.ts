import { getRxStorageMemory } from 'rxdb/plugins/storage-memory';
import type { RxStorage } from 'rxdb';
import { describe, expect, it } from 'vitest';
import { createSeededRandom } from '#server/features/demo/seededRandom.ts';
import { engineNames, openWindow } from '#tests/support/storageEngines.ts';
import { fuzzOperation } from '#tests/support/storageFuzzOperations.ts';
import { firstDifference, smallest } from '#tests/support/storageFuzzRun.ts';
import { openSample } from '#tests/support/storageSample.ts';
import { temporaryFolder } from '#tests/support/temporaryFolder.ts';

const cases = Number(process.env['STEWARD_FUZZ_CASES'] ?? 20_000);
const seed = Number(process.env['STEWARD_SEED'] ?? Date.now() % 1_000_000);
const perRun = 250;
const runs = Math.ceil(cases / engineNames.length / perRun);

describe.each(engineNames)('%s against RxDB in memory', { timeout: 300_000 }, (name) => {
  const folder = temporaryFolder('fuzz');
  const { storage } = openWindow(name, { folder });
  let opened = 0;
  const open = async () => {
    opened += 1;
    const memory = getRxStorageMemory() as unknown as RxStorage<unknown, unknown>;
    const reference = await openSample(memory, `reference-${name}-${opened}`);
    const tested = await openSample(storage, `tested-${opened}`);
    const close = async () => {
      await reference.remove();
      await tested.close();
    };
    return { reference, tested, close };
  };

  it(`[S1] [S2] [S3] [S6] [S8] [S9] [S10] [S12] [S16] says the same to ${runs * perRun} operations, seed ${seed}`, async () => {
    const answers = { asked: 0, refused: 0, empty: 0 };
    for (let run = 0; run < runs; run += 1) {
      const random = createSeededRandom(seed + run * 7919 + engineNames.indexOf(name) * 104_729);
      const operations = Array.from({ length: perRun }, () => fuzzOperation(random));
      if (!(await firstDifference(operations, open, answers))) continue;
      const found = await smallest(operations, open);
      const list = found.operations.map((operation) => JSON.stringify(operation)).join('\n');
      expect.fail(`STEWARD_SEED=${seed}, run ${run}: ${JSON.stringify(found.difference)}\nafter\n${list}`);
    }
    expect(opened).toBe(runs);
    expect(answers.refused / answers.asked, 'too many questions that both refuse').toBeLessThan(0.15);
    expect(answers.empty / answers.asked, 'too many answers that say nothing').toBeLessThan(0.6);
  });
});
