import type { Counted } from '../engine/engineStatistics.ts';
import type { Metrics } from './metrics.ts';

/** Counts what the engine tells of. */
export function countEngine({ eventsReceived, eventsProcessed, runs }: Metrics): (what: Counted, by: number) => void {
  const counters: Partial<Record<Counted, (by: number) => void>> = {
    eventsReceived: (by) => eventsReceived.inc({ source: 'door', outcome: 'stored' }, by),
    eventsProcessed: (by) => eventsProcessed.inc({ outcome: 'processed' }, by),
    eventsFailed: (by) => eventsProcessed.inc({ outcome: 'failed' }, by),
    runsStarted: (by) => runs.inc({ outcome: 'started' }, by),
    runsSuccess: (by) => runs.inc({ outcome: 'success' }, by),
    runsPartial: (by) => runs.inc({ outcome: 'partial' }, by),
    runsFailed: (by) => runs.inc({ outcome: 'failed' }, by),
    runsCancelled: (by) => runs.inc({ outcome: 'cancelled' }, by),
  };
  return (what, by) => counters[what]?.(by);
}
