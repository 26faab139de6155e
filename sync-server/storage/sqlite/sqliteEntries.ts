import type { Json } from '#shared/kernel/json.ts';
import type { Clock } from '#shared/kernel/sources.ts';
import type { StoreReader, StoreTransaction } from '../store.ts';
import type { Prepare } from './statements.ts';

type EntryReads = Pick<StoreReader, 'getEntries' | 'entriesOf'>;
type EntryWrites = Pick<StoreTransaction, 'putEntries' | 'removeEntries' | 'removeEntriesWithPrefix' | 'pruneEntries'>;

export function entryReads(prepare: Prepare, clock: Clock): EntryReads {
  return {
    getEntries: async (area, keys) => {
      const now = clock();
      const found = new Map<string, Json>();
      const statement = prepare(
        'SELECT value FROM entries WHERE area = ? AND key = ? AND (expires_at = 0 OR expires_at > ?)',
      );
      for (const key of keys) {
        const row = statement.get(area, key, now);
        if (row) found.set(key, JSON.parse(String(row['value'])) as Json);
      }
      return found;
    },
    entriesOf: async (area, { prefix = '', after, limit }) => {
      const end = endOfPrefix(prefix);
      const rows = prepare(
        `SELECT key, value FROM entries WHERE area = ?1 AND key >= MAX(?2, IFNULL(?3, ?2)) AND (?3 IS NULL OR key > ?3) AND (?4 IS NULL OR key < ?4)
         AND (expires_at = 0 OR expires_at > ?5) ORDER BY key LIMIT ?6`,
      ).all(area, prefix, after ?? null, end ?? null, clock(), limit);
      return rows.map((row) => ({ key: String(row['key']), value: JSON.parse(String(row['value'])) as Json }));
    },
  };
}

export function entryWrites(prepare: Prepare): EntryWrites {
  return {
    putEntries: async (entries) => {
      const put = prepare('INSERT OR REPLACE INTO entries VALUES (?,?,?,?)');
      for (const { area, key, value, expiresAt = 0 } of entries) put.run(area, key, JSON.stringify(value), expiresAt);
    },
    removeEntries: async (entries) => {
      for (const { area, key } of entries) prepare('DELETE FROM entries WHERE area = ? AND key = ?').run(area, key);
    },
    removeEntriesWithPrefix: async (area, prefix) =>
      void prepare('DELETE FROM entries WHERE area = ?1 AND key >= ?2 AND (?3 IS NULL OR key < ?3)').run(
        area,
        prefix,
        endOfPrefix(prefix) ?? null,
      ),
    pruneEntries: async (now) => void prepare('DELETE FROM entries WHERE expires_at > 0 AND expires_at <= ?').run(now),
  };
}

/** The least text, by code points, above everything that begins with the prefix; undefined when there is none. */
function endOfPrefix(prefix: string): string | undefined {
  const points = Array.from(prefix, (character) => character.codePointAt(0) ?? 0);
  for (let last = points.pop(); last !== undefined; last = points.pop()) {
    if (last === 0x10ffff) continue;
    // Surrogates are no characters of their own.
    const next = last === 0xd7ff ? 0xe000 : last + 1;
    return String.fromCodePoint(...points, next);
  }
  return undefined;
}
