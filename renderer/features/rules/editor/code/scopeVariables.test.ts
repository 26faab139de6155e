import { describe, expect, it } from 'vitest';
import { sampleData } from './sampleData.ts';
import { isKnownPath, partsUnder } from './scopeVariables.ts';
import type { ScopeVariable } from './scopeVariables.ts';

const variable = (path: string, type: ScopeVariable['type']): ScopeVariable => ({ path, type, description: '' });
const variables = [
  variable('event.data.amount', 'number'),
  variable('event.data.items', 'list'),
  variable('event.data.customer', 'object'),
  variable('event.data.customer.email', 'text'),
  variable('steps.mail.output', 'any'),
  variable('now', 'instant'),
];

describe('the variables of a rule', () => {
  it('are offered part by part', () => {
    expect(partsUnder(variables, []).map((part) => [part.name, part.leadsOn])).toEqual([
      ['event', true],
      ['steps', true],
      ['now', false],
    ]);
    expect(partsUnder(variables, ['event', 'data']).map((part) => [part.name, part.variable?.type])).toEqual([
      ['amount', 'number'],
      ['items', 'list'],
      ['customer', 'object'],
    ]);
    expect(partsUnder(variables, ['nothing'])).toEqual([]);
  });

  it('are known with what leads to them and what is inside the ones that are not described further', () => {
    for (const path of [
      'event',
      'event.data',
      'event.data.amount',
      'event.data.items.0.name',
      'steps.mail.output.id',
    ]) {
      expect([path, isKnownPath(variables, path)]).toEqual([path, true]);
    }
    for (const path of [
      'event.data.amont',
      'event.data.amount.cents',
      'event.data.customer.name',
      'steps.other',
      'no',
    ]) {
      expect([path, isKnownPath(variables, path)]).toEqual([path, false]);
    }
  });
});

describe('sample data', () => {
  it('follow the schema of the event type', () => {
    const schema = {
      type: 'object',
      properties: {
        score: { type: 'integer', minimum: 80, maximum: 100 },
        plan: { enum: ['pro', 'free'] },
        email: { type: 'string', format: 'email' },
        at: { type: 'string', format: 'date-time' },
        items: { type: 'array', items: { type: 'object', properties: { title: { type: 'string' } } } },
        note: { type: ['string', 'null'], examples: ['Call back'] },
        paid: { type: 'boolean' },
      },
    };
    expect(sampleData(schema, '2026-01-02T03:04:05.000Z')).toEqual({
      score: 80,
      plan: 'pro',
      email: 'amina@example.com',
      at: '2026-01-02T03:04:05.000Z',
      items: [{ title: 'title' }],
      note: 'Call back',
      paid: true,
    });
    expect(sampleData({}, '')).toEqual({});
  });
});
