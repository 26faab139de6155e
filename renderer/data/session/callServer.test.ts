import { describe, expect, it } from 'vitest';
import { success } from '#shared/kernel/result.ts';
import { callServer } from './callServer.ts';
import type { ServerCall } from './callServer.ts';

interface Seen {
  url: string;
  method: string;
  authorization: string;
  body: string;
}

/** A server whose answers are given one after another, and what it was asked. */
function serverWith(...answers: (Response | 'away')[]) {
  const seen: Seen[] = [];
  const request: typeof fetch = async (input, init) => {
    const headers = new Headers(init?.headers);
    seen.push({
      url: input instanceof Request ? input.url : String(input),
      method: init?.method ?? '',
      authorization: headers.get('authorization') ?? '',
      body: typeof init?.body === 'string' ? init.body : '',
    });
    const answer = answers.shift();
    if (!answer || answer === 'away') throw new TypeError('fetch failed');
    return answer;
  };
  let tokens = 0;
  let fresh = false;
  const account: ServerCall['account'] = {
    accessToken: async () => {
      if (!fresh) tokens += 1;
      fresh = true;
      return success(`token-${tokens}`);
    },
    forgetAccessToken: () => (fresh = false),
  };
  const call = (given: Pick<ServerCall, 'method' | 'path' | 'body'>) =>
    callServer({ serverUrl: 'http://server.example', account, request, ...given });
  return { call, seen };
}

const json = (body: unknown, status = 200) => new Response(JSON.stringify(body), { status });

describe('a question to the server', () => {
  it('carries the session and the content, and answers what the server says', async () => {
    const { call, seen } = serverWith(json({ depth: 3 }));
    expect(await call({ method: 'PUT', path: '/v1/secrets/mail?dry=1', body: { value: 'x' } })).toEqual(
      success({ depth: 3 }),
    );
    expect(seen).toEqual([
      {
        url: 'http://server.example/v1/secrets/mail?dry=1',
        method: 'PUT',
        authorization: 'Bearer token-1',
        body: '{"value":"x"}',
      },
    ]);
  });

  it('renews a token that ended meanwhile, once', async () => {
    const ended = () => json({ error: { code: 'token_expired', message: 'It ended.' } }, 401);
    const { call, seen } = serverWith(ended(), json({}));
    expect((await call({ method: 'GET', path: '/v1/engine', body: undefined })).ok).toBe(true);
    expect(seen.map((one) => one.authorization)).toEqual(['Bearer token-1', 'Bearer token-2']);
    const again = serverWith(ended(), ended());
    const outcome = await again.call({ method: 'GET', path: '/v1/engine', body: undefined });
    expect(outcome.ok ? '' : outcome.error.code).toBe('token_expired');
    expect(again.seen).toHaveLength(2);
  });

  it('is refused in the words of the server, and unavailable where none answers', async () => {
    const refused = serverWith(json({ error: { code: 'forbidden', message: 'Not yours.' } }, 403));
    expect(await refused.call({ method: 'GET', path: '/v1/engine', body: undefined })).toEqual({
      ok: false,
      error: { code: 'forbidden', message: 'Not yours.' },
    });
    const away = await serverWith('away').call({ method: 'GET', path: '/v1/engine', body: undefined });
    expect(away.ok ? '' : away.error.code).toBe('unavailable');
  });

  it('takes an empty answer as nothing, and other text as an answer it cannot read', async () => {
    const empty = serverWith(new Response(null, { status: 204 }));
    expect(await empty.call({ method: 'DELETE', path: '/v1/secrets/mail', body: undefined })).toEqual(success(null));
    const page = await serverWith(new Response('<html>')).call({ method: 'GET', path: '/v1/engine', body: undefined });
    expect(page.ok ? '' : page.error.code).toBe('invalid_message');
  });
});
