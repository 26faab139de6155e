import { io } from 'socket.io-client';
import type { Socket } from 'socket.io-client';
import type { JsonObject } from '#shared/kernel/json.ts';
import type { PullAnswer, PushAnswer, PushRow } from '#shared/protocol/messages.ts';
import type { RecordEnvelope, RecordState } from '#shared/records/envelope.ts';
import type { SessionAnswer } from '#shared/protocol/session.ts';

/** A client that speaks docs/protocol.md and nothing else. */
export interface ProtocolClient {
  socket: Socket;
  session: SessionAnswer;
  hello: JsonObject;
  push: (collection: string, rows: PushRow[], pushId?: string) => Promise<PushAnswer>;
  pull: (collection: string, seq: number | null, limit?: number) => Promise<PullAnswer>;
  /** Everything visible, over as many pages as it takes. */
  pullAll: (collection: string, limit?: number) => Promise<{ documents: RecordState[]; seq: number }>;
  close: () => void;
}

export async function post(url: string, path: string, body: unknown): Promise<{ status: number; body: JsonObject }> {
  const answer = await fetch(`${url}${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  return { status: answer.status, body: (await answer.json()) as JsonObject };
}

export async function logIn(url: string, email: string, password = 'steward-demo'): Promise<SessionAnswer> {
  const { status, body } = await post(url, '/v1/auth/login', { email, password, clientId: `client of ${email}` });
  if (status !== 200) throw new Error(JSON.stringify(body));
  return body as unknown as SessionAnswer;
}

export function openSocket(url: string, auth: object): Socket {
  return io(`${url}/sync`, { transports: ['websocket'], auth, reconnection: false, forceNew: true, timeout: 5000 });
}

/** Signs in and waits for the greeting. Rejects with the problem of a refused connection. */
export async function connect(url: string, email: string, password?: string): Promise<ProtocolClient> {
  const session = await logIn(url, email, password);
  return connectWith(url, session, email);
}

export async function connectWith(url: string, session: SessionAnswer, clientId: string): Promise<ProtocolClient> {
  const socket = openSocket(url, { token: session.accessToken, clientId, schemaVersion: 1, appVersion: 'test' });
  const hello = await new Promise<JsonObject>((resolve, reject) => {
    socket.once('hello', resolve);
    socket.once('connect_error', reject);
  });
  const ask = async <Answer>(event: string, payload: unknown): Promise<Answer> =>
    (await socket.timeout(20_000).emitWithAck(event, payload)) as Answer;
  const pull = (collection: string, seq: number | null, limit = 2000) =>
    ask<PullAnswer>('pull', { collection, checkpoint: seq === null ? null : { seq }, limit });
  return {
    socket,
    session,
    hello,
    push: (collection, rows, pushId = crypto.randomUUID()) => ask<PushAnswer>('push', { collection, pushId, rows }),
    pull,
    pullAll: async (collection, limit) => {
      const documents = new Map<string, RecordState>();
      let seq: number | null = null;
      for (;;) {
        const answer: PullAnswer = await pull(collection, seq, limit);
        if (!answer.ok) throw new Error(answer.error.message);
        for (const document of answer.documents as RecordState[]) documents.set(document.id, document);
        seq = answer.checkpoint.seq;
        if (!answer.more) return { documents: [...documents.values()], seq };
      }
    },
    close: () => socket.disconnect(),
  };
}

/** A new task as a row of a push. */
export function newTask(title: string, changes: Partial<RecordEnvelope> = {}): PushRow & { doc: RecordEnvelope } {
  const at = new Date().toISOString();
  return {
    baseVersion: 0,
    doc: {
      id: crypto.randomUUID(),
      kind: 'task',
      tenantId: '',
      status: 'open',
      assignedTo: '',
      createdAt: at,
      createdBy: 'me',
      updatedAt: at,
      updatedBy: 'me',
      version: 1,
      ...changes,
      body: { title, description: '', dueAt: '', priority: 'normal', relatedKind: '', relatedId: '', ...changes.body },
    },
  };
}
