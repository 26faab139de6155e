import type { DatabaseSync } from 'node:sqlite';

/** Each entry lifts the schema by one version; entries are never edited once released. */
const migrations: readonly string[] = [
  `
  CREATE TABLE records (
    id TEXT NOT NULL PRIMARY KEY,
    kind TEXT NOT NULL,
    collection TEXT NOT NULL,
    tenant_id TEXT NOT NULL,
    status TEXT NOT NULL,
    assigned_to TEXT NOT NULL,
    created_by TEXT NOT NULL,
    version INTEGER NOT NULL,
    deleted INTEGER NOT NULL,
    seq INTEGER NOT NULL,
    committed_at INTEGER NOT NULL,
    doc TEXT NOT NULL
  );
  CREATE UNIQUE INDEX records_by_sequence ON records (collection, seq);
  CREATE INDEX records_by_kind ON records (kind, tenant_id, seq);
  CREATE INDEX tombstones ON records (committed_at) WHERE deleted = 1;
  CREATE TABLE departures (
    id TEXT NOT NULL,
    seq INTEGER NOT NULL,
    collection TEXT NOT NULL,
    tenant_id TEXT NOT NULL,
    assigned_to TEXT NOT NULL,
    created_by TEXT NOT NULL,
    committed_at INTEGER NOT NULL,
    PRIMARY KEY (id, seq)
  ) WITHOUT ROWID;
  CREATE TABLE collections (collection TEXT NOT NULL PRIMARY KEY, latest INTEGER NOT NULL, floor INTEGER NOT NULL) WITHOUT ROWID;
  CREATE TABLE unique_keys (key TEXT NOT NULL PRIMARY KEY, id TEXT NOT NULL) WITHOUT ROWID;
  CREATE INDEX unique_keys_by_record ON unique_keys (id);
  CREATE TABLE chain_heads (tenant_id TEXT NOT NULL PRIMARY KEY, number INTEGER NOT NULL, hash TEXT NOT NULL) WITHOUT ROWID;
  CREATE TABLE meta (key TEXT NOT NULL PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
  CREATE TABLE credentials (staff_id TEXT NOT NULL PRIMARY KEY, secret TEXT NOT NULL) WITHOUT ROWID;
  CREATE TABLE sessions (
    id TEXT NOT NULL PRIMARY KEY,
    staff_id TEXT NOT NULL,
    client_id TEXT NOT NULL,
    device TEXT NOT NULL,
    address TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    last_seen_at INTEGER NOT NULL,
    revoked_at INTEGER NOT NULL
  ) WITHOUT ROWID;
  CREATE TABLE refresh_tokens (
    hash TEXT NOT NULL PRIMARY KEY,
    session_id TEXT NOT NULL,
    issued_at INTEGER NOT NULL,
    used_at INTEGER NOT NULL
  ) WITHOUT ROWID;
  CREATE TABLE jobs (
    id TEXT NOT NULL PRIMARY KEY,
    type TEXT NOT NULL,
    payload TEXT NOT NULL,
    due_at INTEGER NOT NULL,
    attempts INTEGER NOT NULL,
    dead INTEGER NOT NULL,
    problem TEXT NOT NULL
  );
  CREATE INDEX jobs_due ON jobs (dead, due_at);
  `,
  // Milliseconds, cut and not rounded, as Date.parse reads them. A deleted record keeps those of its last living state.
  `
  ALTER TABLE records ADD COLUMN updated_at INTEGER NOT NULL DEFAULT 0;
  UPDATE records SET updated_at = ROUND(unixepoch(substr(json_extract(doc, '$.updatedAt'), 1, 23), 'subsec') * 1000)
    WHERE deleted = 0;
  CREATE INDEX records_by_window ON records (collection, seq, updated_at, deleted);
  `,
  // A held job has a lease; it is 0 otherwise, also after it ran out, when the token tells who held it last.
  `
  DROP INDEX jobs_due;
  ALTER TABLE jobs ADD COLUMN tenant_id TEXT NOT NULL DEFAULT '';
  ALTER TABLE jobs ADD COLUMN priority INTEGER NOT NULL DEFAULT 0;
  ALTER TABLE jobs ADD COLUMN lease_until INTEGER NOT NULL DEFAULT 0;
  ALTER TABLE jobs ADD COLUMN lease_token TEXT NOT NULL DEFAULT '';
  ALTER TABLE jobs ADD COLUMN created_at INTEGER NOT NULL DEFAULT 0;
  CREATE INDEX jobs_waiting ON jobs (tenant_id, priority, due_at, id, type) WHERE dead = 0 AND lease_until = 0;
  CREATE INDEX jobs_due ON jobs (due_at, tenant_id, type) WHERE dead = 0 AND lease_until = 0;
  CREATE INDEX jobs_held ON jobs (lease_until, tenant_id) WHERE lease_until > 0;
  CREATE INDEX jobs_dead ON jobs (created_at, id) WHERE dead = 1;
  CREATE INDEX jobs_by_type ON jobs (type, dead);
  CREATE TABLE entries (
    area TEXT NOT NULL,
    key TEXT NOT NULL,
    value TEXT NOT NULL,
    expires_at INTEGER NOT NULL,
    PRIMARY KEY (area, key)
  ) WITHOUT ROWID;
  CREATE INDEX entries_expiring ON entries (expires_at) WHERE expires_at > 0;
  `,
  // An entry that lost values to an erasure has a later sequence, and its number still.
  `
  CREATE INDEX records_by_chain ON records (tenant_id, json_extract(doc, '$.body.number'))
    WHERE kind = 'auditEntry' AND deleted = 0;
  `,
  // Living sessions by who was seen longest ago: to end those of a person, and those that nobody uses.
  `
  CREATE INDEX sessions_living ON sessions (last_seen_at, id, staff_id) WHERE revoked_at = 0;
  `,
  // Sessions began with the network address itself; newer ones keep what stands for it.
  `
  UPDATE sessions SET address = '' WHERE address <> '';
  `,
  // The number of an audit entry by itself: an index over its JSON costs each entry as much as everything else of it. What the
  // first index of sequences was for, the one by window is too.
  `
  DROP INDEX records_by_chain;
  DROP INDEX IF EXISTS records_by_sequence;
  ALTER TABLE records ADD COLUMN chain_number INTEGER;
  UPDATE records SET chain_number = json_extract(doc, '$.body.number') WHERE kind = 'auditEntry' AND deleted = 0;
  CREATE INDEX records_by_chain ON records (tenant_id, chain_number) WHERE kind = 'auditEntry' AND deleted = 0;
  `,
];

/**
 * Brings the file to the newest schema inside one transaction.
 * @throws Error when the file was written by a newer version of the server.
 */
export function migrate(database: DatabaseSync): void {
  if (versionOf(database) === migrations.length) return;
  database.exec('BEGIN IMMEDIATE');
  try {
    // Another process may have lifted it in between.
    const current = versionOf(database);
    if (current > migrations.length) {
      throw new Error(
        `the store has schema ${current}, this server knows up to ${migrations.length}. Start a newer server.`,
      );
    }
    for (const step of migrations.slice(current)) database.exec(step);
    database.exec(`PRAGMA user_version = ${migrations.length}`);
    database.exec('COMMIT');
  } catch (error) {
    database.exec('ROLLBACK');
    throw error;
  }
}

function versionOf(database: DatabaseSync): number {
  return Number(database.prepare('PRAGMA user_version').get()?.['user_version'] ?? 0);
}
