import type { Problem } from '#shared/kernel/errors.ts';
import { problemOf, saying } from '#shared/kernel/sentences/sentence.ts';
import type { Json } from '#shared/kernel/json.ts';
import { failure, success } from '#shared/kernel/result.ts';
import type { Result } from '#shared/kernel/result.ts';
import type { Account } from './account.ts';
import { refusalSchema } from './answerSchemas.ts';

export interface TextDownload {
  serverUrl: string;
  account: Pick<Account, 'accessToken'>;
  /** Begins with `/v1/`. */
  path: string;
  body: Json;
  /** Takes the text in order; the next piece is read when it is done with one. */
  onText: (text: string) => unknown;
  signal: AbortSignal;
}

/**
 * What the server answers to a POST, piece by piece, however long it is. `unavailable` also when the connection breaks on
 * the way: what came is not the whole. Rejects only with what `onText` throws and when `signal` is aborted.
 */
export async function downloadText(download: TextDownload): Promise<Result<undefined, Problem>> {
  const { serverUrl, account, path, body, onText, signal } = download;
  const token = await account.accessToken();
  if (!token.ok) return token;
  let response: Response;
  try {
    response = await fetch(new URL(path, serverUrl), {
      method: 'POST',
      headers: { authorization: `Bearer ${token.value}`, 'content-type': 'application/json' },
      body: JSON.stringify(body),
      signal,
    });
  } catch {
    signal.throwIfAborted();
    return failure(problemOf('unavailable', saying('unreachable_now')));
  }
  if (!response.ok || !response.body) {
    const refusal = refusalSchema.safeParse(await response.json().catch(() => undefined));
    if (refusal.success) return failure(refusal.data.error);
    return failure(problemOf('invalid_message', saying('answer_not_readable')));
  }
  const reader = response.body.pipeThrough(new TextDecoderStream('utf-8', { fatal: true })).getReader();
  for (;;) {
    let piece: { done: boolean; value?: string | undefined };
    try {
      piece = await reader.read();
    } catch {
      signal.throwIfAborted();
      return failure(problemOf('unavailable', saying('connection_broke')));
    }
    if (piece.done) return success(undefined);
    await onText(piece.value ?? '');
  }
}
