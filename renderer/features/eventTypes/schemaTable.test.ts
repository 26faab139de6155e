import { describe, expect, it } from 'vitest';
import type { JsonObject } from '#shared/kernel/json.ts';
import { catalogueBodies } from '#shared/domain/automation/catalogue/catalogueRecords.ts';
import { nameTwice, rowsOfSchema, schemaOfRows, withType } from './schemaTable.ts';

const schema: JsonObject = {
  type: 'object',
  additionalProperties: false,
  properties: {
    amount: { type: 'integer', minimum: 0, description: 'In minor units.' },
    currency: { type: 'string', pattern: '^[A-Z]{3}$' },
    severity: { type: 'string', enum: ['low', 'high'] },
    at: { type: 'string', format: 'date-time' },
  },
  required: ['amount'],
};

describe('a schema as a table', () => {
  it('shows its fields, and gives the same schema back', () => {
    const rows = rowsOfSchema(schema);
    expect(rows?.map(({ name, type, required }) => [name, type, required])).toEqual([
      ['amount', 'integer', true],
      ['currency', 'text', false],
      ['severity', 'choice', false],
      ['at', 'instant', false],
    ]);
    expect(schemaOfRows(schema, rows ?? [])).toEqual(schema);
  });

  it('is not shown where it could not say what the schema says', () => {
    expect(rowsOfSchema({ type: 'object', anyOf: [] })).toBeUndefined();
    expect(rowsOfSchema({ type: 'array' })).toBeUndefined();
    expect(rowsOfSchema({ type: 'object', properties: { a: { oneOf: [] } } })).toBeUndefined();
    expect(rowsOfSchema({ type: 'object', properties: {}, required: ['ghost'] })).toBeUndefined();
  });

  it('can say the whole catalogue that ships, and changes nothing of it', () => {
    for (const { dataSchema } of catalogueBodies()) {
      const rows = rowsOfSchema(dataSchema);
      expect(rows && schemaOfRows(dataSchema, rows)).toEqual(dataSchema);
    }
  });

  it('drops what was said of the old type, and finds a name that stands twice', () => {
    const [amount] = rowsOfSchema(schema) ?? [];
    expect(amount && withType(amount, 'text')).toMatchObject({
      type: 'text',
      rest: {},
      description: 'In minor units.',
    });
    expect(amount && nameTwice([amount, amount])).toBe('amount');
    expect(amount && nameTwice([amount])).toBe('');
  });
});
