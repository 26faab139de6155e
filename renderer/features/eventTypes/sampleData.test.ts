import { describe, expect, it } from 'vitest';
import { catalogueBodies } from '#shared/domain/automation/catalogue/catalogueRecords.ts';
import { checkEventData } from '#shared/domain/automation/events/checkEventData.ts';
import { sampleOf } from './sampleData.ts';

describe('sample data of a type', () => {
  it('is the example of the schema where there is one', () => {
    expect(sampleOf({ type: 'object', examples: [{ amount: 7 }] })).toEqual({ amount: 7 });
  });

  it('fits every schema of the catalogue that ships', () => {
    for (const { module, code, dataSchema } of catalogueBodies()) {
      const outcome = checkEventData(dataSchema, sampleOf(dataSchema));
      expect(outcome.ok ? '' : `${module}.${code} ${outcome.error.path}: ${outcome.error.message}`).toBe('');
    }
  });
});
