import type { Counted } from '../engine/engineStatistics.ts';
import type { Metrics } from './metrics.ts';

/** Counts what the engine tells of; what comes to the doors is counted there. */
export function countEngine({
  eventsProcessed,
  runs,
  steps,
  stepRetries,
  webhooks,
}: Metrics): (what: Counted, by: number) => void {
  const counters: Partial<Record<Counted, (by: number) => void>> = {
    eventsProcessed: (by) => eventsProcessed.inc({ outcome: 'processed' }, by),
    eventsFailed: (by) => eventsProcessed.inc({ outcome: 'failed' }, by),
    runsStarted: (by) => runs.inc({ outcome: 'started' }, by),
    runsSuccess: (by) => runs.inc({ outcome: 'success' }, by),
    runsPartial: (by) => runs.inc({ outcome: 'partial' }, by),
    runsFailed: (by) => runs.inc({ outcome: 'failed' }, by),
    runsCancelled: (by) => runs.inc({ outcome: 'cancelled' }, by),
    steps: (by) => steps.inc(by),
    retries: (by) => stepRetries.inc(by),
    webhooks: (by) => webhooks.inc({ outcome: 'attempted' }, by),
    webhooksFailed: (by) => webhooks.inc({ outcome: 'failed' }, by),
  };
  return (what, by) => counters[what]?.(by);
}
