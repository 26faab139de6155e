import type { Json } from '#shared/kernel/json.ts';
import type { Clock } from '#shared/kernel/sources.ts';
import type { EffectOutcome, Effects } from '../../engine/effects.ts';
import { PrivateAddressError } from './publicAddress.ts';
import { requestHeaders } from './requestHeaders.ts';
import type { ReadSecret } from './requestHeaders.ts';
import { sendRequest } from './sendRequest.ts';
import type { ReceivedAnswer } from './sendRequest.ts';
import type { WebhookLog } from './webhookLog.ts';

interface WebhookSenderOptions {
  readSecret: ReadSecret;
  log: Pick<WebhookLog, 'add'>;
  clock: Clock;
  /** True: addresses inside the network may be called too. */
  allowPrivate: boolean;
  /** Told when an attempt could not be logged; the attempt stands. */
  onFault: (what: string, error: unknown) => void;
  /** Milliseconds for the whole exchange. */
  timeout?: number;
}

const defaultTimeout = 15_000;
const keptBytes = 65_536;
const excerptLength = 2000;
/** Besides 5xx. 409 is how a receiver says that it works on the same idempotency key just now. */
const passingStatuses = new Set([408, 409, 425, 429]);

/** The `webhook` step: one signed request, never redirected, each attempt in the log. */
export function createWebhookSender(options: WebhookSenderOptions): Effects['webhook'] {
  const { readSecret, log, clock, allowPrivate, onFault, timeout = defaultTimeout } = options;
  return async (webhook, context) => {
    const url = readUrl(webhook.url);
    if (typeof url === 'string') return refusal(url);
    const { idempotencyKey, runId, ruleId, tenantId, stepId, attempt } = context;
    const began = clock();
    const made = await requestHeaders({ ...webhook, idempotencyKey, now: began, readSecret });
    if (!made.ok) return refusal(made.error);
    const conceal = concealing(made.value.hidden);
    const body = Buffer.from(webhook.body, 'utf8');
    const deadline = AbortSignal.timeout(timeout);
    let status = 0;
    let excerpt = '';
    let outcome: EffectOutcome;
    try {
      const answer = await sendRequest({
        method: webhook.method,
        url,
        headers: made.value.headers,
        body,
        signal: AbortSignal.any([context.signal, deadline]),
        allowPrivate,
        keep: keptBytes,
      });
      status = answer.status;
      const text = conceal(answer.body.toString('utf8'));
      excerpt = text.slice(0, excerptLength);
      outcome = judge(answer, text, began);
    } catch (error) {
      outcome = {
        ok: false,
        error: conceal(
          whyUnsent(error, url, { expired: deadline.aborted, cancelled: context.signal.aborted, timeout }),
        ),
        retriable: !(error instanceof PrivateAddressError),
      };
    }
    await log
      .add({
        at: new Date(began).toISOString(),
        runId,
        ruleId,
        tenantId,
        stepId,
        attempt,
        method: webhook.method,
        url: urlForLog(url),
        status,
        durationMs: Math.max(0, Math.round(clock() - began)),
        error: outcome.ok ? '' : outcome.error,
        requestBytes: body.length,
        responseExcerpt: excerpt,
      })
      .catch((error: unknown) => onFault('the log of webhooks', error));
    return outcome;
  };
}

function judge(answer: ReceivedAnswer, text: string, now: number): EffectOutcome {
  const { status, headers, truncated } = answer;
  const output: { [key: string]: Json } = { status, body: bodyOf(text, headers['content-type'] ?? ''), truncated };
  if (status >= 200 && status < 300) return { ok: true, output };
  if (status >= 300 && status < 400) {
    const error = `the webhook answered ${status}, a redirection; redirections are not followed, name the final address`;
    return { ok: false, error, retriable: false, output };
  }
  const pause = retryAfter(headers['retry-after'], now);
  if (pause !== undefined) output['retryAfterSeconds'] = pause;
  const wish = pause === undefined ? '' : ` and asks to wait ${pause} s`;
  const said = text.trim() === '' ? '' : `: ${text.trim().slice(0, 300)}`;
  return {
    ok: false,
    error: `the webhook answered ${status}${wish}${said}`,
    retriable: status >= 500 || passingStatuses.has(status),
    output,
  };
}

/** JSON where the answer says that it is some and it can be read, else the text. */
function bodyOf(text: string, type: string): Json {
  if (!/^application\/(?:[\w.+-]+\+)?json\b/i.test(type)) return text;
  try {
    return JSON.parse(text) as Json;
  } catch {
    return text;
  }
}

/** Seconds, from either form of the header (RFC 9110, 10.2.3); at most a day. */
function retryAfter(header: string | undefined, now: number): number | undefined {
  if (header === undefined) return undefined;
  const seconds = /^\d+$/.test(header.trim()) ? Number(header) : Math.ceil((Date.parse(header) - now) / 1000);
  return Number.isNaN(seconds) ? undefined : Math.min(Math.max(seconds, 0), 86_400);
}

function readUrl(text: string): URL | string {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (!url || (url.protocol !== 'https:' && url.protocol !== 'http:'))
    return `"${text.slice(0, 100)}" is no address for a webhook; expected https://… or http://…`;
  if (url.username !== '' || url.password !== '')
    return 'the address of the webhook holds a password; put it in a header as secret:NAME instead';
  return url;
}

/** Values of the query may be tokens: only the names of those that have one are kept. */
function urlForLog(url: URL): string {
  const query = [...url.searchParams].map(([name, value]) => (value === '' ? '...' : `${name}=...`)).join('&');
  return `${url.origin}${url.pathname}${query === '' ? '' : `?${query}`}`.slice(0, 1000);
}

/** Some receivers answer with what they were sent. */
function concealing(hidden: readonly string[]): (text: string) => string {
  const values = hidden.filter((value) => value.length > 3);
  return (text) => values.reduce((shown, value) => shown.replaceAll(value, '•••'), text);
}

function whyUnsent(error: unknown, url: URL, state: { expired: boolean; cancelled: boolean; timeout: number }): string {
  if (error instanceof PrivateAddressError) return error.message;
  if (state.cancelled) return 'the webhook was given up: the run was cancelled or the server stops';
  if (state.expired) return `${url.host} did not answer within ${state.timeout / 1000} s`;
  const parts = error instanceof AggregateError ? error.errors : [error];
  const said = parts.map((one) => (one instanceof Error ? one.message : String(one))).join('; ');
  return `${url.host} could not be reached: ${said}`;
}

function refusal(error: string): EffectOutcome {
  return { ok: false, error, retriable: false };
}
