import { catalogueBodies } from '#shared/domain/automation/catalogue/catalogueRecords.ts';
import type { Clock, IdSource } from '#shared/kernel/sources.ts';
import type { EngineWriter } from './ports.ts';
import type { RuleBook } from './ruleBook.ts';
import { serverRecord } from './serverRecord.ts';

/** Adds the event types that a store lacks; those that are there stay as staff have made them. Answers how many. */
export async function seedCatalogue(write: EngineWriter, book: RuleBook, clock: Clock, ids: IdSource): Promise<number> {
  return write(1, async (batch) => {
    await book.catchUp(batch.reader);
    const missing = catalogueBodies().filter(({ module, code }) => !book.type(`${module}.${code}`));
    for (const body of missing) {
      const after = serverRecord(clock(), {
        id: ids(),
        kind: 'eventType',
        tenantId: '',
        body,
      });
      // A type that staff deleted may still be known under its key; then it stays deleted.
      if (await batch.duplicateOf(after)) continue;
      const actor = { id: 'system', name: 'system' };
      await batch.write({ after, actor, reason: 'Catalogue of events', madeAt: '', requestId: 'catalogue' });
    }
    return missing.length;
  });
}
