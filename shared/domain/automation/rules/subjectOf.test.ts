import { expect, it } from 'vitest';
import type { RecordEnvelope } from '#shared/records/envelope.ts';
import { eventFactsOf } from './eventFactsOf.ts';
import { subjectOf } from './subjectOf.ts';

const at = '2026-11-21T12:00:00.000Z';
const made = { createdAt: at, createdBy: 'system', updatedAt: at, updatedBy: 'system', version: 1 };
const record = (id: string, kind: string, body: RecordEnvelope['body']): RecordEnvelope => {
  return { id, kind, tenantId: 't1', status: '', assignedTo: '', ...made, body };
};
const held = new Map([record('m1', 'member', {}), record('k1', 'task', {})].map((one) => [one.id, one]));
const subject = (module: string, code: string, entityType: string, entityId: string) =>
  subjectOf(
    eventFactsOf(record('e1', 'event', { module, code, entityType, entityId, data: {}, source: 'rule' })),
    (id) => held.get(id),
  ).record?.id;

it('an event with the name of one kind shows rules no record of another, whatever it names', () => {
  expect(subject('user', 'updated', 'member', 'm1')).toBe('m1');
  expect(subject('record', 'task.created', 'task', 'k1')).toBe('k1');
  expect(subject('crm', 'task.created', 'member', 'm1')).toBeUndefined();
  expect(subject('record', 'task.created', 'member', 'm1')).toBeUndefined();
  expect(subject('shop', 'order.paid', 'member', 'm1')).toBe('m1');
});
