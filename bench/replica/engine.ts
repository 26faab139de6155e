import { createHost } from '#electron/replica/host.ts';
import { openEngine } from '#electron/replica/engines/openEngine.ts';
import type { EngineMessage, EngineRequest } from '#shared/replica/engineCalls.ts';
import { migrateDocument } from '#shared/replica/migrateDocument.ts';

/** An answer with the milliseconds between the question's arrival in this process and the answer. */
export type TimedMessage = EngineMessage & { engineTime: number };

interface Port {
  on(event: 'message', listener: (message: { data: unknown; ports: Port[] }) => void): void;
  on(event: 'close', listener: () => void): void;
  postMessage: (message: unknown) => void;
  start: () => void;
}

// The product's entry (electron/replica/index.ts) with a watch.
const parent = (process as unknown as { parentPort: Port }).parentPort;
const [folder] = process.argv.slice(2);
if (!folder) throw new Error('started without the folder of the replicas');

const host = createHost({
  folder,
  openEngine: (file) => openEngine(file),
  migrate: migrateDocument,
  clock: () => Date.now(),
  log: (message) => void process.stdout.write(`${message}\n`),
});

parent.on('message', ({ data, ports }) => {
  const { type } = data as { type: 'connect' | 'stop' };
  if (type === 'stop') {
    host.close();
    process.exit(0);
  }
  const [port] = ports;
  if (!port) return;
  const arrivals = new Map<number, number>();
  const session = host.connect((message) => {
    const arrived = 'id' in message ? arrivals.get(message.id) : undefined;
    if ('id' in message) arrivals.delete(message.id);
    const timed: TimedMessage = { ...message, engineTime: arrived === undefined ? 0 : performance.now() - arrived };
    port.postMessage(timed);
  });
  port.on('message', (message) => {
    arrivals.set((message.data as EngineRequest).id, performance.now());
    session.receive(message.data);
  });
  port.on('close', () => session.close());
  port.start();
});
