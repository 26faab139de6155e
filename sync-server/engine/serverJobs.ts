import { createChainVerifier } from '#shared/domain/audit/chainVerifier.ts';
import { openKeyRing } from '#shared/domain/audit/keyRing.ts';
import { isServerJob, serverJobs } from '#shared/domain/automation/steps/serverJobs.ts';
import type { ServerJob } from '#shared/domain/automation/steps/serverJobs.ts';
import { jsonEqual } from '#shared/kernel/json.ts';
import type { Json, JsonObject } from '#shared/kernel/json.ts';
import type { Clock } from '#shared/kernel/sources.ts';
import { numberIn } from '#shared/records/readBody.ts';
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

/**
 * Verifies one tenant's chain. While retention removes from it, what was signed was read too early: a finding counts once that is after
 * a look what it was before. Each removal is signed in its own commit, and a run of them ends.
 */
async function verifyChain(store: SyncStore, tenantId: string, signal: AbortSignal): Promise<JsonObject> {
  let gaps = await bodiesOf(store, 'auditGap', tenantId);
  for (;;) {
    const found = await verifyOnce(store, tenantId, gaps, signal);
    if (found['intact'] === true) return found;
    const now = await bodiesOf(store, 'auditGap', tenantId);
    if (jsonEqual(now, gaps)) return found;
    gaps = now;
    if (signal.aborted) throw signal.reason;
  }
}

/** Bodies of all living records of a kind, or those of one tenant. */
async function bodiesOf(store: SyncStore, kind: string, tenantId?: string): Promise<JsonObject[]> {
  return (await store.recordsOfKind(kind))
    .flatMap((record) => living(record) ?? [])
    .filter((record) => tenantId === undefined || record.tenantId === tenantId)
    .map(({ body }) => body);
}

/** Verifies one tenant's chain with all that was signed of it; `brokenAt` is the entry, gap or head that is wrong first. */
async function verifyOnce(
  store: SyncStore,
  tenantId: string,
  gaps: readonly JsonObject[],
  signal: AbortSignal,
): Promise<JsonObject> {
  const serverId = (await store.getMeta('serverId')) ?? '';
  const ring = openKeyRing({ serverId, keys: await bodiesOf(store, 'auditKey') });
  // Heads before entries: what is written meanwhile makes no head seem to promise more than there is.
  const heads = await bodiesOf(store, 'auditHead', tenantId);
  const verifier = createChainVerifier({ tenantId, ring, heads, gaps });
  for (let from = 1; ;) {
    const entries = await store.chainEntries(tenantId, from, readAtOnce);
    verifier.addMany(entries);
    const last = entries.at(-1);
    if (!last || entries.length < readAtOnce) break;
    from = numberIn(last.body, 'number') + 1;
    await new Promise<void>((wake) => setImmediate(wake));
    if (signal.aborted) throw signal.reason;
  }
  const { entries: checked, findings } = verifier.finish({ fromStart: true, toEnd: true });
  const [first] = findings;
  return first
    ? { checked, intact: false, brokenAt: first.id, number: first.number, finding: first.kind }
    : { checked, intact: true };
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
