import type { DatabaseSync, SQLInputValue, SQLOutputValue } from 'node:sqlite';
import type { Clock } from '#shared/kernel/sources.ts';
import type { RecordEnvelope, RecordState } from '#shared/records/envelope.ts';
import type { Change, RecordHead, RecordTarget, StoreReader } from '../store.ts';
import { entryReads } from './sqliteEntries.ts';
import { jobReads } from './sqliteJobs.ts';
import { sessionOf, wholeReads } from './sqliteWhole.ts';
import { statementsOf } from './statements.ts';

type Row = Record<string, SQLOutputValue>;
const headColumns = 'id, kind, tenant_id, created_by, assigned_to, version, deleted, seq';
/** The whole condition is in this index, so a scan passes over what is outside a window without touching the records. */
const windowed = 'records INDEXED BY records_by_window';

/** Reads on one connection. */
export function createSqliteReader(database: DatabaseSync, clock: Clock): StoreReader {
  const prepare = statementsOf(database);
  const all = (sql: string, ...values: SQLInputValue[]): Row[] => prepare(sql).all(...values);
  const numberOf = (sql: string, ...values: SQLInputValue[]): number =>
    Number(Object.values(prepare(sql).get(...values) ?? {})[0] ?? 0);
  return {
    getRecords: async (ids) => {
      const found = new Map<string, RecordState>();
      const statement = prepare('SELECT doc FROM records WHERE id = ?');
      for (const id of ids) {
        const row = statement.get(id);
        if (row) found.set(id, parse(row));
      }
      return found;
    },
    recordsOfKind: async (kind) => all('SELECT doc FROM records WHERE kind = ? AND deleted = 0', kind).map(parse),
    changesSince: async (collection, after, limit, updatedSince) => {
      const departed = new Map<string, RecordTarget[]>();
      for (const row of all(
        'SELECT id, tenant_id, assigned_to, created_by FROM departures WHERE collection = ? AND seq > ?',
        collection,
        after,
      )) {
        const id = String(row['id']);
        departed.set(id, [...(departed.get(id) ?? []), targetOf(row)]);
      }
      const rows =
        updatedSince === undefined
          ? all(
              `SELECT ${headColumns}, doc FROM records WHERE collection = ? AND seq > ? ORDER BY seq LIMIT ?`,
              collection,
              after,
              limit,
            )
          : all(
              `SELECT ${headColumns}, doc FROM ${windowed}
               WHERE collection = ?1 AND seq > ?2 AND (updated_at >= ?3 OR deleted = 1)
               UNION ALL SELECT ${headColumns}, doc FROM records
               WHERE id IN (SELECT id FROM departures WHERE collection = ?1 AND seq > ?2)
               AND seq > ?2 AND updated_at < ?3 AND deleted = 0 ORDER BY seq LIMIT ?4`,
              collection,
              after,
              updatedSince,
              limit,
            );
      return rows.map((row) => changeOf(row, departed.get(String(row['id'])) ?? []));
    },
    recordsBefore: async ({ collection, kind, tenantId, before, limit, updatedSince, updatedBefore }) =>
      all(
        `SELECT ${headColumns}, doc FROM ${windowed} WHERE collection = ? AND seq < ? AND deleted = 0
         AND updated_at >= ? AND updated_at < ?
         AND (? = '' OR kind = ?) AND (? = '' OR tenant_id = ?) ORDER BY seq DESC LIMIT ?`,
        collection,
        before,
        updatedSince ?? Number.MIN_SAFE_INTEGER,
        updatedBefore ?? Number.MAX_SAFE_INTEGER,
        kind,
        kind,
        tenantId,
        tenantId,
        limit,
      ).map((row) => changeOf(row, [])),
    headsSince: async (collection, after, limit, updatedSince = Number.MIN_SAFE_INTEGER) =>
      all(
        `SELECT ${headColumns} FROM ${windowed}
         WHERE collection = ? AND seq > ? AND deleted = 0 AND updated_at >= ? ORDER BY seq LIMIT ?`,
        collection,
        after,
        updatedSince,
        limit,
      ).map(headOf),
    countSince: async (collection, after, updatedSince = Number.MIN_SAFE_INTEGER) =>
      numberOf(
        `SELECT COUNT(*) FROM ${windowed} WHERE collection = ? AND seq > ? AND (updated_at >= ? OR deleted = 1)`,
        collection,
        after,
        updatedSince,
      ),
    latestSequence: async () => numberOf('SELECT MAX(latest) FROM collections'),
    collectionSequence: async (collection) =>
      numberOf('SELECT latest FROM collections WHERE collection = ?', collection),
    compactionFloor: async (collection) => numberOf('SELECT floor FROM collections WHERE collection = ?', collection),
    uniqueOwners: async (keys) => {
      const owners = new Map<string, string>();
      for (const key of keys) {
        const row = prepare('SELECT id FROM unique_keys WHERE key = ?').get(key);
        if (row) owners.set(key, String(row['id']));
      }
      return owners;
    },
    chainHeads: async (tenantIds) => {
      const heads = new Map<string, { number: number; hash: string }>();
      for (const tenantId of tenantIds) {
        const row = prepare('SELECT number, hash FROM chain_heads WHERE tenant_id = ?').get(tenantId);
        if (row) heads.set(tenantId, { number: Number(row['number']), hash: String(row['hash']) });
      }
      return heads;
    },
    allChainHeads: async (after, limit) =>
      all(
        'SELECT tenant_id, number, hash FROM chain_heads WHERE tenant_id > ? OR ? ORDER BY tenant_id LIMIT ?',
        after ?? '',
        after === undefined ? 1 : 0,
        limit,
      ).map((row) => ({
        tenantId: String(row['tenant_id']),
        number: Number(row['number']),
        hash: String(row['hash']),
      })),
    chainEntries: async (tenantId, from, limit) =>
      all(
        `SELECT doc FROM records INDEXED BY records_by_chain
         WHERE kind = 'auditEntry' AND deleted = 0 AND tenant_id = ? AND chain_number >= ?
         ORDER BY chain_number LIMIT ?`,
        tenantId,
        from,
        limit,
      ).map((row) => parse(row) as RecordEnvelope),
    getMeta: async (key) => textOf(prepare('SELECT value FROM meta WHERE key = ?').get(key), 'value'),
    getCredential: async (staffId) => {
      const secret = textOf(prepare('SELECT secret FROM credentials WHERE staff_id = ?').get(staffId), 'secret');
      return secret === undefined ? undefined : { staffId, secret };
    },
    getSession: async (id) => {
      const row = prepare('SELECT * FROM sessions WHERE id = ?').get(id);
      return row && sessionOf(row);
    },
    livingSessions: async ({ staffId = '', seenBefore = Number.MAX_SAFE_INTEGER, limit }) =>
      all(
        `SELECT * FROM sessions WHERE revoked_at = 0 AND (?1 = '' OR staff_id = ?1) AND last_seen_at < ?2
         ORDER BY last_seen_at, id LIMIT ?3`,
        staffId,
        seenBefore,
        limit,
      ).map(sessionOf),
    getRefreshToken: async (hash) => {
      const row = prepare('SELECT session_id, issued_at, used_at FROM refresh_tokens WHERE hash = ?').get(hash);
      return (
        row && {
          hash,
          sessionId: String(row['session_id']),
          issuedAt: Number(row['issued_at']),
          usedAt: Number(row['used_at']),
        }
      );
    },
    ...jobReads(prepare),
    ...entryReads(prepare, clock),
    ...wholeReads(prepare),
  };
}

function textOf(row: Row | undefined, column: string): string | undefined {
  return row === undefined ? undefined : String(row[column]);
}

function parse(row: Row): RecordState {
  return JSON.parse(String(row['doc'])) as RecordState;
}

function targetOf(row: Row): RecordTarget {
  return {
    tenantId: String(row['tenant_id']),
    createdBy: String(row['created_by']),
    assignedTo: String(row['assigned_to']),
  };
}

function headOf(row: Row): RecordHead {
  return {
    ...targetOf(row),
    id: String(row['id']),
    kind: String(row['kind']),
    version: Number(row['version']),
    deleted: row['deleted'] === 1,
    sequence: Number(row['seq']),
  };
}

function changeOf(row: Row, departed: readonly RecordTarget[]): Change {
  const text = String(row['doc']);
  let record: RecordState | undefined;
  return {
    head: headOf(row),
    departed,
    length: text.length,
    read: () => (record ??= JSON.parse(text) as RecordState),
  };
}
