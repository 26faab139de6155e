import { config } from 'zod';
import { simulateWithProgress } from './roleSimulation.ts';
import type { SimulationAsk } from './roleSimulation.ts';

// The policy forbids making code from text; without this Zod would try to.
config({ jitless: true });

addEventListener('message', ({ data }: MessageEvent<SimulationAsk>) =>
  simulateWithProgress(data, (message) => postMessage(message)),
);
