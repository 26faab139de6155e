import { config } from 'zod';
import { createChainThread } from './chainThread.ts';
import type { ToChainThread } from './chainTasks.ts';

// The policy forbids making code from text; without this Zod would try to.
config({ jitless: true });

const thread = createChainThread({
  post: (message) => postMessage(message),
  // A message of its own, so that a stop that waits in line is heard.
  breathe: () => new Promise((resume) => setTimeout(resume, 0)),
});
addEventListener('message', ({ data }: MessageEvent<ToChainThread>) => thread.receive(data));
