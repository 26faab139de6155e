import { migrateDocument } from '#shared/replica/migrateDocument.ts';
import { openEngine } from './engines/openEngine.ts';
import { createHost } from './host.ts';
import type { HostSession, ReplicaHost } from './host.ts';

/** The part of Electron's MessagePortMain and parentPort that is used here; a utility process imports no Electron. */
export interface Port {
  on(event: 'message', listener: (message: { data: unknown; ports: Port[] }) => void): void;
  on(event: 'close', listener: () => void): void;
  postMessage: (message: unknown) => void;
  start: () => void;
}

/** The host of the folder that main names on the command line. */
export function startHost(): ReplicaHost {
  const [folder] = process.argv.slice(2);
  if (!folder) throw new Error('started without the folder of the replicas');
  return createHost({
    folder,
    openEngine: (file) => openEngine(file),
    migrate: migrateDocument,
    clock: () => Date.now(),
    // Main reads the output into the log of the console.
    log: (message) => void process.stdout.write(`${message}\n`),
  });
}

/** Attaches every port that main hands over, one per window, and ends the process when main says so. */
export function servePorts(host: ReplicaHost, attach: (port: Port) => HostSession): void {
  const parent = (process as unknown as { parentPort: Port }).parentPort;
  parent.on('message', ({ data, ports }) => {
    const { type } = data as { type: 'connect' | 'stop' };
    if (type === 'stop') {
      host.close();
      process.exit(0);
    }
    const [port] = ports;
    if (!port) return;
    const session = attach(port);
    port.on('close', () => session.close());
    port.start();
  });
}
