import type { Engine } from './engines/engine.ts';

/** Runs the work in one transaction: all of it is on the disk afterwards, or nothing. */
export function inTransaction<Value>(engine: Engine, work: () => Value): Value {
  engine.exec('BEGIN IMMEDIATE');
  try {
    const value = work();
    engine.exec('COMMIT');
    return value;
  } catch (error) {
    try {
      engine.exec('ROLLBACK');
    } catch {
      // SQLite has rolled back by itself, as it does when the disk is full.
    }
    throw error;
  }
}
