import { createHash } from 'node:crypto';
import { isServerJob, serverJobs } from '#shared/domain/automation/steps/serverJobs.ts';
import type { ServerJob } from '#shared/domain/automation/steps/serverJobs.ts';
import { canonicalJson } from '#shared/kernel/canonicalJson.ts';
import type { Json, JsonObject } from '#shared/kernel/json.ts';
import type { Clock } from '#shared/kernel/sources.ts';
import { textIn } from '#shared/records/readBody.ts';
import type { SyncStore } from '../storage/store.ts';
import type { EffectContext, Effects } from './effects.ts';
import { living } from './livingRecord.ts';

interface JobSources {
  store: SyncStore;
  clock: Clock;
  /** Days after which deletions may be forgotten. */
  tombstoneDays: number;
}

const day = 24 * 3600 * 1000;
const readAtOnce = 1000;

/** The jobs of the server that rules may start. Each may be repeated: none does a thing twice. */
export function createServerJobs({ store, clock, tombstoneDays }: JobSources): Effects['runJob'] {
  const jobs: Record<ServerJob, (context: EffectContext) => Promise<Json>> = {
    compact_store: async () => {
      const removed = await store.transaction((transaction) => transaction.compact(clock() - tombstoneDays * day));
      return { removed };
    },
    verify_audit_chain: ({ tenantId, signal }) => verifyChain(store, tenantId, signal),
    count_tenant_records: async ({ tenantId }) => {
      const of = async (kind: string) =>
        (await store.recordsOfKind(kind))
          .flatMap((record) => living(record) ?? [])
          .filter((one) => one.tenantId === tenantId);
      const open = (await of('task')).filter(({ status }) => status === 'open' || status === 'in_progress');
      return { members: (await of('member')).length, rules: (await of('rule')).length, openTasks: open.length };
    },
  };
  return async ({ job }, context) => {
    if (!isServerJob(job)) {
      const error = `There is no job '${job.slice(0, 100)}'. This server has: ${serverJobs.join(', ')}.`;
      return { ok: false, error, retriable: false };
    }
    try {
      return { ok: true, output: await jobs[job](context) };
    } catch (error) {
      return { ok: false, error: `${job}: ${error instanceof Error ? error.message : String(error)}`, retriable: true };
    }
  };
}

/** Walks one tenant's chain in its order; the first entry that does not fit ends the walk. */
async function verifyChain(store: SyncStore, tenantId: string, signal: AbortSignal): Promise<JsonObject> {
  let [after, checked, previous] = [0, 0, ''];
  for (;;) {
    const changes = await store.changesSince('audit', after, readAtOnce);
    for (const { head, read } of changes) {
      if (head.tenantId !== tenantId) continue;
      const entry = living(read(), 'auditEntry');
      if (!entry) continue;
      const { hash, ...rest } = entry.body;
      const computed = createHash('sha256').update(canonicalJson(rest)).digest('hex');
      // The first entry that is kept may follow on others that are not.
      const follows = checked === 0 || textIn(rest, 'prevHash') === previous;
      if (computed !== hash || !follows) return { checked, intact: false, brokenAt: entry.id };
      previous = computed;
      checked += 1;
    }
    if (changes.length < readAtOnce) return { checked, intact: true };
    after = changes.at(-1)?.head.sequence ?? after;
    await new Promise<void>((wake) => setImmediate(wake));
    if (signal.aborted) throw signal.reason;
  }
}

/** Actions that installed plugins offer to rules: `<plugin>.<action>`. */
export type PluginActions = ReadonlyMap<string, Effects['pluginAction']>;

export function createPluginActions(actions: PluginActions): Effects['pluginAction'] {
  return async (request, context) => {
    const action = actions.get(`${request.plugin}.${request.action}`);
    if (action) return action(request, context);
    const error =
      `The plugin '${request.plugin}' with the action '${request.action}' is not installed on this server. ` +
      'Install it, or take the step out of the rule.';
    return { ok: false, error, retriable: false };
  };
}
