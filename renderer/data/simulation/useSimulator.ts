import { useEffect, useState } from 'react';
import { useReplica } from '../hooks/useReplica.ts';
import { createSimulator } from './simulator.ts';
import type { Simulator } from './simulator.ts';
import { spawnThread } from './spawnThread.ts';

/** A simulator of this component's own; its thread starts with the first task and ends with the component. */
export function useSimulator(): Simulator {
  const replica = useReplica();
  const [simulator] = useState(() =>
    createSimulator({
      texts: () => replica.readTexts(),
      spawn: spawnThread,
      schedule: (milliseconds, work) => {
        const timer = setTimeout(work, milliseconds);
        return () => clearTimeout(timer);
      },
    }),
  );
  useEffect(() => () => simulator.close(), [simulator]);
  return simulator;
}
