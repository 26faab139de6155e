import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import { Webhook } from 'standardwebhooks';
import * as z from 'zod';
import type { Problem } from '#shared/kernel/errors.ts';
import type { Json, JsonObject } from '#shared/kernel/json.ts';
import { failure, success } from '#shared/kernel/result.ts';
import type { Result } from '#shared/kernel/result.ts';
import type { Clock } from '#shared/kernel/sources.ts';
import type { WebhookEndpoint } from '#shared/protocol/inboundWebhooks.ts';
import { isTombstone } from '#shared/records/envelope.ts';
import type { StoreReader } from '../../storage/store.ts';

/** What endpoints need of a group commit. */
export interface EndpointBatch {
  getEntries: (area: string, keys: readonly string[]) => Promise<ReadonlyMap<string, Json>>;
  putEntry: (area: string, key: string, value: Json) => void;
  removeEntry: (area: string, key: string) => void;
}

export interface WebhookCall {
  ruleId: string;
  token: string;
  headers: Readonly<Record<string, string | string[] | undefined>>;
  /** As it came: the signature is over these bytes. */
  body: Buffer;
}

export interface InboundWebhooks {
  /** A new address and secret for a rule; those of before work no longer. */
  rotate: (batch: EndpointBatch, ruleId: string) => WebhookEndpoint;
  /** False when the rule had none. */
  remove: (batch: EndpointBatch, ruleId: string) => Promise<boolean>;
  /**
   * Whose call it is; `not_found` for an address that is none, `unauthenticated` for a signature that does not fit,
   * `unavailable` when the endpoint's secret cannot be opened.
   */
  verify: (call: WebhookCall) => Promise<Result<{ tenantId: string; webhookId: string }, Problem>>;
}

/** Keeps the secrets of endpoints unreadable in the store. */
export interface Sealer {
  seal: (name: string, text: string) => JsonObject;
  /** undefined when it does not open: the server's key is another one, or what is stored was changed. */
  open: (name: string, sealed: Json) => string | undefined;
}

const area = 'inboundWebhook';
const endpointSchema = z.object({ tokenHash: z.string(), secret: z.json() });
const headersSchema = z.object({
  'webhook-id': z.string().min(1).max(200),
  'webhook-timestamp': z.string().regex(/^\d{1,12}$/),
  'webhook-signature': z.string().min(1).max(2000),
});
/** Seconds that the sender's clock may be off, as Standard Webhooks has it. */
const tolerance = 300;

/** Addresses at which rules are called from outside: a token in the address, and a signature after Standard Webhooks. */
export function createInboundWebhooks({
  store,
  clock,
  sealer,
  publicUrl,
}: {
  store: StoreReader;
  clock: Clock;
  sealer: Sealer;
  /** '' = not known. */
  publicUrl: string;
}): InboundWebhooks {
  return {
    rotate: (batch, ruleId) => {
      const token = randomBytes(24).toString('base64url');
      const secret = `whsec_${randomBytes(32).toString('base64')}`;
      batch.putEntry(area, ruleId, { tokenHash: hashOf(token), secret: sealer.seal(sealedName(ruleId), secret) });
      return { url: `${publicUrl.replace(/\/+$/, '')}/v1/hooks/${ruleId}/${token}`, secret };
    },
    remove: async (batch, ruleId) => {
      const there = (await batch.getEntries(area, [ruleId])).has(ruleId);
      batch.removeEntry(area, ruleId);
      return there;
    },
    verify: async ({ ruleId, token, headers, body }) => {
      const endpoint = endpointSchema.safeParse((await store.getEntries(area, [ruleId])).get(ruleId));
      const rule = (await store.getRecords([ruleId])).get(ruleId);
      // An address without an endpoint is compared too, so that it takes as long as one with a wrong token.
      const fits = sameText(hashOf(token), endpoint.success ? endpoint.data.tokenHash : hashOf(''));
      if (!endpoint.success || !fits || rule?.kind !== 'rule' || isTombstone(rule)) return failure(noSuchHook);
      const signed = headersSchema.safeParse(headers);
      if (!signed.success) return failure(notSigned);
      const { 'webhook-id': webhookId, 'webhook-timestamp': seconds, 'webhook-signature': signatures } = signed.data;
      const at = Number(seconds);
      if (Math.abs(clock() / 1000 - at) > tolerance) return failure(stale);
      const secret = sealer.open(sealedName(ruleId), endpoint.data.secret);
      if (secret === undefined) return failure(unreadable);
      const expected = new Webhook(secret).sign(webhookId, new Date(at * 1000), body);
      if (!signatures.split(' ').some((one) => sameText(one, expected))) return failure(badSignature);
      return success({ tenantId: rule.tenantId, webhookId });
    },
  };
}

/** No secret of staff can have such a name. */
function sealedName(ruleId: string): string {
  return `webhook of rule ${ruleId}`;
}

function hashOf(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

/** Takes as long for any two texts of one length. */
function sameText(left: string, right: string): boolean {
  const [one, other] = [Buffer.from(left), Buffer.from(right)];
  return one.length === other.length && timingSafeEqual(one, other);
}

const noSuchHook: Problem = {
  code: 'not_found',
  message: 'There is no webhook at this address. Make a new one on the page of the rule.',
};
const notSigned: Problem = {
  code: 'unauthenticated',
  message:
    'The call is not signed. It needs webhook-id, webhook-timestamp and webhook-signature after Standard Webhooks.',
};
const stale: Problem = {
  code: 'unauthenticated',
  path: 'webhook-timestamp',
  message: 'The call was signed more than five minutes ago, or the clock of its sender is wrong. Sign it anew.',
};
const badSignature: Problem = {
  code: 'unauthenticated',
  path: 'webhook-signature',
  message: 'The signature does not fit the body. Check the secret, and that the body is sent byte for byte as signed.',
};
const unreadable: Problem = {
  code: 'unavailable',
  message: 'The server has another key now than when this webhook was made. Make a new one on the page of the rule.',
};
