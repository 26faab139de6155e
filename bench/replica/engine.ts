import { servePorts, startHost } from '#electron/replica/utilityProcess.ts';
import type { EngineMessage, EngineRequest } from '#shared/replica/engineCalls.ts';

/** An answer with the milliseconds between the question's arrival in this process and the answer. */
export type TimedMessage = EngineMessage & { engineTime: number };

// The product's entry (electron/replica/index.ts) with a watch.
const host = startHost();

servePorts(host, (port) => {
  const arrivals = new Map<number, number>();
  const session = host.connect((message) => {
    const arrived = 'id' in message ? arrivals.get(message.id) : undefined;
    if ('id' in message) arrivals.delete(message.id);
    const timed: TimedMessage = { ...message, engineTime: arrived === undefined ? 0 : performance.now() - arrived };
    port.postMessage(timed);
  });
  port.on('message', ({ data }) => {
    arrivals.set((data as EngineRequest).id, performance.now());
    session.receive(data);
  });
  return session;
});
