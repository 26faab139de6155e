import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import type { Rescue } from '#shared/replica/engineCalls.ts';
import { bookkeeping } from './tableWriter.ts';
import { EngineFailure } from './engines/engine.ts';
import type { Engine } from './engines/engine.ts';
import { removeFiles } from './database.ts';
import { fillUp, keptName, rescueOf, salvage, setAside } from './rescue.ts';
import type { Salvage } from './rescue.ts';
import { inTransaction } from './transaction.ts';

export type OpenEngine = (file: string) => Engine;

/** Opens the file. A damaged one is set aside and a new one begun with what could be saved of the person's own work. */
export function openFile(file: string, open: OpenEngine, now: Date): { engine: Engine; rescue: Rescue | null } {
  const interrupted = interruptedRescue(file);
  if (interrupted) return startAfresh(file, interrupted, open, now, 'setting it aside was interrupted');
  let engine: Engine | undefined;
  try {
    engine = open(file);
    for (const statement of bookkeeping) engine.exec(statement);
    return { engine, rescue: null };
  } catch (error) {
    engine?.close();
    if (!(error instanceof EngineFailure) || error.code !== 'damaged') throw error;
    return replaceFile(file, open, now, error.message);
  }
}

/** Sets the file aside, whatever is wrong with it, and begins a new one. Nothing may have it open any more. */
export function replaceFile(
  file: string,
  open: OpenEngine,
  now: Date,
  reason: string,
): { engine: Engine; rescue: Rescue } {
  const kept = keptName(file, now);
  // Until the new file has what was saved, this says where it is to be taken from.
  writeFileSync(marker(file), basename(kept));
  setAside(file, kept);
  return startAfresh(file, kept, open, now, reason);
}

const marker = (file: string) => `${file}.rescue`;

/** The file that was set aside when a rescue did not come to its end; undefined when there is none. */
function interruptedRescue(file: string): string | undefined {
  if (!existsSync(marker(file))) return undefined;
  const name = readFileSync(marker(file), 'utf8');
  const kept = join(dirname(file), name);
  if (name !== '' && !existsSync(kept)) setAside(file, kept);
  if (name !== '' && existsSync(kept)) return kept;
  rmSync(marker(file));
  return undefined;
}

function startAfresh(
  file: string,
  kept: string,
  open: OpenEngine,
  now: Date,
  reason: string,
): { engine: Engine; rescue: Rescue } {
  removeFiles(file);
  const salvaged = salvageFrom(kept, open);
  const engine = open(file);
  inTransaction(engine, () => {
    for (const statement of bookkeeping) engine.exec(statement);
    const keep = engine.prepare('INSERT INTO steward_rescued VALUES (?, ?, ?, ?, ?, ?)');
    for (const { table, id, rev, lwt, data } of salvaged.rows)
      keep.run([table, id, rev, lwt, data, salvaged.versions.get(table) ?? 0]);
  });
  rmSync(marker(file));
  return { engine, rescue: rescueOf(salvaged, kept, reason, now) };
}

function salvageFrom(kept: string, open: OpenEngine): Salvage {
  let engine: Engine | undefined;
  try {
    fillUp(kept);
    engine = open(kept);
    return salvage(engine);
  } catch {
    return { rows: [], versions: new Map(), unsent: 0, inbox: 0, incomplete: true };
  } finally {
    engine?.close();
  }
}
