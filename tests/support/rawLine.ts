import { once } from 'node:events';
import type { Json } from '#shared/kernel/json.ts';

/** Socket.io's transport spoken by hand: what no client library would let through can be said on it. */
export interface RawLine {
  isOpen: () => boolean;
  /** Sends messages at once; answers what was acknowledged, fewer when the server closed the line over them. */
  ask: (messages: readonly Json[][]) => Promise<Json[]>;
  write: (text: string) => void;
  close: () => void;
}

/** Opens a line and, with a token, signs in on it and waits for the greeting. */
export async function openRawLine(url: string, token?: string): Promise<RawLine> {
  const socket = new WebSocket(`${url.replace('http', 'ws')}/socket.io/?EIO=4&transport=websocket`);
  const waiting = new Map<number, (answer: Json | undefined) => void>();
  let next = 0;
  let greeted: () => void = () => undefined;
  socket.addEventListener('message', ({ data }) => {
    const text = String(data);
    if (text === '2') socket.send('3');
    if (text.startsWith('42/sync,["hello"')) greeted();
    const [, id = '', answer = ''] = /^43\/sync,(\d+)(.*)$/s.exec(text) ?? [];
    if (id === '') return;
    waiting.get(Number(id))?.((JSON.parse(answer) as Json[])[0]);
    waiting.delete(Number(id));
  });
  socket.addEventListener('close', () => {
    for (const answer of waiting.values()) answer(undefined);
    waiting.clear();
    greeted();
  });
  socket.addEventListener('error', () => undefined);
  await once(socket, 'open');
  if (token !== undefined) {
    const greeting = new Promise<void>((resolve) => (greeted = resolve));
    socket.send(`40/sync,${JSON.stringify({ token, clientId: 'raw', schemaVersion: 1, appVersion: 'test' })}`);
    await greeting;
  }
  return {
    isOpen: () => socket.readyState === WebSocket.OPEN,
    ask: async (messages) => {
      const answers = await Promise.all(
        messages.map(
          (message) =>
            new Promise<Json | undefined>((resolve) => {
              if (socket.readyState !== WebSocket.OPEN) return resolve(undefined);
              waiting.set(next, resolve);
              socket.send(`42/sync,${next}${JSON.stringify(message)}`);
              next += 1;
              return undefined;
            }),
        ),
      );
      return answers.filter((answer) => answer !== undefined);
    },
    write: (text) => socket.readyState === WebSocket.OPEN && socket.send(text),
    close: () => socket.close(),
  };
}
