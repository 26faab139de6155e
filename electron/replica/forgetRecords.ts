import type { EngineAnswers, TableSpec } from '#shared/replica/engineCalls.ts';
import type { Engine } from './engines/engine.ts';
import { literal, quoted } from './sqlText.ts';
import { inTransaction } from './transaction.ts';

const removedAtOnce = 2000;

/**
 * Removes listed records that were changed before an instant, a transaction at a time, so that others are served in between.
 * Records with an unsent edit stay. Nothing remembers what was removed.
 */
export function* forgetRecords(
  engine: Engine,
  spec: TableSpec,
  changedBefore: string,
): Generator<undefined, EngineAnswers['forget']> {
  const table = quoted(spec.table);
  let removed = 0;
  for (const { kind } of spec.lists) {
    const old = `SELECT rowid FROM ${table} WHERE listed = ${literal(kind)} AND "plain:updatedAt" < ? AND edited = 0`;
    const drop = engine.prepare(`DELETE FROM ${table} WHERE rowid IN (${old} LIMIT ${removedAtOnce}) RETURNING id`);
    const uncount = engine.prepare('UPDATE steward_counts SET count = count - ? WHERE name = ? AND kind = ?');
    for (;;) {
      const gone = inTransaction(engine, () => {
        const count = drop.all([changedBefore]).length;
        uncount.run([count, spec.table, kind]);
        return count;
      });
      removed += gone;
      if (gone < removedAtOnce) break;
      yield;
    }
  }
  return { removed };
}
