import type { SQLOutputValue } from 'node:sqlite';
import type { JsonObject } from '#shared/kernel/json.ts';
import type { Clock } from '#shared/kernel/sources.ts';
import type { StoredJob, StoreReader, StoreTransaction } from '../store.ts';
import type { Prepare } from './statements.ts';

type Row = Record<string, SQLOutputValue>;
type JobReads = Pick<StoreReader, 'countJobs' | 'jobStats' | 'getJobs' | 'deadJobs' | 'nextJobAt'>;
type JobWrites = Pick<
  StoreTransaction,
  | 'enqueueJobs'
  | 'extendLease'
  | 'finishJob'
  | 'failJob'
  | 'postponeJob'
  | 'releaseJobs'
  | 'removeJobs'
  | 'rescheduleJobs'
  | 'reviveJob'
>;

export function jobReads(prepare: Prepare): JobReads {
  const numberOf = (sql: string, ...values: number[]): number =>
    Number(Object.values(prepare(sql).get(...values) ?? {})[0] ?? 0);
  return {
    countJobs: async () => ({
      waiting: numberOf('SELECT COUNT(*) FROM jobs WHERE dead = 0'),
      dead: numberOf('SELECT COUNT(*) FROM jobs WHERE dead = 1'),
    }),
    jobStats: async (now) => {
      const byType = prepare(
        'SELECT type, SUM(dead = 0) AS living, SUM(dead) AS dead FROM jobs INDEXED BY jobs_by_type GROUP BY type',
      ).all();
      const heldByType = new Map(
        prepare(
          `SELECT type, COUNT(*) AS count FROM jobs INDEXED BY jobs_held
           WHERE lease_until > 0 AND lease_until > ? GROUP BY type`,
        )
          .all(now)
          .map((row) => [String(row['type']), Number(row['count'])]),
      );
      const types = byType.map((row) => ({
        type: String(row['type']),
        waiting: Number(row['living']) - (heldByType.get(String(row['type'])) ?? 0),
        dead: Number(row['dead']),
      }));
      const total = (counts: Iterable<number>) => [...counts].reduce((sum, count) => sum + count, 0);
      const due = prepare(
        `SELECT COUNT(*) AS count, MIN(due_at) AS oldest FROM (
           SELECT due_at FROM jobs INDEXED BY jobs_due WHERE dead = 0 AND lease_until = 0 AND due_at <= ?1
           UNION ALL SELECT due_at FROM jobs INDEXED BY jobs_held
           WHERE lease_until > 0 AND lease_until <= ?1 AND dead = 0 AND due_at <= ?1)`,
      ).get(now);
      const oldest = due?.['oldest'] ?? null;
      return {
        waiting: total(types.map((one) => one.waiting)),
        due: Number(due?.['count'] ?? 0),
        held: total(heldByType.values()),
        dead: total(types.map((one) => one.dead)),
        oldestDueAt: oldest === null ? undefined : Number(oldest),
        byType: types,
      };
    },
    getJobs: async (ids) => {
      const found = new Map<string, StoredJob>();
      for (const id of ids) {
        const row = prepare('SELECT * FROM jobs WHERE id = ?').get(id);
        if (row) found.set(id, jobOf(row));
      }
      return found;
    },
    deadJobs: async (limit) =>
      prepare('SELECT * FROM jobs WHERE dead = 1 ORDER BY created_at DESC, id DESC LIMIT ?').all(limit).map(jobOf),
    nextJobAt: async (now) => {
      const next = prepare(
        `SELECT MIN(moment) AS moment FROM (
           SELECT MIN(due_at) AS moment FROM jobs INDEXED BY jobs_due WHERE dead = 0 AND lease_until = 0 AND due_at > ?1
           UNION ALL SELECT MIN(lease_until) FROM jobs INDEXED BY jobs_held WHERE lease_until > 0 AND lease_until > ?1)`,
      ).get(now)?.['moment'];
      return next === null || next === undefined ? undefined : Number(next);
    },
  };
}

export function jobWrites(prepare: Prepare, clock: Clock): JobWrites {
  const changed = (sql: string, ...values: (string | number)[]): boolean => prepare(sql).run(...values).changes > 0;
  return {
    enqueueJobs: async (jobs) => {
      const now = clock();
      const insert = prepare(
        `INSERT INTO jobs (id, type, payload, due_at, attempts, dead, problem, tenant_id, priority, created_at)
         VALUES (?, ?, ?, ?, 0, 0, '', ?, ?, ?) ON CONFLICT (id) DO NOTHING`,
      );
      for (const { id, type, payload, dueAt, tenantId = '', priority = 0 } of jobs)
        insert.run(id, type, JSON.stringify(payload), dueAt, tenantId, priority, now);
    },
    extendLease: async (id, token, until) =>
      changed('UPDATE jobs SET lease_until = ? WHERE id = ? AND lease_token = ? AND dead = 0', until, id, token),
    finishJob: async (id, token) =>
      token === undefined
        ? changed('DELETE FROM jobs WHERE id = ?', id)
        : changed('DELETE FROM jobs WHERE id = ? AND lease_token = ?', id, token),
    failJob: async (id, problem, retryAt, token) => {
      const state = retryAt === undefined ? 'dead = 1' : 'due_at = ?';
      const values = [problem, ...(retryAt === undefined ? [] : [retryAt]), id];
      const change = `UPDATE jobs SET lease_until = 0, lease_token = '', problem = ?, ${state} WHERE id = ?`;
      return token === undefined
        ? changed(change, ...values)
        : changed(`${change} AND lease_token = ?`, ...values, token);
    },
    postponeJob: async (id, dueAt, token) =>
      changed(
        `UPDATE jobs SET lease_until = 0, lease_token = '', attempts = attempts - 1, due_at = ?
         WHERE id = ? AND lease_token = ? AND dead = 0`,
        dueAt,
        id,
        token,
      ),
    releaseJobs: async () =>
      void prepare("UPDATE jobs SET lease_until = 0, lease_token = '' WHERE lease_until > 0").run(),
    removeJobs: async (ids) => {
      for (const id of ids) changed('DELETE FROM jobs WHERE id = ?', id);
    },
    rescheduleJobs: async (jobs) => {
      for (const { id, dueAt } of jobs) changed('UPDATE jobs SET due_at = ? WHERE id = ? AND dead = 0', dueAt, id);
    },
    reviveJob: async (id, dueAt) =>
      changed("UPDATE jobs SET dead = 0, attempts = 0, problem = '', due_at = ? WHERE id = ? AND dead = 1", dueAt, id),
  };
}

export function jobOf(row: Row): StoredJob {
  return {
    id: String(row['id']),
    type: String(row['type']),
    payload: JSON.parse(String(row['payload'])) as JsonObject,
    tenantId: String(row['tenant_id']),
    priority: Number(row['priority']),
    dueAt: Number(row['due_at']),
    attempts: Number(row['attempts']),
    createdAt: Number(row['created_at']),
    leaseUntil: Number(row['lease_until']),
    dead: row['dead'] === 1,
    problem: String(row['problem']),
  };
}
