import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { resolve } from 'node:path';

export interface ServerProcess {
  url: string;
  port: number;
  dataDirectory: string;
  /** Of the process that runs now. */
  pid: () => number;
  /** Ends the process at once, as a power cut would. */
  kill: () => Promise<void>;
  /** Asks it to stop and waits for it. */
  stop: () => Promise<void>;
  /** What it wrote since it was started, the last 100,000 characters. */
  output: () => string;
  /** Starts it again on the same port and data. */
  restart: () => Promise<void>;
}

const entry = resolve(import.meta.dirname, '../../sync-server/main.ts');

/** Small demo data: enough of every kind for a scenario, loaded in about a second. */
export const smallDemo = [
  ['--demo-tenants', '12'],
  ['--demo-rules', '10'],
  ['--demo-events', '120'],
  ['--demo-audit', '200'],
  ['--demo-referrals', '60'],
  ['--demo-clicks', '150'],
  ['--demo-anomalies', '20'],
].flat();

/**
 * Starts the real server as its own process on a free loopback port and waits until it is ready. `file`: the one to start
 * instead of the source, see `bundleServer`.
 */
export async function startServerProcess(
  dataDirectory: string,
  options: readonly string[],
  file = entry,
): Promise<ServerProcess> {
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const start = () => run({ file, port, url, dataDirectory, options });
  let { child, output } = await start();
  const end = async (signal: 'SIGKILL' | 'SIGTERM') => {
    if (child.exitCode !== null || child.signalCode !== null) return;
    const exited = once(child, 'exit');
    child.kill(signal);
    await exited;
  };
  return {
    url,
    port,
    dataDirectory,
    pid: () => child.pid ?? 0,
    kill: () => end('SIGKILL'),
    stop: () => end('SIGTERM'),
    restart: async () => {
      await end('SIGTERM');
      ({ child, output } = await start());
    },
    output: () => output(),
  };
}

interface Start {
  file: string;
  port: number;
  url: string;
  dataDirectory: string;
  options: readonly string[];
}

async function run({ file, port, url, dataDirectory, options }: Start): Promise<{
  child: ChildProcess;
  output: () => string;
}> {
  const child = spawn(
    process.execPath,
    [file, '--port', String(port), '--data', dataDirectory, '--log', 'warn', ...options],
    { stdio: ['ignore', 'pipe', 'pipe'] },
  );
  let output = '';
  const keep = (chunk: Buffer) => (output = (output + chunk.toString()).slice(-100_000));
  child.stdout.on('data', keep);
  child.stderr.on('data', keep);
  for (let attempt = 0; attempt < 1500; attempt++) {
    if (child.exitCode !== null)
      throw new Error(`the server ended with code ${child.exitCode}: ${output.slice(-4000)}`);
    const ready = await fetch(`${url}/readyz`).then(
      (answer) => answer.ok,
      () => false,
    );
    if (ready) return { child, output: () => output };
    await new Promise((wake) => setTimeout(wake, 20));
  }
  child.kill('SIGKILL');
  throw new Error(`the server was not ready within 30 s: ${output.slice(-4000)}`);
}

async function freePort(): Promise<number> {
  const probe = createServer();
  probe.listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const { port } = probe.address() as AddressInfo;
  probe.close();
  await once(probe, 'close');
  return port;
}
