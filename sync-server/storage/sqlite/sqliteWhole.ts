import type { SQLOutputValue } from 'node:sqlite';
import type { Json } from '#shared/kernel/json.ts';
import type { Session, StoreReader, StoreTransaction } from '../store.ts';
import { jobOf } from './sqliteJobs.ts';
import type { Prepare } from './statements.ts';

type WholeReads = Pick<StoreReader, 'allEntries' | 'allJobs' | 'allSessions'>;
type WholeWrites = Pick<StoreTransaction, 'rewriteJob' | 'removeSessions' | 'removeCredential'>;

/** Reads of all there is, for what must leave nothing out. */
export function wholeReads(prepare: Prepare): WholeReads {
  return {
    allEntries: async (after, limit) =>
      prepare('SELECT * FROM entries WHERE (area, key) > (?, ?) ORDER BY area, key LIMIT ?')
        .all(after?.area ?? '', after?.key ?? '', limit)
        .map((row) => ({
          area: String(row['area']),
          key: String(row['key']),
          value: JSON.parse(String(row['value'])) as Json,
          expiresAt: Number(row['expires_at']),
        })),
    allJobs: async (after, limit) =>
      prepare('SELECT * FROM jobs WHERE id > ? ORDER BY id LIMIT ?').all(after, limit).map(jobOf),
    allSessions: async (after, limit) =>
      prepare('SELECT * FROM sessions WHERE id > ? ORDER BY id LIMIT ?').all(after, limit).map(sessionOf),
  };
}

export function wholeWrites(prepare: Prepare): WholeWrites {
  return {
    rewriteJob: async (id, payload, problem) =>
      void prepare('UPDATE jobs SET payload = ?, problem = ? WHERE id = ?').run(JSON.stringify(payload), problem, id),
    removeSessions: async (ids) => {
      for (const id of ids) {
        prepare('DELETE FROM refresh_tokens WHERE session_id = ?').run(id);
        prepare('DELETE FROM sessions WHERE id = ?').run(id);
      }
    },
    removeCredential: async (staffId) => void prepare('DELETE FROM credentials WHERE staff_id = ?').run(staffId),
  };
}

export function sessionOf(row: Record<string, SQLOutputValue>): Session {
  return {
    id: String(row['id']),
    staffId: String(row['staff_id']),
    clientId: String(row['client_id']),
    device: String(row['device']),
    address: String(row['address']),
    createdAt: Number(row['created_at']),
    lastSeenAt: Number(row['last_seen_at']),
    revokedAt: Number(row['revoked_at']),
  };
}
