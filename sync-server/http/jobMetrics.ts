import type { JobObserver } from '../engine/jobRunner.ts';
import type { Metrics } from './metrics.ts';

/** Counts what the job runner tells of. */
export function jobMetrics({ jobs, jobsRunning, jobSeconds, jobDelay }: Metrics): JobObserver {
  return {
    started: (_job, delay) => {
      jobsRunning.inc();
      jobDelay.observe(Math.max(0, delay) / 1000);
    },
    finished: ({ type }, duration) => {
      jobs.inc({ type, outcome: 'done' });
      jobSeconds.observe({ type }, duration / 1000);
    },
    failed: ({ type }, _problem, duration) => {
      jobs.inc({ type, outcome: 'failed' });
      jobSeconds.observe({ type }, duration / 1000);
    },
    dead: ({ type }) => jobs.inc({ type, outcome: 'dead' }),
    ended: () => jobsRunning.dec(),
  };
}
