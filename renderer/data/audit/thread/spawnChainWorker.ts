import type { FromChainThread } from './chainTasks.ts';
import type { ChainWorker } from './chainRunner.ts';

/** Starts the worker that verifies and writes out the log. */
export function spawnChainWorker(): ChainWorker {
  const worker = new Worker(new URL('./chainWorker.ts', import.meta.url), { type: 'module', name: 'audit-chain' });
  return {
    postMessage: (message) => worker.postMessage(message),
    onMessage: (listener) => {
      worker.addEventListener('message', ({ data }: MessageEvent<FromChainThread>) => listener(data));
    },
    onEnd: (listener) => {
      worker.addEventListener('error', (event) => listener(event.message || 'the thread that verifies ended'));
    },
    terminate: () => worker.terminate(),
  };
}
