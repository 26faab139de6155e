import { describe, expect, it } from 'vitest';
import { resources } from '../../../resources/registry.ts';
import { recordFields } from './recordFields.ts';
import { schemaFields } from './schemaFields.ts';

describe('the fields of an event, from its schema', () => {
  it('with types, descriptions, choices and what objects hold', () => {
    const fields = schemaFields({
      type: 'object',
      properties: {
        amount: { type: 'integer', description: 'in minor units' },
        currency: { enum: ['EUR', 'USD', null] },
        paidAt: { type: ['string', 'null'], format: 'date-time' },
        dueOn: { type: 'string', format: 'date' },
        customer: { $ref: '#/definitions/customer' },
        tags: { type: 'array', items: { type: 'string' } },
        anything: true,
        'with.dot': { type: 'string' },
        mixed: { type: ['string', 'number'] },
        either: { anyOf: [{ type: 'number' }, { type: 'number', minimum: 5 }], title: 'one or the other' },
      },
      allOf: [{ properties: { vip: { type: 'boolean' } } }],
      definitions: {
        customer: {
          type: 'object',
          properties: { email: { type: 'string' }, boss: { $ref: '#/definitions/customer' } },
        },
      },
    });
    expect(fields.slice(0, 8)).toEqual([
      { path: 'amount', type: 'number', description: 'in minor units' },
      { path: 'currency', type: 'choice', options: ['EUR', 'USD'] },
      { path: 'paidAt', type: 'instant' },
      { path: 'dueOn', type: 'date' },
      { path: 'customer', type: 'object' },
      { path: 'customer.email', type: 'text' },
      { path: 'customer.boss', type: 'object' },
      { path: 'tags', type: 'list' },
    ]);
    const byPath = new Map(fields.map((one) => [one.path, one]));
    expect(byPath.has('customer.boss.email')).toBe(false);
    expect(byPath.get('vip')?.type).toBe('boolean');
    expect(byPath.get('mixed')?.type).toBe('any');
    expect(byPath.get('either')).toEqual({ path: 'either', type: 'number', description: 'one or the other' });
    expect(byPath.has('with.dot')).toBe(false);
    expect(fields).toHaveLength(12);
  });

  it('nothing of what is no schema', () => {
    expect(schemaFields({})).toEqual([]);
    expect(schemaFields({ properties: 5, allOf: 'x', $ref: '#/nowhere' })).toEqual([]);
    expect(schemaFields({ $ref: '#' })).toEqual([]);
  });
});

describe('the fields of a record, from its kind', () => {
  it.each(resources.map((resource) => [resource.kind, resource] as const))(
    '%s: envelope and body, without secrets',
    (_kind, resource) => {
      const fields = recordFields(resource);
      const paths = fields.map((one) => one.path);
      expect(new Set(paths).size).toBe(paths.length);
      for (const name of Object.keys(resource.body.shape))
        expect(paths.includes(`body.${name}`)).toBe(!resource.secretFields.includes(name));
      expect(paths.includes('status')).toBe(resource.states !== undefined);
      expect(fields.filter((one) => one.type === 'choice' && !one.options?.length)).toEqual([]);
    },
  );
});
