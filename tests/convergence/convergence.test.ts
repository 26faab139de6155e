import { expect, it } from 'vitest';
import { faultsOf } from './oracle.ts';
import { runSchedule } from './schedule.ts';

/** Seeds that once failed; each stays here by name of what it found. */
const keptSeeds: readonly (readonly [string, number])[] = [
  ['an edit taken back before it was sent keeps the version of the server', 5176],
];
const schedules = Number(process.env['STEWARD_SCHEDULES'] ?? 1000);
const firstSeed = Number(process.env['STEWARD_SEED'] ?? 1);

async function check(seed: number): Promise<void> {
  const world = await runSchedule(seed);
  const faults = await faultsOf(world);
  for (const one of world.consoles) await one.close();
  await world.server.store.close();
  expect(faults, `seed ${seed}\n${world.log.join('\n')}`).toEqual([]);
}

it.each(keptSeeds)('%s (seed %i)', (_name, seed) => check(seed));

it(`${schedules} schedules from seed ${firstSeed} converge and lose nothing`, { timeout: 600_000 }, async () => {
  for (let seed = firstSeed; seed < firstSeed + schedules; seed += 1) await check(seed);
});
