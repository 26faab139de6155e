import { rmSync } from 'node:fs';
import { pino } from 'pino';
import { createUuidV7Source } from '#shared/kernel/uuidV7.ts';
import { readCommandLine } from '#server/config/options.ts';
import { startServer } from '#server/startServer.ts';
import type { RunningServer } from '#server/startServer.ts';
import { smallDemo } from '#tests/support/serverProcess.ts';
import { temporaryFolder } from './temporaryFolder.ts';

export interface DemoServer {
  url: string;
  /** Every way in over HTTP. */
  routes: RunningServer['routes'];
  /** Messages the server logged as errors: each would call for a person. */
  errors: readonly string[];
  stop: () => Promise<void>;
}

/** The real server in this process, on a free loopback port, with small demo data in a directory of its own. */
export async function startDemoServer(options: readonly string[] = []): Promise<DemoServer> {
  const folder = temporaryFolder('server');
  const line = readCommandLine(['--port', '0', '--data', folder, '--seed', 'demo', ...smallDemo, ...options], {});
  if (line.command !== 'serve') throw new Error('the command line does not start a server');
  const clock = () => Date.now();
  const ids = createUuidV7Source(clock, (length) => crypto.getRandomValues(new Uint8Array(length)));
  const errors: string[] = [];
  const log = pino({ level: 'error' }, { write: (text: string) => void errors.push(text) });
  const server = await startServer(line.options, { clock, ids, log });
  return {
    url: server.url,
    routes: server.routes,
    errors,
    stop: async () => {
      await server.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
