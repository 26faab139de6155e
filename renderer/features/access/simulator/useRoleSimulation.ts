import { useCallback, useEffect, useRef, useState } from 'react';
import type { Simulation } from '#shared/domain/access/simulateRoleChange.ts';
import type { SimulationAsk, SimulationMessage } from './roleSimulation.ts';

export type SimulationState =
  | { at: 'idle' }
  | { at: 'running'; share: number }
  | { at: 'done'; simulation: Simulation }
  | { at: 'failed'; problem: string };

/** Simulates beside the window: a thread of its own per run, ended when it is stopped or the page is left. */
export function useRoleSimulation(): { state: SimulationState; run: (ask: SimulationAsk) => void; stop: () => void } {
  const [state, setState] = useState<SimulationState>({ at: 'idle' });
  const thread = useRef<Worker>(undefined);
  const end = useCallback(() => {
    thread.current?.terminate();
    thread.current = undefined;
  }, []);
  useEffect(() => end, [end]);
  return {
    state,
    run: (ask) => {
      end();
      setState({ at: 'running', share: 0 });
      const worker = new Worker(new URL('./roleSimulationWorker.ts', import.meta.url), {
        type: 'module',
        name: 'role simulation',
      });
      thread.current = worker;
      worker.addEventListener('message', ({ data }: MessageEvent<SimulationMessage>) => {
        if (thread.current !== worker) return;
        if (data.type === 'progress') setState({ at: 'running', share: data.share });
        else {
          end();
          setState(
            data.type === 'done'
              ? { at: 'done', simulation: data.simulation }
              : { at: 'failed', problem: data.message },
          );
        }
      });
      worker.addEventListener('error', (event) => {
        if (thread.current !== worker) return;
        end();
        setState({ at: 'failed', problem: event.message });
      });
      worker.postMessage(ask);
    },
    stop: () => {
      end();
      setState({ at: 'idle' });
    },
  };
}
