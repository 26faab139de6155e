import type { JsonObject } from '#shared/kernel/json.ts';
import type { Job, JobClaim } from '../store.ts';
import type { Prepare } from './statements.ts';

const waiting = 'jobs INDEXED BY jobs_waiting WHERE dead = 0 AND lease_until = 0';
/** Up to so many due jobs are looked through for their tenants; of more, the tenants are looked up one after the other. */
const fewDue = 2000;
/** Where the tenant is kept that was served last. */
const lastServed = 'jobs.lastServed';

/** Contract of `StoreTransaction.claimJobs`. What it costs does not grow with the jobs that wait. */
export function claimJobs(prepare: Prepare, claim: JobClaim): Job[] {
  const { now, limit, perTenant } = claim;
  prepare('UPDATE jobs SET lease_until = 0 WHERE lease_until > 0 AND lease_until <= ?').run(now);
  const held = new Map<string, number>();
  for (const row of prepare(
    'SELECT tenant_id, COUNT(*) AS count FROM jobs WHERE lease_until > 0 GROUP BY tenant_id',
  ).all())
    held.set(String(row['tenant_id']), Number(row['count']));
  const last = prepare('SELECT value FROM meta WHERE key = ?').get(lastServed)?.['value'];
  /** Per tenant in turn, the ids it may be given, the next one last. */
  const queues: { tenantId: string; ids: string[] }[] = [];
  for (const tenantId of dueTenants(prepare, now, last === undefined ? undefined : String(last))) {
    if (queues.length === limit) break;
    const free = Math.min(perTenant - (held.get(tenantId) ?? 0), limit);
    if (free <= 0) continue;
    const ids = dueIds(prepare, claim, tenantId, free);
    if (ids.length > 0) queues.push({ tenantId, ids: ids.toReversed() });
  }
  const claimed: Job[] = [];
  let served: string | undefined;
  while (claimed.length < limit && queues.some((queue) => queue.ids.length > 0)) {
    for (const { tenantId, ids } of queues) {
      const id = claimed.length < limit ? ids.pop() : undefined;
      if (id === undefined) continue;
      claimed.push(hold(prepare, id, claim));
      served = tenantId;
    }
  }
  if (served !== undefined) prepare('INSERT OR REPLACE INTO meta VALUES (?,?)').run(lastServed, served);
  return claimed;
}

/** Tenants that may have due jobs, each once, beginning behind the given one. */
function* dueTenants(prepare: Prepare, now: number, behind = ''): Generator<string> {
  const few = prepare(
    `SELECT DISTINCT tenant_id FROM (SELECT tenant_id FROM jobs INDEXED BY jobs_due
     WHERE dead = 0 AND lease_until = 0 AND due_at <= ? ORDER BY due_at LIMIT ?) ORDER BY tenant_id <= ?, tenant_id`,
  );
  const count = prepare(
    `SELECT COUNT(*) AS count FROM (SELECT 1 FROM jobs INDEXED BY jobs_due
     WHERE dead = 0 AND lease_until = 0 AND due_at <= ? LIMIT ?)`,
  ).get(now, fewDue + 1)?.['count'];
  if (Number(count) <= fewDue) {
    for (const row of few.all(now, fewDue, behind)) yield String(row['tenant_id']);
    return;
  }
  const next = prepare(`SELECT tenant_id FROM ${waiting} AND tenant_id > ? ORDER BY tenant_id LIMIT 1`);
  for (let row = next.get(behind); row; row = next.get(String(row['tenant_id']))) yield String(row['tenant_id']);
  const upTo = prepare(
    `SELECT tenant_id FROM ${waiting} AND tenant_id > ? AND tenant_id <= ? ORDER BY tenant_id LIMIT 1`,
  );
  const first = prepare(`SELECT tenant_id FROM ${waiting} AND tenant_id = '' LIMIT 1`).get();
  for (let row = first ?? upTo.get('', behind); row; row = upTo.get(String(row['tenant_id']), behind))
    yield String(row['tenant_id']);
}

/** Priority by priority, so that jobs of a high priority that are due later need not be passed over one by one. */
function dueIds(prepare: Prepare, { now, types }: JobClaim, tenantId: string, limit: number): string[] {
  const ids: string[] = [];
  const highest = prepare(`SELECT MAX(priority) AS priority FROM ${waiting} AND tenant_id = ? AND priority < ?`);
  const due = prepare(
    `SELECT id FROM ${waiting} AND tenant_id = ?1 AND priority = ?2 AND due_at <= ?3
     AND (?4 IS NULL OR type IN (SELECT value FROM json_each(?4))) ORDER BY due_at, id LIMIT ?5`,
  );
  const wanted = types === undefined ? null : JSON.stringify(types);
  for (let below = Number.MAX_SAFE_INTEGER; ids.length < limit;) {
    const priority = highest.get(tenantId, below)?.['priority'] ?? null;
    if (priority === null) break;
    below = Number(priority);
    for (const row of due.all(tenantId, below, now, wanted, limit - ids.length)) ids.push(String(row['id']));
  }
  return ids;
}

function hold(prepare: Prepare, id: string, { leaseUntil, token }: JobClaim): Job {
  const row = prepare(
    'UPDATE jobs SET lease_until = ?, lease_token = ?, attempts = attempts + 1 WHERE id = ? RETURNING *',
  ).get(leaseUntil, token, id);
  if (!row) throw new Error(`the job ${id} went while it was claimed`);
  return {
    id,
    type: String(row['type']),
    payload: JSON.parse(String(row['payload'])) as JsonObject,
    tenantId: String(row['tenant_id']),
    priority: Number(row['priority']),
    dueAt: Number(row['due_at']),
    attempts: Number(row['attempts']),
    token,
  };
}
