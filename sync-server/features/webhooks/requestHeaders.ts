import { createHash } from 'node:crypto';
import { validateHeaderName, validateHeaderValue } from 'node:http';
import { Webhook } from 'standardwebhooks';
import type { Problem } from '#shared/kernel/errors.ts';
import { failure, success } from '#shared/kernel/result.ts';
import type { Result } from '#shared/kernel/result.ts';

export type ReadSecret = (name: string) => Promise<Result<string, Problem>>;

interface HeaderSources {
  /** As the step names them; a value `secret:NAME` stands for the secret of that name. */
  headers: Readonly<Record<string, string>>;
  body: string;
  /** Name of the secret that signs; '' = not signed. */
  secret: string;
  idempotencyKey: string;
  /** Milliseconds since the epoch. */
  now: number;
  readSecret: ReadSecret;
}

/** What a connection or this server decides by itself. */
const reserved = new Set([
  'host',
  'connection',
  'content-length',
  'transfer-encoding',
  'expect',
  'upgrade',
  'keep-alive',
  'te',
  'trailer',
  'webhook-id',
  'webhook-timestamp',
  'webhook-signature',
  'idempotency-key',
  'accept-encoding',
]);

/**
 * The headers of a webhook, signed after Standard Webhooks (github.com/standard-webhooks). `webhook-id` and
 * `idempotency-key` are the same in every attempt. @returns them with the secret values among them, which nothing may
 * keep or show, or why they cannot be made.
 */
export async function requestHeaders(
  sources: HeaderSources,
): Promise<Result<{ headers: Record<string, string>; hidden: string[] }, string>> {
  const { body, secret, idempotencyKey, now, readSecret } = sources;
  const id = webhookIdOf(idempotencyKey);
  const headers: Record<string, string> = { 'user-agent': 'Steward-Webhooks/1' };
  const hidden: string[] = [];
  for (const [given, text] of Object.entries(sources.headers)) {
    const name = given.toLowerCase();
    if (reserved.has(name)) return failure(`the header "${given}" is set by the server; leave it out`);
    let value = text;
    if (text.startsWith('secret:')) {
      const read = await readSecret(text.slice('secret:'.length).trim());
      if (!read.ok) return failure(`the header "${given}" has no value: ${read.error.message}`);
      value = read.value;
      hidden.push(value);
    }
    if (!isHeader(name, value))
      return failure(`"${given.slice(0, 100)}" cannot be sent as a header with what it holds`);
    headers[name] = value;
  }
  if (body !== '' && headers['content-type'] === undefined)
    headers['content-type'] = isJson(body) ? 'application/json' : 'text/plain; charset=utf-8';
  Object.assign(headers, {
    'accept-encoding': 'identity',
    'idempotency-key': idempotencyKey,
    'webhook-id': id,
    'webhook-timestamp': String(Math.floor(now / 1000)),
  });
  if (secret === '') return success({ headers, hidden });
  const read = await readSecret(secret);
  if (!read.ok) return failure(`the webhook cannot be signed: ${read.error.message}`);
  const signer = signerOf(read.value);
  if (!signer)
    return failure(`the webhook cannot be signed: the secret "${secret}" is not whsec_ with base64 behind it`);
  headers['webhook-signature'] = signer.sign(id, new Date(now), body);
  return success({ headers, hidden: [...hidden, read.value] });
}

function webhookIdOf(idempotencyKey: string): string {
  return `msg_${createHash('sha256').update(idempotencyKey).digest('base64url').slice(0, 32)}`;
}

/** `whsec_` marks base64 of the key; anything else is the key itself. */
function signerOf(secret: string): Webhook | undefined {
  if (!secret.startsWith('whsec_')) return new Webhook(Buffer.from(secret, 'utf8'), { format: 'raw' });
  try {
    return new Webhook(secret);
  } catch {
    return undefined;
  }
}

function isHeader(name: string, value: string): boolean {
  try {
    validateHeaderName(name);
    validateHeaderValue(name, value);
    return true;
  } catch {
    return false;
  }
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
