import type { DatabaseSync, SQLInputValue } from 'node:sqlite';
import type { ReplicatedCollection } from '#shared/records/collections.ts';
import { isTombstone } from '#shared/records/envelope.ts';
import type { RecordEnvelope, RecordState } from '#shared/records/envelope.ts';
import type { Clock } from '#shared/kernel/sources.ts';
import type { StoreTransaction } from '../store.ts';
import { claimJobs } from './claimJobs.ts';
import { entryWrites } from './sqliteEntries.ts';
import { jobWrites } from './sqliteJobs.ts';
import { createSqliteReader } from './sqliteReader.ts';
import { wholeWrites } from './sqliteWhole.ts';
import { statementsOf } from './statements.ts';

/** Its place in its chain, of an entry of the audit log. */
function chainNumberOf({ kind, body }: RecordEnvelope): number | null {
  const number = kind === 'auditEntry' ? body['number'] : null;
  return typeof number === 'number' ? number : null;
}

/** Writes on the one writing connection; the caller opens and ends the transaction. */
export function createSqliteTransaction(database: DatabaseSync, clock: Clock): StoreTransaction {
  const prepare = statementsOf(database);
  const run = (sql: string, ...values: SQLInputValue[]) => prepare(sql).run(...values);
  const reader = createSqliteReader(database, clock);
  return {
    ...reader,
    putRecords: async (puts) => {
      const now = clock();
      let sequence = await reader.latestSequence();
      const latest = new Map<ReplicatedCollection, number>();
      for (const { collection, record, departed, uniqueKeys } of puts) {
        sequence += 1;
        latest.set(collection, sequence);
        putRecord(collection, record, sequence, now);
        if (departed) {
          run(
            'INSERT INTO departures VALUES (?,?,?,?,?,?,?)',
            record.id,
            sequence,
            collection,
            departed.tenantId,
            departed.assignedTo,
            departed.createdBy,
            now,
          );
        }
        if (uniqueKeys) {
          run('DELETE FROM unique_keys WHERE id = ?', record.id);
          for (const key of uniqueKeys) run('INSERT INTO unique_keys VALUES (?,?)', key, record.id);
        }
      }
      for (const [collection, value] of latest) {
        run(
          'INSERT INTO collections VALUES (?,?,0) ON CONFLICT (collection) DO UPDATE SET latest = excluded.latest',
          collection,
          value,
        );
      }
    },
    putChainHeads: async (heads) => {
      for (const [tenantId, head] of heads)
        run('INSERT OR REPLACE INTO chain_heads VALUES (?,?,?)', tenantId, head.number, head.hash);
    },
    putMeta: async (key, value) => void run('INSERT OR REPLACE INTO meta VALUES (?,?)', key, value),
    putCredential: async (credential) =>
      void run('INSERT OR REPLACE INTO credentials VALUES (?,?)', credential.staffId, credential.secret),
    putSession: async (session) =>
      void run(
        'INSERT OR REPLACE INTO sessions VALUES (?,?,?,?,?,?,?,?)',
        session.id,
        session.staffId,
        session.clientId,
        session.device,
        session.address,
        session.createdAt,
        session.lastSeenAt,
        session.revokedAt,
      ),
    putRefreshToken: async (token) =>
      void run(
        'INSERT OR REPLACE INTO refresh_tokens VALUES (?,?,?,?)',
        token.hash,
        token.sessionId,
        token.issuedAt,
        token.usedAt,
      ),
    pruneRefreshTokens: async (before, lastBefore) =>
      void run(
        `WITH newest AS MATERIALIZED (SELECT session_id, MAX(issued_at) AS at FROM refresh_tokens GROUP BY session_id)
        DELETE FROM refresh_tokens WHERE issued_at < ? OR issued_at < ? AND EXISTS (
          SELECT 1 FROM newest WHERE newest.session_id = refresh_tokens.session_id
            AND newest.at > MAX(refresh_tokens.used_at, refresh_tokens.issued_at) + 60000)`,
        lastBefore,
        before,
      ),
    ...jobWrites(prepare, clock),
    claimJobs: async (claim) => claimJobs(prepare, claim),
    ...entryWrites(prepare),
    ...wholeWrites(prepare),
    compact: async (before) => {
      const doomed = prepare(
        `SELECT collection, MAX(seq) AS floor FROM (
           SELECT collection, seq FROM records WHERE deleted = 1 AND committed_at < ?
           UNION ALL SELECT collection, seq FROM departures WHERE committed_at < ?) GROUP BY collection`,
      ).all(before, before);
      for (const row of doomed)
        run(
          'UPDATE collections SET floor = MAX(floor, ?) WHERE collection = ?',
          Number(row['floor']),
          String(row['collection']),
        );
      const gone = run('DELETE FROM records WHERE deleted = 1 AND committed_at < ?', before).changes;
      return Number(gone) + Number(run('DELETE FROM departures WHERE committed_at < ?', before).changes);
    },
  };

  /** A tombstone keeps the columns of the last living state: they say who may learn of the deletion. */
  function putRecord(collection: ReplicatedCollection, record: RecordState, sequence: number, now: number): void {
    const doc = JSON.stringify(record);
    if (isTombstone(record)) {
      run(
        `INSERT INTO records VALUES (?,?,?,?,'','','',?,1,?,?,?,0,NULL)
         ON CONFLICT (id) DO UPDATE SET version = excluded.version, deleted = 1, seq = excluded.seq, committed_at = excluded.committed_at, doc = excluded.doc`,
        record.id,
        record.kind,
        collection,
        record.tenantId,
        record.version,
        sequence,
        now,
        doc,
      );
      return;
    }
    run(
      'INSERT OR REPLACE INTO records VALUES (?,?,?,?,?,?,?,?,0,?,?,?,?,?)',
      record.id,
      record.kind,
      collection,
      record.tenantId,
      record.status,
      record.assignedTo,
      record.createdBy,
      record.version,
      sequence,
      now,
      doc,
      Date.parse(record.updatedAt),
      chainNumberOf(record),
    );
  }
}
