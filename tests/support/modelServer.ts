import { once } from 'node:events';
import { createServer } from 'node:http';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { json } from 'node:stream/consumers';
import * as z from 'zod';

const requestSchema = z.looseObject({
  model: z.string(),
  messages: z.array(z.object({ role: z.enum(['system', 'user', 'assistant']), content: z.string() })).min(1),
  temperature: z.number().optional(),
  response_format: z.looseObject({ type: z.string() }).optional(),
});
export type ModelRequest = z.infer<typeof requestSchema>;

/** How the next question is answered: with the words of a model, with an error of the API, with what is no answer, or never. */
export type ModelTurn =
  | { type: 'says'; content: string; afterMs?: number }
  | { type: 'fails'; status: number; message: string }
  | { type: 'garbage' }
  | { type: 'silence' };

export interface ModelServer {
  /** Base address, `http://127.0.0.1:port/v1`. */
  url: string;
  requests: readonly (ModelRequest & { authorization: string })[];
  /** Turns are used up one by one; the last one stays. */
  play: (...turns: ModelTurn[]) => void;
  close: () => Promise<void>;
}

/** A real HTTP server that speaks POST /v1/chat/completions and says what the test tells it to. */
export async function startModelServer(): Promise<ModelServer> {
  const requests: (ModelRequest & { authorization: string })[] = [];
  let turns: ModelTurn[] = [{ type: 'says', content: '' }];
  const answer = async (request: IncomingMessage, response: ServerResponse) => {
    if (request.method !== 'POST' || request.url !== '/v1/chat/completions')
      return sendError(response, 404, 'unknown address');
    const parsed = requestSchema.safeParse(await json(request));
    if (!parsed.success) return sendError(response, 400, parsed.error.message);
    requests.push({ ...parsed.data, authorization: request.headers.authorization ?? '' });
    const [turn] = turns;
    if (turns.length > 1) turns = turns.slice(1);
    if (!turn || turn.type === 'silence') return;
    if (turn.type === 'fails') return sendError(response, turn.status, turn.message);
    if (turn.type === 'garbage') {
      response.writeHead(200, { 'content-type': 'text/html' }).end('<html>the gateway says hello</html>');
      return;
    }
    const send = () => {
      const message = { role: 'assistant', content: turn.content, refusal: null };
      const completion = {
        id: `chatcmpl-${requests.length}`,
        object: 'chat.completion',
        created: 1_772_000_000,
        model: `${parsed.data.model}-2026`,
        choices: [{ index: 0, message, finish_reason: 'stop', logprobs: null }],
        usage: { prompt_tokens: 31, completion_tokens: 7, total_tokens: 38 },
      };
      response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(completion));
    };
    if (turn.afterMs === undefined) send();
    else setTimeout(send, turn.afterMs);
  };
  const server = createServer((request, response) => {
    answer(request, response).catch(() => response.destroy());
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`,
    requests,
    play: (...next) => (turns = next),
    close: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

function sendError(response: ServerResponse, status: number, message: string): void {
  const body = { error: { message, type: 'test', param: null, code: null } };
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
}
