import { expect, it } from 'vitest';
import type { JsonObject } from '#shared/kernel/json.ts';
import { tombstoneOf } from '#shared/records/envelope.ts';
import type { RecordEnvelope } from '#shared/records/envelope.ts';
import { legalHold } from '#shared/resources/audit/legalHold.ts';
import { retentionRule } from '#shared/resources/audit/retentionRule.ts';
import { dangerousUse, mayBeDangerous } from './neededPermissions.ts';

const recordOf = (kind: string, body: JsonObject, more: Partial<RecordEnvelope> = {}): RecordEnvelope => ({
  id: 'a1',
  kind,
  tenantId: 'acme',
  status: '',
  assignedTo: '',
  createdAt: '',
  createdBy: 'me',
  updatedAt: '',
  updatedBy: 'me',
  version: 1,
  ...more,
  body,
});
const rule = (body: JsonObject = {}, more: Partial<RecordEnvelope> = {}) =>
  recordOf('retentionRule', { name: 'R', covers: 'changes', days: 90, isActive: true, ...body }, more);
const hold = (body: JsonObject = {}, more: Partial<RecordEnvelope> = {}) =>
  recordOf('legalHold', { name: 'Lawsuit', ...body }, { status: 'active', ...more });

it('a rule that removes sooner, elsewhere or no longer in place of another is saved only with the proof', () => {
  const uses = (before: RecordEnvelope | undefined, after: RecordEnvelope) =>
    dangerousUse(retentionRule, before, after);
  expect(uses(undefined, rule())).toBe('audit.create');
  for (const [before, after] of [
    [rule({ isActive: false }), rule()],
    [rule(), rule({ isActive: false })],
    [rule(), rule({ days: 30 })],
    [rule(), rule({ covers: 'all' })],
    [rule(), rule({}, { tenantId: '' })],
  ] as const)
    expect(uses(before, after)).toBe('audit.edit');
  expect(dangerousUse(retentionRule, rule(), tombstoneOf(rule(), 2))).toBe('audit.delete');
  expect(mayBeDangerous('retentionRule')).toBe(true);
});

it("a rule that keeps longer, has another name or is not active is anybody's to save who may", () => {
  const off = rule({ isActive: false });
  for (const [before, after] of [
    [undefined, off],
    [off, rule({ isActive: false, days: 30 })],
    [rule(), rule({ days: 365 })],
    [rule(), rule({ name: 'Other' })],
    [rule({ covers: 'all' }), recordOf('retentionRule', { name: 'R', days: 90, isActive: true })],
  ] as const)
    expect(dangerousUse(retentionRule, before, after)).toBeUndefined();
  expect(dangerousUse(retentionRule, off, tombstoneOf(off, 2))).toBeUndefined();
});

it('a hold is released, made narrower or deleted only with the proof, and made without', () => {
  const uses = (before: RecordEnvelope | undefined, after: RecordEnvelope) => dangerousUse(legalHold, before, after);
  expect(uses(hold(), hold({}, { status: 'released' }))).toBe('audit.manage');
  expect(uses(hold(), hold({ subjectId: 'p1' }))).toBe('audit.edit');
  expect(uses(hold(), hold({ until: '2026-01-01T00:00:00.000Z' }))).toBe('audit.edit');
  expect(dangerousUse(legalHold, hold(), tombstoneOf(hold(), 2))).toBe('audit.delete');
  expect(uses(undefined, hold())).toBeUndefined();
  expect(uses(hold(), hold({ name: 'Other', reason: 'Court' }))).toBeUndefined();
  const released = hold({}, { status: 'released' });
  expect(uses(released, hold({ name: 'Other' }, { status: 'released' }))).toBeUndefined();
  expect(mayBeDangerous('legalHold')).toBe(true);
});
