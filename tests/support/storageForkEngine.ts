import { fork } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { EngineMessage } from '#shared/replica/engineCalls.ts';
import type { EnginePort } from '#renderer/data/storage/sqlite/engineClient.ts';
import type { EngineName } from './storageEngines.ts';

/** Halves the time such a process takes to start. */
export const quickStart = { ...process.env, NODE_COMPILE_CACHE: join(tmpdir(), 'steward-compile-cache') };

const entry = fileURLToPath(new URL('./storageEngineProcess.ts', import.meta.url));

export interface ForkedEngine {
  connect: () => Promise<EnginePort>;
  /** Ends the engine that runs now at once, and waits until it is gone. */
  kill: () => Promise<void>;
  /** Of the engine that runs now. */
  pid: () => number;
  /** How many were started. */
  starts: () => number;
  /** Ends it in order. */
  stop: () => Promise<void>;
}

/** An engine in a child process; whenever it is gone, the next connection starts another one on the same folder. */
export function forkEngine(
  folder: string,
  engine: EngineName,
  beforeStart: () => void = () => undefined,
): ForkedEngine {
  let child: ChildProcess | undefined;
  let started = 0;
  const running = (one: ChildProcess) => one.exitCode === null && one.signalCode === null;
  return {
    connect: async () => {
      beforeStart();
      started += 1;
      const options = { serialization: 'advanced', stdio: 'inherit', env: quickStart } as const;
      const mine = fork(entry, [folder, engine], { ...options, execArgv: [] });
      child = mine;
      return {
        // What cannot be sent any more is answered by `onClose`.
        postMessage: (request) => void mine.send(request, () => undefined),
        onMessage: (listener) => void mine.on('message', (message) => listener(message as EngineMessage)),
        onClose: (listener) => void mine.once('exit', listener),
        close: () => mine.connected && mine.disconnect(),
      };
    },
    kill: async () => {
      if (!child || !running(child)) return;
      const gone = once(child, 'exit');
      child.kill('SIGKILL');
      await gone;
    },
    pid: () => child?.pid ?? 0,
    starts: () => started,
    stop: async () => {
      if (!child || !running(child)) return;
      const gone = once(child, 'exit');
      if (child.connected) child.disconnect();
      await gone;
    },
  };
}
