import { once } from 'node:events';
import { connect, createServer } from 'node:net';
import type { AddressInfo, Socket } from 'node:net';

/** One address behind which different things may answer, as behind a name in a network. */
export interface SwitchableLine {
  url: string;
  /** Another server from now on; lines that are open break. */
  leadTo: (port: number) => void;
  /** Answers whatever comes with these bytes and hangs up; '' = hangs up at once. */
  answerWith: (bytes: string | Buffer) => void;
  close: () => Promise<void>;
}

export async function openSwitchableLine(port: number): Promise<SwitchableLine> {
  let lead: { port: number } | { bytes: string | Buffer } = { port };
  const open = new Set<Socket>();
  const server = createServer((socket) => {
    open.add(socket);
    socket.on('close', () => open.delete(socket));
    socket.on('error', () => socket.destroy());
    const there = lead;
    if ('bytes' in there) {
      socket.once('data', () => socket.end(there.bytes));
      return;
    }
    const onward = connect(there.port, '127.0.0.1');
    onward.on('error', () => socket.destroy());
    onward.on('close', () => socket.destroy());
    socket.on('close', () => onward.destroy());
    socket.pipe(onward).pipe(socket);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const change = (next: typeof lead) => {
    lead = next;
    for (const socket of open) socket.destroy();
  };
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    leadTo: (next) => change({ port: next }),
    answerWith: (bytes) => change({ bytes }),
    close: async () => {
      const closed = once(server, 'close');
      server.close();
      for (const socket of open) socket.destroy();
      await closed;
    },
  };
}
