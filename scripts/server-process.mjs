import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { pinnedNode, root } from './paths.mjs';
import { Refusal } from './tell.mjs';

export const serverEntry = join(root, 'sync-server/main.ts');

/** Starts the sync server on loopback and waits until it is ready. `stop` ends it by its pid and waits for it. */
export async function startServer({ port, data, parameters = [], patience = 120_000 }) {
  const url = `http://127.0.0.1:${port}`;
  const child = spawn(
    pinnedNode,
    [serverEntry, '--port', String(port), '--data', data, '--seed', 'demo', ...parameters],
    { cwd: root, stdio: ['ignore', 'pipe', 'pipe'] },
  );
  let output = '';
  const keep = (chunk) => (output = (output + chunk).slice(-4000));
  child.stdout.on('data', keep);
  child.stderr.on('data', keep);
  const exited = once(child, 'exit');
  const stop = async () => {
    if (child.exitCode !== null || child.signalCode !== null) return;
    child.kill('SIGTERM');
    const overdue = setTimeout(() => child.kill('SIGKILL'), 10_000);
    await exited;
    clearTimeout(overdue);
  };
  const deadline = performance.now() + patience;
  while (!(await serverIsReady(url))) {
    if (child.exitCode !== null || child.signalCode !== null) {
      throw new Refusal(`The sync server ended with code ${child.exitCode ?? child.signalCode}. It said:\n${output}`);
    }
    if (performance.now() > deadline) {
      await stop();
      throw new Refusal(`The sync server was not ready after ${patience / 1000} s. It said:\n${output}`);
    }
    await new Promise((wake) => setTimeout(wake, 50));
  }
  return { url, stop };
}

/** Whether a server answers as ready at this address. */
export async function serverIsReady(url) {
  try {
    const answer = await fetch(`${url}/readyz`, { signal: AbortSignal.timeout(2000) });
    await answer.body?.cancel();
    return answer.ok;
  } catch {
    return false; // Nobody listens there yet.
  }
}

export async function freePort() {
  const probe = createServer();
  probe.listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const { port } = probe.address();
  probe.close();
  await once(probe, 'close');
  return port;
}
