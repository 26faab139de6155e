import { closeSync, existsSync, openSync, readSync, renameSync, statSync, truncateSync } from 'node:fs';
import { basename } from 'node:path';
import type { Rescue } from '#shared/replica/engineCalls.ts';
import type { Engine, SqlRow } from './engines/engine.ts';
import { databaseFiles } from './database.ts';
import { quoted } from './sqlText.ts';

/** A row that was saved from a damaged file, as it was stored. */
export interface SavedRow {
  table: string;
  id: string;
  rev: string;
  lwt: number;
  data: string;
}

export interface Salvage {
  rows: SavedRow[];
  /** Versions of the tables, as far as the file tells. */
  versions: Map<string, number>;
  unsent: number;
  inbox: number;
  incomplete: boolean;
}

/** Tables of this console's own, of which everything is saved; of the others the unsent edits. */
const privateTables = new Set(['inbox']);
/** Facts that say how far the replica is: they are not true of a new file. */
const isProgress = (id: string) => id.startsWith('fact:collection:');

/** What a damaged file is called once it is out of the way. */
export function keptName(file: string, at: Date): string {
  return `${file}.damaged-${at.toISOString().replaceAll(':', '-')}`;
}

/** Moves the file and what belongs to it out of the way, the file itself last: when it is there, everything is. */
export function setAside(file: string, kept: string): void {
  for (const suffix of [...databaseFiles].reverse())
    if (existsSync(`${file}${suffix}`)) renameSync(`${file}${suffix}`, `${kept}${suffix}`);
}

/** Gives a file that lost its end the length it should have: SQLite reads nothing of one that is too short. */
export function fillUp(file: string): void {
  const header = Buffer.alloc(32);
  const open = openSync(file, 'r');
  readSync(open, header, 0, header.length, 0);
  closeSync(open);
  if (header.toString('latin1', 0, 15) !== 'SQLite format 3') return;
  const told = header.readUInt16BE(16);
  const length = (told === 1 ? 65_536 : told) * header.readUInt32BE(28);
  const { size } = statSync(file);
  // A damaged header may tell anything.
  if (size < length && length < size * 100) truncateSync(file, length);
}

/** Reads what only this console has out of a damaged file: unsent edits, inbox, facts. Whatever cannot be read is left. */
export function salvage(engine: Engine): Salvage {
  const found: Salvage = { rows: [], versions: new Map(), unsent: 0, inbox: 0, incomplete: false };
  const sequences = new Map<string, number>();
  let tables: string[] = [];
  try {
    tables = engine
      .prepare(
        "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'steward%' AND name NOT LIKE 'sqlite%'",
      )
      .all([])
      .map(([name]) => String(name));
    for (const [name, version, sequence] of engine
      .prepare('SELECT name, version, sequence FROM steward_tables')
      .all([])) {
      found.versions.set(String(name), Number(version));
      sequences.set(String(name), Number(sequence));
    }
  } catch {
    found.incomplete = true;
  }
  for (const table of tables) {
    const wanted = (row: SqlRow) => isWhole(row, (document) => privateTables.has(table) || isUnsent(document));
    const rows = readable(engine, table, wanted, sequences.get(table) ?? guessedRows);
    if (rows.incomplete) found.incomplete = true;
    const ids = new Set<unknown>();
    for (const [, id, rev, lwt, data] of rows.found) {
      if (isProgress(String(id)) || ids.has(id)) continue;
      ids.add(id);
      found.rows.push({ table, id: String(id), rev: String(rev), lwt: Number(lwt), data: String(data) });
      if (!privateTables.has(table)) found.unsent += 1;
      else if (!String(id).startsWith('fact:')) found.inbox += 1;
    }
  }
  return found;
}

export function rescueOf(salvaged: Salvage, keptAs: string, reason: string, at: Date): Rescue {
  const { unsent, inbox, incomplete } = salvaged;
  return { at: at.toISOString(), keptAs: basename(keptAs), reason, unsent, inbox, incomplete };
}

function isUnsent(document: object): boolean {
  return 'pending' in document && document.pending === 1;
}

/** The engine may read a row and still give something that is no document, or another one. */
function isWhole([, id, , , data]: SqlRow, wanted: (document: object) => boolean): boolean {
  try {
    const document: unknown = JSON.parse(String(data));
    return (
      typeof document === 'object' && document !== null && 'id' in document && document.id === id && wanted(document)
    );
  } catch {
    return false;
  }
}

const largestStep = 4096;
/** Row numbers tried when neither the table nor the count of writes says how many there are. */
const guessedRows = 2_000_000;

/**
 * Reads a table by row number, in steps that shrink where a page cannot be read and grow again behind it. Only the table's
 * own tree is used: its indexes may be what is broken.
 */
function readable(
  engine: Engine,
  table: string,
  wanted: (row: SqlRow) => boolean,
  mostRows: number,
): { found: SqlRow[]; incomplete: boolean } {
  const source = `SELECT rowid, id, rev, lwt, data FROM ${quoted(table)} NOT INDEXED WHERE rowid >= ? AND rowid < ? AND deleted = 0`;
  const found: SqlRow[] = [];
  let incomplete = false;
  const last = lastRow(engine, table) ?? mostRows;
  let step = largestStep;
  for (let from = 0; from <= last;) {
    try {
      found.push(
        ...engine
          .prepare(source)
          .all([from, from + step])
          .filter(wanted),
      );
      from += step;
      step = Math.min(largestStep, step * 2);
    } catch {
      incomplete = true;
      if (step === 1) from += 1;
      else step = Math.max(1, step >> 2);
      if (step === 1) from = skipAhead(engine, source, from, last);
    }
  }
  return { found, incomplete };
}

/** The next row number, in strides, at which something can be read again. */
function skipAhead(engine: Engine, source: string, from: number, last: number): number {
  for (let stride = 1; from <= last; from += stride) {
    try {
      engine.prepare(source).all([from, from + 1]);
      return from;
    } catch {
      stride = Math.min(16, stride + 1);
    }
  }
  return from;
}

function lastRow(engine: Engine, table: string): number | undefined {
  try {
    return Number(engine.prepare(`SELECT max(rowid) FROM ${quoted(table)} NOT INDEXED`).all([])[0]?.[0] ?? 0);
  } catch {
    return undefined;
  }
}
