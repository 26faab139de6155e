import { config } from 'zod';
import { createThread } from './simulationThread.ts';
import type { ToThread } from './threadMessages.ts';

// The policy forbids making code from text; without this Zod would try to.
config({ jitless: true });

const thread = createThread({
  post: (message) => postMessage(message),
  clock: () => performance.now(),
  // A message of its own, so that a stop that waits in line is heard.
  breathe: () => new Promise((resume) => setTimeout(resume, 0)),
});
addEventListener('message', ({ data }: MessageEvent<ToThread>) => thread.receive(data));
