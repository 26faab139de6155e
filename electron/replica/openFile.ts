import type { Rescue } from '#shared/replica/engineCalls.ts';
import { bookkeeping } from './tableWriter.ts';
import { EngineFailure } from './engines/engine.ts';
import type { Engine } from './engines/engine.ts';
import { fillUp, rescueOf, salvage, setAside } from './rescue.ts';
import type { Salvage } from './rescue.ts';
import { inTransaction } from './transaction.ts';

export type OpenEngine = (file: string) => Engine;

/** Opens the file. A damaged one is set aside and a new one begun with what could be saved of the person's own work. */
export function openFile(file: string, open: OpenEngine, now: Date): { engine: Engine; rescue: Rescue | null } {
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
  const kept = setAside(file, now);
  const salvaged = salvageFrom(kept, open);
  const engine = open(file);
  inTransaction(engine, () => {
    for (const statement of bookkeeping) engine.exec(statement);
    const keep = engine.prepare('INSERT INTO steward_rescued VALUES (?, ?, ?, ?, ?, ?)');
    for (const { table, id, rev, lwt, data } of salvaged.rows)
      keep.run([table, id, rev, lwt, data, salvaged.versions.get(table) ?? 0]);
  });
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
