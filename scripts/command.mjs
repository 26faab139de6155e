import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { root } from './paths.mjs';

const endingSignals = ['SIGINT', 'SIGTERM', 'SIGHUP'];

/** Runs a program to its end with its output shown; answers its exit code (128 + signal number is not told apart: 1). */
export async function runCommand(program, parameters, options = {}) {
  const child = spawn(program, parameters, { cwd: root, stdio: 'inherit', ...options });
  const forward = (signal) => child.kill(signal);
  for (const signal of endingSignals) process.on(signal, forward);
  try {
    const [code] = await once(child, 'exit');
    return code ?? 1;
  } finally {
    for (const signal of endingSignals) process.off(signal, forward);
  }
}

/** Runs a program to its end quietly; answers its exit code and what it printed. */
export function readCommand(program, parameters, options = {}) {
  const { status, stdout, stderr, error } = spawnSync(program, parameters, {
    cwd: root,
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
    ...options,
  });
  return { code: error ? 127 : (status ?? 1), stdout: stdout ?? '', stderr: stderr ?? '' };
}

export function hasProgram(name) {
  return readCommand('sh', ['-c', `command -v ${name}`]).code === 0;
}
