import { join } from 'node:path';
import { MessageChannelMain, app, utilityProcess } from 'electron';
import type { UtilityProcess, WebContents } from 'electron';
import { engineLostChannel, enginePortChannel } from '#shared/ipc/contract.ts';
import type { Log } from './logFile.ts';

/** The process that holds every replica of this installation. */
export interface ReplicaProcess {
  /** Gives a window a port of its own; starts the process when it is not running. */
  connect: (window: WebContents) => void;
  /** Lets the process close its files; resolves when it has ended, undefined when there is none. */
  stop: () => Promise<void> | undefined;
}

/** Milliseconds the process gets to close its files before it is ended. */
const patience = 5000;

/** Runs the engine beside the windows, and again when it ended by itself. Windows are told and ask for a new port. */
export function createReplicaProcess(folder: string, windows: () => WebContents[], log: Log): ReplicaProcess {
  let running: UtilityProcess | undefined;
  let stopping = false;

  const start = (): UtilityProcess => {
    const child = utilityProcess.fork(join(import.meta.dirname, 'replica.js'), [folder], {
      serviceName: 'Steward replica',
      stdio: 'pipe',
    });
    for (const stream of [child.stdout, child.stderr])
      stream?.on('data', (line: Buffer) => log('info', 'replica', line.toString().trim()));
    child.on('exit', (code) => {
      if (running === child) running = undefined;
      if (stopping) return;
      log('warn', 'replica', `the process that holds the replica ended with code ${code}; it is started again`);
      for (const window of windows()) if (!window.isDestroyed()) window.send(engineLostChannel);
    });
    return child;
  };
  return {
    connect: (window) => {
      if (stopping) return;
      running ??= start();
      const { port1, port2 } = new MessageChannelMain();
      running.postMessage({ type: 'connect' }, [port1]);
      window.postMessage(enginePortChannel, null, [port2]);
    },
    stop: () => {
      stopping = true;
      const child = running;
      if (!child) return undefined;
      child.postMessage({ type: 'stop' });
      return new Promise<void>((resolve) => {
        child.once('exit', () => resolve());
        setTimeout(() => {
          child.kill();
          resolve();
        }, patience);
      });
    },
  };
}

/** Where replicas are kept, below the folder of this installation's data. */
export function replicaFolder(): string {
  return join(app.getPath('userData'), 'replica');
}
