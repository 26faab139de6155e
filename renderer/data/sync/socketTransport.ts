import { io } from 'socket.io-client';
import { problemSchema } from '#shared/protocol/messages.ts';
import type { Problem } from '#shared/kernel/errors.ts';
import { problemOf, saying } from '#shared/kernel/sentences/sentence.ts';
import { LinkLost } from './transport.ts';
import type { LinkHandlers, OpenLink } from './transport.ts';

/** Milliseconds without an acknowledgement after which the line counts as broken. */
const answerTimeout = 45_000;
const connectTimeout = 15_000;
const events = ['hello', 'changes', 'resync', 'scope', 'bye'] as const;

/** Links over Socket.io, WebSocket only. Reconnecting is the engine's business. */
export function createSocketTransport(serverUrl: string): OpenLink {
  return (auth, handlers) => {
    const socket = io(`${serverUrl.replace(/\/$/, '')}/sync`, {
      transports: ['websocket'],
      auth,
      forceNew: true,
      reconnection: false,
      timeout: connectTimeout,
    });
    let over = false;
    const down = (problem: Problem) => {
      if (over) return;
      over = true;
      socket.disconnect();
      handlers.onDown(problem);
    };
    listen(socket, handlers, () => over);
    socket.on('connect_error', (error: Error & { data?: unknown }) => {
      const refused = problemSchema.safeParse(error.data);
      down(refused.success ? refused.data : unreachable(serverUrl));
    });
    socket.on('disconnect', () => down(unreachable(serverUrl)));
    return {
      request: async (event, payload) => {
        if (over) throw new LinkLost();
        try {
          const answer: unknown = await socket.timeout(answerTimeout).emitWithAck(event, payload);
          return answer;
        } catch {
          // Socket.io rejects on a timeout and on a disconnect alike; after both nobody knows what arrived.
          down(unreachable(serverUrl));
          throw new LinkLost();
        }
      },
      close: () => {
        over = true;
        socket.disconnect();
      },
    };
  };
}

function listen(socket: ReturnType<typeof io>, handlers: LinkHandlers, over: () => boolean): void {
  for (const event of events) {
    socket.on(event, (payload: unknown) => {
      if (!over()) handlers.onMessage(event, payload);
    });
  }
}

function unreachable(serverUrl: string): Problem {
  return problemOf('unavailable', saying('unreachable_edits_kept', { server: serverUrl }));
}
