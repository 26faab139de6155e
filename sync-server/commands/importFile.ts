import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { readRows } from '../features/import/readRows.ts';
import type { ReadOptions, RowProblem } from '../features/import/readRows.ts';
import type { SyncStore } from '../storage/store.ts';
import { createWriteBatch } from '../sync/writeBatch.ts';

const shownProblems = 50;

/** Thrown inside the transaction so that the store takes everything back. */
class RefusedRow extends Error {
  readonly row: number;
  constructor(row: number, message: string) {
    super(message);
    this.row = row;
  }
}

/** Imports a file, all rows or none, and tells the person which rows are at fault. Answers the exit code. */
export async function importFile(
  store: SyncStore,
  { file, kind }: { file: string; kind: string },
  { clock, ids }: Pick<ReadOptions, 'clock' | 'ids'>,
): Promise<number> {
  const format = /\.csv$/i.test(file) ? 'csv' : 'jsonl';
  const { records, problems } = readRows(readFileSync(file, 'utf8'), format, { kind, clock, ids });
  if (problems.length > 0) return report(file, problems);
  if (records.length === 0) return report(file, [{ row: 1, message: 'the file has no rows' }]);
  const requestId = ids();
  try {
    await store.transaction(async (transaction) => {
      const batch = createWriteBatch(transaction, { clock, ids });
      await batch.load(records.map(({ record }) => record.id));
      for (const { row, record } of records) {
        if (batch.get(record.id)) throw new RefusedRow(row, `there is a record with the id ${record.id} already`);
        const duplicate = await batch.duplicateOf(record);
        if (duplicate) throw new RefusedRow(row, `another ${record.kind} has the same ${duplicate.join(' and ')}`);
        if (record.kind === 'auditEntry') batch.append(record);
        else
          await batch.write({
            after: record,
            actor: { id: 'system', name: 'import' },
            reason: `Imported from ${basename(file)}, row ${row}`,
            madeAt: '',
            requestId,
          });
      }
      await batch.flush();
    });
  } catch (error) {
    if (error instanceof RefusedRow) return report(file, [{ row: error.row, message: error.message }]);
    throw error;
  }
  process.stdout.write(`${records.length} rows of ${file} are in.\n`);
  return 0;
}

function report(file: string, problems: readonly RowProblem[]): number {
  const lines = problems.slice(0, shownProblems).map(({ row, message }) => `  row ${row}: ${message}`);
  if (problems.length > shownProblems) lines.push(`  and ${problems.length - shownProblems} more`);
  process.stderr.write(
    `Nothing of ${file} was imported; ${problems.length} rows need correction:\n${lines.join('\n')}\n`,
  );
  return 1;
}
