import { once } from 'node:events';
import { createServer } from 'node:http';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { Webhook } from 'standardwebhooks';
import { isJsonObject } from '#shared/kernel/json.ts';
import type { JsonObject } from '#shared/kernel/json.ts';

export interface ReceivedRequest {
  method: string;
  /** Path and query. */
  path: string;
  /** Names in lower case. */
  headers: Readonly<Record<string, string>>;
  body: string;
  /** The body as a JSON object; {} = it is none. */
  json: JsonObject;
  /** '' = it came with none. */
  idempotencyKey: string;
}

interface Answer {
  status: number;
  headers?: Readonly<Record<string, string>>;
  body?: string;
}

export interface HttpReceiver {
  /** `http://127.0.0.1:port`. */
  url: string;
  port: number;
  requests: readonly ReceivedRequest[];
  /** How many requests came with each key. */
  counts: () => Map<string, number>;
  /** Answers the next `times` requests so (undefined = all from now on); then 200 again. */
  answer: (answer: Answer, times?: number) => void;
  /** The next requests are answered with a redirection. */
  redirect: (to: string, times?: number) => void;
  /** Takes requests and never answers them. */
  hang: (hanging: boolean) => void;
  /** Whether the request was signed with the secret (`whsec_…`) after Standard Webhooks, within five minutes of now. */
  isSigned: (request: ReceivedRequest, secret: string) => boolean;
  close: () => Promise<void>;
}

/** A real HTTP server on a free loopback port that keeps what it is sent. It lives in the process of the test. */
export async function startHttpReceiver(): Promise<HttpReceiver> {
  const requests: ReceivedRequest[] = [];
  const next: { answer: Answer; left: number }[] = [];
  let hanging = false;
  const receive = async (request: IncomingMessage, response: ServerResponse) => {
    requests.push(await readRequest(request));
    if (hanging) return;
    const [turn] = next;
    if (turn && (turn.left -= 1) <= 0) next.shift();
    const {
      status,
      headers = { 'content-type': 'application/json' },
      body = '{"taken":true}',
    } = turn?.answer ?? {
      status: 200,
    };
    response.writeHead(status, headers).end(body);
  };
  const server = createServer((request, response) => {
    // A client that is killed in the middle of a request did not send one.
    receive(request, response).catch(() => response.destroy());
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const answer: HttpReceiver['answer'] = (given, times = Infinity) => void next.push({ answer: given, left: times });
  return {
    url: `http://127.0.0.1:${port}`,
    port,
    requests,
    counts: () => {
      const counts = new Map<string, number>();
      for (const { idempotencyKey } of requests) counts.set(idempotencyKey, (counts.get(idempotencyKey) ?? 0) + 1);
      return counts;
    },
    answer,
    redirect: (to, times) => answer({ status: 302, headers: { location: to }, body: '' }, times),
    hang: (value) => (hanging = value),
    isSigned: ({ body, headers }, secret) => {
      try {
        new Webhook(secret).verify(body, { ...headers }, { jsonParse: false });
        return true;
      } catch {
        return false;
      }
    },
    close: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

async function readRequest(request: IncomingMessage): Promise<ReceivedRequest> {
  const body = await text(request);
  const headers = Object.fromEntries(Object.entries(request.headers).map(([name, value]) => [name, String(value)]));
  return {
    method: request.method ?? '',
    path: request.url ?? '',
    headers,
    body,
    json: jsonOf(body),
    idempotencyKey: headers['idempotency-key'] ?? '',
  };
}

function jsonOf(body: string): JsonObject {
  try {
    const value: unknown = JSON.parse(body);
    return isJsonObject(value) ? value : {};
  } catch {
    return {};
  }
}
