import { expect, it } from 'vitest';
import { faultsOf } from './oracle.ts';
import { runSchedule } from './schedule.ts';

/** Seeds that once failed; each stays here by name of what it found. */
const keptSeeds: readonly (readonly [string, number])[] = [
  ['an edit taken back before it was sent keeps the version of the server', 5176],
  ['an edit that came to say what the server says already keeps the record of the server', 511],
];
const schedules = Number(process.env['STEWARD_SCHEDULES'] ?? 1000);
const firstSeed = Number(process.env['STEWARD_SEED'] ?? 1);

/** What is wrong after the schedule of this seed, with its log. */
async function faultsOfSeed(seed: number): Promise<string[]> {
  const world = await runSchedule(seed);
  const faults = await faultsOf(world);
  for (const one of world.consoles) await one.close();
  await world.server.store.close();
  return faults.length === 0 ? [] : [`seed ${seed}`, ...faults, ...world.log];
}

it.each(keptSeeds)('%s (seed %i)', async (_name, seed) => {
  expect(await faultsOfSeed(seed)).toEqual([]);
});

it(`${schedules} schedules from seed ${firstSeed} converge and lose nothing`, { timeout: 600_000 }, async () => {
  for (let seed = firstSeed; seed < firstSeed + schedules; seed += 1) expect(await faultsOfSeed(seed)).toEqual([]);
});
