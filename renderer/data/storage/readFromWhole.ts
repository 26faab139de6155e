import type { Rescue } from '#shared/replica/engineCalls.ts';
import type { LocalStore } from './localStore.ts';
import { EngineError } from './sqlite/engineClient.ts';

const mostAttempts = 3;
/** Milliseconds that replacing a damaged file may take; a large one is read through first. */
const patience = 120_000;

/**
 * Reads what a replica begins with, all of it from one file: when the file turns out to be damaged meanwhile, it is waited
 * for until it is replaced, and everything is read anew. Answers the last rescue beside what was read.
 */
export async function readFromWhole<Value extends object>(
  store: Pick<LocalStore, 'onRescue'>,
  schedule: (milliseconds: number, work: () => void) => () => void,
  read: () => Promise<Value>,
): Promise<Value & { rescue: Rescue | undefined }> {
  let rescue: Rescue | undefined;
  let onNext: (() => void) | undefined;
  const stop = store.onRescue((met) => {
    rescue = met;
    onNext?.();
  });
  const replaced = () =>
    new Promise<void>((resolve) => {
      const cancel = schedule(patience, resolve);
      onNext = () => {
        cancel();
        resolve();
      };
    });
  try {
    for (let attempt = 1; ; attempt++) {
      const before = rescue;
      try {
        const value = await read();
        if (rescue === before) return { ...value, rescue };
      } catch (error) {
        const isDamaged = error instanceof EngineError && error.code === 'damaged';
        if (!isDamaged || attempt === mostAttempts) throw error;
        if (rescue === before) await replaced();
      }
    }
  } finally {
    stop();
  }
}
