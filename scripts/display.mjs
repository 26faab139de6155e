import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { hasDisplay } from './system-libraries.mjs';
import { Refusal, tell } from './tell.mjs';

/**
 * A display for the console: the person's own, else an Xvfb of ours.
 * The caller passes `environment` to what it starts and calls `close` when that has ended.
 */
export async function openDisplay() {
  if (process.platform !== 'linux' || hasDisplay()) return { environment: process.env, close: async () => {} };
  const server = spawn('Xvfb', ['-displayfd', '3', '-screen', '0', '1440x900x24', '-nolisten', 'tcp'], {
    // Ctrl+C reaches the whole process group; the display must outlive the windows on it.
    detached: true,
    stdio: ['ignore', 'ignore', 'ignore', 'pipe'],
  });
  const ended = once(server, 'exit');
  const number = await Promise.race([
    once(server.stdio[3], 'data').then(([chunk]) => chunk.toString().trim()),
    ended.then(([code]) => Promise.reject(new Refusal(`Xvfb ended at once with code ${code}.`))),
  ]);
  tell(`no display here: using Xvfb on :${number}`);
  const close = async () => {
    if (server.exitCode !== null || server.signalCode !== null) return;
    server.kill();
    await ended;
  };
  return { environment: { ...process.env, DISPLAY: `:${number}` }, close };
}
