/** Readers of whole chains and the one who removes from them: he waits for those who read, and each step of his for him. */
export interface Turns {
  /** Resolves once nothing is being removed; nothing will be until the answer is called. */
  read: () => Promise<() => void>;
  /** Runs a step when nobody reads. */
  remove: <Answer>(step: () => Promise<Answer>) => Promise<Answer>;
}

export function createTurns(): Turns {
  let readers = 0;
  let removing: Promise<unknown> = Promise.resolve();
  const waiting: (() => void)[] = [];
  return {
    read: async () => {
      readers += 1;
      await removing;
      let isDone = false;
      return () => {
        if (isDone) return;
        isDone = true;
        readers -= 1;
        if (readers > 0) return;
        for (const wake of waiting.splice(0)) wake();
      };
    },
    remove: async (step) => {
      for (;;) {
        if (readers === 0) break;
        await new Promise<void>((wake) => waiting.push(wake));
      }
      const mine = step();
      removing = mine.catch(() => undefined);
      return mine;
    },
  };
}
