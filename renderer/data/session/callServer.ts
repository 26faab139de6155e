import type { Problem } from '#shared/kernel/errors.ts';
import { problemOf, saying } from '#shared/kernel/sentences/sentence.ts';
import type { Json } from '#shared/kernel/json.ts';
import { failure, success } from '#shared/kernel/result.ts';
import type { Result } from '#shared/kernel/result.ts';
import { jsonSchema, refusalSchema } from './answerSchemas.ts';
import type { Account } from './account.ts';

export type CallMethod = 'GET' | 'POST' | 'PUT' | 'DELETE';

export interface ServerCall {
  serverUrl: string;
  /** Absent: nobody is said to ask. */
  account?: Pick<Account, 'accessToken' | 'forgetAccessToken'>;
  method: CallMethod;
  /** Begins with `/v1/`; may hold a query. */
  path: string;
  body: Json | undefined;
  request?: typeof fetch;
}

/** Milliseconds. */
const longestWait = 15_000;

const unreachable: Problem = problemOf('unavailable', saying('unreachable'));
const unreadable: Problem = problemOf('invalid_message', saying('answer_not_readable'));

/**
 * Asks the server something that is no record, as the person who is signed in. What cannot be reached is `unavailable`;
 * a token that the server no longer takes is renewed once. An answer without content is null.
 */
export async function callServer(call: ServerCall): Promise<Result<Json, Problem>> {
  const first = await send(call);
  if (first.ok || first.error.code !== 'token_expired' || !call.account) return first;
  call.account.forgetAccessToken();
  return send(call);
}

async function send({
  serverUrl,
  account,
  method,
  path,
  body,
  request = fetch,
}: ServerCall): Promise<Result<Json, Problem>> {
  const token = await account?.accessToken();
  if (token && !token.ok) return token;
  let response: Response;
  let text: string;
  try {
    response = await request(new URL(path, serverUrl), {
      method,
      headers: {
        ...(token ? { authorization: `Bearer ${token.value}` } : {}),
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      signal: AbortSignal.timeout(longestWait),
    });
    text = await response.text();
  } catch {
    return failure(unreachable);
  }
  const content = parsed(text);
  if (content === undefined) return failure(unreadable);
  if (response.ok) return success(content);
  const refusal = refusalSchema.safeParse(content);
  return failure(refusal.success ? refusal.data.error : unreadable);
}

/** undefined = no JSON. */
function parsed(text: string): Json | undefined {
  if (text === '') return null;
  try {
    const read = jsonSchema.safeParse(JSON.parse(text));
    return read.success ? read.data : undefined;
  } catch {
    return undefined;
  }
}
