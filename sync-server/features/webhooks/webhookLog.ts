import { randomBytes } from 'node:crypto';
import type * as z from 'zod';
import type { Clock } from '#shared/kernel/sources.ts';
import { webhookAttemptSchema } from '#shared/protocol/engine.ts';
import type { WebhookAttempt, WebhookLogQuery } from '#shared/protocol/engine.ts';
import type { SyncStore } from '../../storage/store.ts';

const attemptSchema = webhookAttemptSchema.omit({ id: true, withheld: true });
export type DeliveryAttempt = z.infer<typeof attemptSchema>;

export interface WebhookLog {
  add: (attempt: DeliveryAttempt) => Promise<void>;
  /** The newest first, at most `limit`; with fewer there are no older ones. */
  read: (query: WebhookLogQuery) => Promise<WebhookAttempt[]>;
}

const area = 'webhookLog';
const byRun = 'webhookLog.run';
const byRule = 'webhookLog.rule';
const kept = 30 * 24 * 3600 * 1000;
/** Later than any time a log will see; keys count down from it, so that the newest sort first. */
const farthest = 9_999_999_999_999;

/** Every attempt to deliver a webhook, for 30 days, in entries of the store that are never replicated. */
export function createWebhookLog({ store, clock }: { store: SyncStore; clock: Clock }): WebhookLog {
  let latest = 0;
  return {
    add: async (attempt) => {
      const now = clock();
      // Two attempts in one millisecond keep their order.
      latest = Math.max(now, latest + 1);
      const id = `${String(farthest - latest).padStart(13, '0')}-${randomBytes(6).toString('hex')}`;
      const expiresAt = now + kept;
      await store.transaction((transaction) =>
        transaction.putEntries([
          { area, key: id, value: attempt, expiresAt },
          { area: byRun, key: `${attempt.runId}/${id}`, value: null, expiresAt },
          { area: byRule, key: `${attempt.ruleId}/${id}`, value: null, expiresAt },
        ]),
      );
    },
    read: async (query) => {
      const ids = await idsOf(store, query);
      const entries = await store.getEntries(area, ids);
      return ids.flatMap((id) => {
        const parsed = attemptSchema.safeParse(entries.get(id));
        const wanted = parsed.success && (query.ruleId === undefined || parsed.data.ruleId === query.ruleId);
        return wanted ? [{ ...parsed.data, id }] : [];
      });
    },
  };
}

/** A run belongs to one rule, so that its own list serves both. */
async function idsOf(store: SyncStore, { runId, ruleId, before, limit }: WebhookLogQuery): Promise<string[]> {
  const [list, owner] = runId === undefined ? [byRule, ruleId] : [byRun, runId];
  const prefix = owner === undefined ? '' : `${owner}/`;
  const entries = await store.entriesOf(owner === undefined ? area : list, {
    prefix,
    ...(before !== undefined && { after: `${prefix}${before}` }),
    limit,
  });
  return entries.map((entry) => entry.key.slice(prefix.length));
}
