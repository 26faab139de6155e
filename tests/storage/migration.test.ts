import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import type { JsonObject } from '#shared/kernel/json.ts';
import { engineNames, openWindow } from '#tests/support/storageEngines.ts';
import { openRecords, recordRow } from '#tests/support/storageRecords.ts';
import type { RecordRow } from '#tests/support/storageRecords.ts';
import { temporaryFolder } from '#tests/support/temporaryFolder.ts';

const killed = fileURLToPath(new URL('../support/storageMigrationProcess.ts', import.meta.url));
const records = 5000;
/** As an older console stored them: the tenant had another name. Every fifth carries an unsent edit, some are deleted. */
const old = Array.from({ length: records }, (_, index) => {
  const { tenantId, ...row } = recordRow(index, index % 5 === 0 ? 1 : 0);
  return { ...row, _deleted: index % 50 === 7, customer: tenantId };
});
const migrated = old.map(({ customer, ...row }) => ({ ...row, tenantId: customer })) as RecordRow[];

/** A replica as an older console left it: fewer columns, one index, other versions. */
function writeOldFile(file: string, version: number, layout = 'an older layout'): void {
  const database = new DatabaseSync(file);
  database.exec(`CREATE TABLE steward_tables (name TEXT PRIMARY KEY, version INTEGER NOT NULL, layout TEXT NOT NULL, sequence INTEGER NOT NULL);
    CREATE TABLE runs (id TEXT PRIMARY KEY, rev TEXT NOT NULL, deleted INTEGER NOT NULL, lwt REAL NOT NULL, seq INTEGER NOT NULL, data TEXT NOT NULL);
    CREATE INDEX "runs/seq" ON runs (seq);
    BEGIN`);
  database.prepare('INSERT INTO steward_tables VALUES (?, ?, ?, ?)').run('runs', version, layout, 77_000);
  const insert = database.prepare('INSERT INTO runs VALUES (?, ?, ?, ?, ?, ?)');
  for (const [index, row] of old.entries())
    insert.run(row.id, row._rev, row._deleted ? 1 : 0, 1000, 70_000 - index, JSON.stringify(row));
  database.exec('COMMIT');
  database.close();
}

/** Everything an older file holds, as one number. */
function fingerprint(file: string): string {
  const database = new DatabaseSync(file);
  const hash = createHash('sha256');
  for (const sql of [
    'SELECT name, sql FROM sqlite_schema ORDER BY name',
    'SELECT * FROM runs ORDER BY id',
    'SELECT * FROM steward_tables',
  ])
    for (const row of database.prepare(sql).all()) hash.update(JSON.stringify(row));
  database.close();
  return hash.digest('hex');
}

describe.each(engineNames)('an older replica opened by %s', { timeout: 60_000 }, (name) => {
  const folder = temporaryFolder('migration');
  const file = join(folder, 'replica.sqlite');
  const steps: [string, number][] = [];
  const migrate = (table: string, document: JsonObject, from: number): JsonObject => {
    steps.push([table, from]);
    const { customer, ...rest } = document;
    return customer === undefined ? rest : { ...rest, tenantId: customer };
  };
  const { storage, engine } = openWindow(name, { folder, migrate });

  it('[S22] is left as it was when the migration is interrupted', async () => {
    writeOldFile(file, 0);
    // The bookkeeping of counts is made at once, in front of any migration.
    const before = fingerprint(file);
    for (const documents of [1, 1700, records]) {
      const child = spawn(process.execPath, [killed, folder, name, String(documents)], {
        stdio: ['ignore', 'pipe', 'inherit'],
      });
      const [, signal] = await once(child, 'exit');
      expect(signal, `killed at document ${documents}`).toBe('SIGKILL');
      const database = new DatabaseSync(file);
      database.exec('DROP TABLE IF EXISTS steward_counts; DROP TABLE IF EXISTS steward_rescued');
      expect(database.prepare('PRAGMA integrity_check').all()).toEqual([{ integrity_check: 'ok' }]);
      database.close();
      expect(fingerprint(file)).toBe(before);
    }
  });

  it('[S22] has every document, edit, deletion, count and position afterwards', async () => {
    const tables = await openRecords(storage, 'replica');
    const client = await storage.clientOf('replica');
    const everything = await tables.runs.getChangedDocumentsSince?.(100_000);
    // The last written has the highest sequence.
    expect(everything).toEqual({ documents: migrated.toReversed(), checkpoint: { sequence: 70_000 } });
    expect(new Set(steps.map(([table, from]) => `${table} ${from}`))).toEqual(new Set(['runs 0']));
    expect(steps).toHaveLength(records);
    const living = migrated.filter(({ _deleted }) => !_deleted);
    expect(await client.call('kindCounts', { table: 'runs' })).toEqual({ task: living.length });
    const edited = { kind: 'task', conditions: [], words: [], order: [{ path: 'id', descending: false }] };
    const mine = { ...edited, conditions: [{ path: 'tenantId', operator: 'is' as const, value: 'tenant-3' }] };
    const page = await client.call('listPage', { table: 'runs', list: mine, offset: 0, limit: 5000 });
    expect(JSON.parse(page.documents)).toEqual(living.filter(({ tenantId }) => tenantId === 'tenant-3'));
    const next = recordRow(records, 1);
    await tables.runs.bulkWrite([{ document: next }], 'x');
    expect(await tables.runs.getChangedDocumentsSince?.(9, everything?.checkpoint)).toEqual({
      documents: [next],
      checkpoint: { sequence: 77_001 },
    });
    expect(await client.call('check', {})).toEqual([]);
    await tables.close();
  });

  it('[S22] of another layout alone is rebuilt, its documents untouched', async () => {
    const database = new DatabaseSync(file);
    database.exec(
      `UPDATE steward_tables SET layout = 'of long ago' WHERE name = 'runs'; ALTER TABLE runs DROP COLUMN known`,
    );
    database.exec('UPDATE steward_counts SET count = 1');
    database.close();
    steps.length = 0;
    const tables = await openRecords(storage, 'replica');
    const client = await storage.clientOf('replica');
    expect(steps).toEqual([]);
    expect((await tables.runs.getChangedDocumentsSince?.(100_000))?.documents).toHaveLength(records + 1);
    expect(await client.call('kindCounts', { table: 'runs' })).toEqual({ task: records - records / 50 + 1 });
    const unsent = { table: 'runs', query: { selector: { pending: { $eq: 1 } }, sort: [], skip: 0, limit: -1 } };
    expect(await client.call('count', unsent)).toEqual({ count: records / 5 + 1, exact: true });
    await tables.close();
  });

  it('[S23] of a newer console is refused with a sentence, and stays', async () => {
    engine.restart();
    const newer = join(folder, 'newer.sqlite');
    writeOldFile(newer, 99);
    const before = fingerprint(newer);
    await expect(openRecords(storage, 'newer')).rejects.toThrow(
      "'runs' was written by a newer console (version 99); update this one",
    );
    engine.restart();
    const database = new DatabaseSync(newer);
    database.exec('DROP TABLE steward_counts; DROP TABLE steward_rescued');
    database.close();
    expect(fingerprint(newer)).toBe(before);
  });
});
