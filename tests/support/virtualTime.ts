import { enginesBusy } from './engineInProcess.ts';

/** A clock that only moves when told, and what waits for it. */
export interface VirtualTime {
  now: () => number;
  schedule: (milliseconds: number, work: () => void) => () => void;
  /** Runs what is due next and everything that follows from it; false when nothing waits. */
  step: () => Promise<boolean>;
  /** Runs everything due within so many milliseconds. */
  advance: (milliseconds: number) => Promise<void>;
}

interface Waiting {
  at: number;
  order: number;
  work: () => void;
}

/** Turns of the event loop in which promises and immediates of one step come to rest. */
const turnsToRest = 4;

export function createVirtualTime(start: number): VirtualTime {
  let now = start;
  let order = 0;
  let waiting: Waiting[] = [];
  const runNext = async (): Promise<void> => {
    const at = waiting.reduce((least, one) => Math.min(least, one.at), Number.MAX_SAFE_INTEGER);
    const due = waiting.filter((one) => one.at === at).sort((left, right) => left.order - right.order);
    waiting = waiting.filter((one) => one.at !== at);
    now = Math.max(now, at);
    for (const one of due) one.work();
    await rest();
  };
  return {
    now: () => now,
    schedule: (milliseconds, work) => {
      const mine: Waiting = { at: now + Math.max(1, Math.round(milliseconds)), order: order++, work };
      waiting.push(mine);
      return () => {
        waiting = waiting.filter((one) => one !== mine);
      };
    },
    step: async () => {
      if (waiting.length === 0) return false;
      await runNext();
      return true;
    },
    advance: async (milliseconds) => {
      const end = now + milliseconds;
      await rest();
      while (waiting.some((one) => one.at <= end)) await runNext();
      now = end;
    },
  };
}

async function rest(): Promise<void> {
  for (let turn = 0; turn < turnsToRest; turn = enginesBusy() ? 0 : turn + 1)
    await new Promise<void>((wake) => setImmediate(wake));
}
