import { describe, expect, it } from 'vitest';
import type { RecordEnvelope } from '../../records/envelope.ts';
import type { Scope } from './scope.ts';
import { recordView, scopeView } from './scopeView.ts';
import { compilePath, valueAt } from './values/valueAt.ts';

const record: RecordEnvelope = {
  id: 'r1',
  kind: 'referral',
  tenantId: 't1',
  status: 'CONVERTED',
  assignedTo: '',
  createdAt: '2026-03-01T00:00:00Z',
  createdBy: 'system',
  updatedAt: '2026-03-02T00:00:00Z',
  updatedBy: 'system',
  version: 3,
  body: { status: 'of the body', plan: 'gold', tags: ['vip', 'new'], address: { city: 'Lyon' } },
};
const scope: Scope = {
  event: {
    id: 'e1',
    name: 'user.created',
    module: 'user',
    code: 'created',
    tenantId: 't1',
    entityType: 'referral',
    entityId: 'r1',
    data: { amount: 5 },
    triggeredBy: 'system',
    source: 'http',
    occurredAt: '2026-03-10T12:00:00Z',
    depth: 0,
    chain: [],
  },
  record,
  before: null,
  tenant: null,
  rule: { id: 'rule', name: 'A rule', revision: 2 },
  run: { id: 'run' },
  steps: { ask: { output: { approved: true } } },
  vars: { total: 12 },
  now: '2026-03-10T12:00:00Z',
};

describe('what a rule sees', () => {
  const view = scopeView(scope);

  it.each([
    ['event.name', 'user.created'],
    ['event.data.amount', 5],
    ['record.plan', 'gold'],
    ['record.body.plan', 'gold'],
    ['record.status', 'CONVERTED'],
    ['record.body.status', 'of the body'],
    ['record.address.city', 'Lyon'],
    ['record.tags.1', 'new'],
    ['record.version', 3],
    ['before', null],
    ['tenant', null],
    ['rule.name', 'A rule'],
    ['run.id', 'run'],
    ['steps.ask.output.approved', true],
    ['vars.total', 12],
    ['now', '2026-03-10T12:00:00Z'],
  ])('%s', (path, expected) => {
    expect(valueAt(view, path)).toEqual(expected);
    expect(valueAt(view, compilePath(path))).toEqual(expected);
  });

  it.each([
    'loop.item',
    'before.plan',
    'record.tags.2',
    'record.tags.-1',
    'record.tags.01',
    'record.tags.length',
    'record.plan.0',
    'record.plan.length',
    'record.constructor',
    'constructor.prototype',
    '__proto__',
    'event.data.toString',
    '',
    '.',
    'event.',
  ])('nothing at %j', (path) => {
    expect(valueAt(view, path)).toBeUndefined();
  });

  it('a round of a loop', () => {
    expect(valueAt(scopeView({ ...scope, loop: { item: { a: 1 }, index: 4 } }), 'loop.item.a')).toBe(1);
  });

  it('a field named __proto__ is a field', () => {
    const body = JSON.parse('{"__proto__": {"polluted": true}}') as RecordEnvelope['body'];
    const seen = recordView({ ...record, body });
    expect(valueAt(seen, '__proto__.polluted')).toBe(true);
    expect(valueAt(seen, 'polluted')).toBeUndefined();
  });

  it('a record is looked at once, for however many rules', () => {
    expect(recordView(record)).toBe(recordView(record));
    expect(view['record']).toBe(recordView(record));
    expect(recordView({ ...record })).not.toBe(recordView(record));
  });
});
