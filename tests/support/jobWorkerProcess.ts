import { appendFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { openSqliteStore } from '#server/storage/sqlite/openSqliteStore.ts';

/**
 * Works off the jobs of a store that several processes share; each job it has done is a line in `--log`. With `--hold` it only
 * claims, says so on its standard output, and never ends by itself.
 */
const { values } = parseArgs({
  options: {
    data: { type: 'string' },
    log: { type: 'string' },
    name: { type: 'string' },
    lease: { type: 'string' },
    hold: { type: 'boolean' },
  },
});
const { data = '', log = '', name = '', lease = '60000', hold = false } = values;
const clock = () => Date.now();
const store = openSqliteStore(data, clock, { exclusive: false });
const claim = () =>
  store.transaction((transaction) =>
    transaction.claimJobs({
      now: clock(),
      leaseUntil: clock() + Number(lease),
      limit: 20,
      perTenant: 100,
      token: `${name}-${clock()}`,
    }),
  );

if (hold) {
  const jobs = await claim();
  process.stdout.write(`${JSON.stringify(jobs.map((job) => job.id))}\n`);
  setInterval(() => undefined, 60_000);
} else {
  while ((await store.countJobs()).waiting > 0) {
    const jobs = await claim();
    if (jobs.length === 0) await new Promise((wake) => setTimeout(wake, 20));
    for (const job of jobs) appendFileSync(log, `${job.id}\n`);
    await store.transaction(async (transaction) => {
      for (const job of jobs)
        if (!(await transaction.finishJob(job.id, job.token))) throw new Error(`${job.id} was taken away`);
    });
  }
  await store.close();
}
