import type { FromThread } from './threadMessages.ts';
import type { SimulationThread } from './simulator.ts';

/** Starts the worker that simulates. */
export function spawnThread(): SimulationThread {
  const worker = new Worker(new URL('./simulationWorker.ts', import.meta.url), { type: 'module', name: 'simulation' });
  return {
    postMessage: (message) => worker.postMessage(message),
    onMessage: (listener) => {
      worker.addEventListener('message', ({ data }: MessageEvent<FromThread>) => listener(data));
    },
    onEnd: (listener) => {
      worker.addEventListener('error', (event) => listener(event.message || 'the thread that simulates ended'));
    },
    terminate: () => worker.terminate(),
  };
}
