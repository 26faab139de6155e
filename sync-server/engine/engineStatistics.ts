import type { Clock } from '#shared/kernel/sources.ts';

export const countedThings = [
  'eventsReceived',
  'eventsProcessed',
  'eventsFailed',
  'runsStarted',
  'runsSuccess',
  'runsPartial',
  'runsFailed',
  'runsCancelled',
  'steps',
  'retries',
  'webhooks',
  'webhooksFailed',
] as const;
export type Counted = (typeof countedThings)[number];
export type Counts = Record<Counted, number>;

export interface EngineStatistics {
  count: (what: Counted, by?: number) => void;
  /** The last sixty minutes, oldest first, idle ones included; `minute` is the start of each, ISO 8601. */
  lastHour: () => ({ minute: string } & Counts)[];
}

const minute = 60_000;
const kept = 60;

/** Throughput of the last hour, in memory: it begins anew with the server. `observe` is told of every count too. */
export function createEngineStatistics(
  clock: Clock,
  observe: (what: Counted, by: number) => void = () => undefined,
): EngineStatistics {
  const minutes = new Map<number, Counts>();
  return {
    count: (what, by = 1) => {
      if (by === 0) return;
      observe(what, by);
      const now = Math.floor(clock() / minute);
      const counts = minutes.get(now) ?? noCounts();
      counts[what] += by;
      minutes.set(now, counts);
      for (const old of minutes.keys()) if (old <= now - kept) minutes.delete(old);
    },
    lastHour: () => {
      const now = Math.floor(clock() / minute);
      return Array.from({ length: kept }, (_, index) => {
        const at = now - kept + 1 + index;
        return { minute: new Date(at * minute).toISOString(), ...(minutes.get(at) ?? noCounts()) };
      });
    },
  };
}

function noCounts(): Counts {
  return Object.fromEntries(countedThings.map((what) => [what, 0])) as Counts;
}
