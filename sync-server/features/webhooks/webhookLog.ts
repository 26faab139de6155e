import { randomBytes } from 'node:crypto';
import * as z from 'zod';
import type { Clock } from '#shared/kernel/sources.ts';
import type { SyncStore } from '../../storage/store.ts';

const attemptSchema = z.object({
  /** ISO 8601, when the request began. */
  at: z.string(),
  runId: z.string(),
  ruleId: z.string(),
  tenantId: z.string(),
  stepId: z.string(),
  /** Without the values of its query. */
  url: z.string(),
  method: z.string(),
  /** 0 = no answer came. */
  status: z.int(),
  durationMs: z.int(),
  /** 1 = the first. */
  attempt: z.int(),
  /** '' = the receiver took it. */
  error: z.string(),
  requestBytes: z.int(),
  responseExcerpt: z.string(),
});
export type WebhookAttempt = z.infer<typeof attemptSchema>;

export interface WebhookLog {
  add: (attempt: WebhookAttempt) => Promise<void>;
  /** The newest first; `before` is the `id` of the last one of the page before. */
  read: (query: {
    runId?: string;
    ruleId?: string;
    before?: string;
    limit: number;
  }) => Promise<(WebhookAttempt & { id: string })[]>;
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
    read: async ({ runId, ruleId, before, limit }) => {
      const ids = await idsOf(store, { runId, ruleId, before, limit });
      const entries = await store.getEntries(area, ids);
      return ids.flatMap((id) => {
        const parsed = attemptSchema.safeParse(entries.get(id));
        const wanted = parsed.success && (ruleId === undefined || parsed.data.ruleId === ruleId);
        return wanted ? [{ ...parsed.data, id }] : [];
      });
    },
  };
}

/** A run belongs to one rule, so that its own list serves both. */
async function idsOf(
  store: SyncStore,
  query: { runId: string | undefined; ruleId: string | undefined; before: string | undefined; limit: number },
): Promise<string[]> {
  const { runId, ruleId, before, limit } = query;
  const [list, owner] = runId === undefined ? [byRule, ruleId] : [byRun, runId];
  const prefix = owner === undefined ? '' : `${owner}/`;
  const entries = await store.entriesOf(owner === undefined ? area : list, {
    prefix,
    ...(before !== undefined && { after: `${prefix}${before}` }),
    limit,
  });
  return entries.map((entry) => entry.key.slice(prefix.length));
}
