import { describe, expect, it } from 'vitest';
import type { JsonObject } from '#shared/kernel/json.ts';
import { auditEntry } from '#shared/resources/audit/auditEntry.ts';
import { madeOffline, viewEntry } from './entryView.ts';

const at = '2026-03-04T05:06:07.000Z';
const body = auditEntry.body.parse({
  number: 3,
  at,
  actorId: 'staff-1',
  actorName: 'Ada',
  action: 'update',
  resource: 'tenant',
  changes: [
    { path: 'body.name', old: 'a', new: 'b' },
    { path: 'body.note', new: 'c' },
  ],
}) as JsonObject;

function entryWith(part: JsonObject) {
  const made = { createdAt: at, createdBy: 'system', updatedAt: at, updatedBy: 'system', version: 1 };
  return viewEntry({
    id: 'e',
    kind: 'auditEntry',
    tenantId: '',
    status: '',
    assignedTo: '',
    ...made,
    body: { ...body, ...part },
  });
}

describe('an entry as it is shown', () => {
  it('tells a value from none', () => {
    expect(entryWith({}).changes).toEqual([
      { path: 'body.name', before: { state: 'value', value: 'a' }, after: { state: 'value', value: 'b' } },
      { path: 'body.note', before: { state: 'none' }, after: { state: 'value', value: 'c' } },
    ]);
  });

  it('tells what was taken away from what never was there', () => {
    const hash = 'f'.repeat(64);
    const entry = entryWith({
      actorName: '',
      changes: [{ path: 'body.name', new: 'b' }, { path: 'body.note' }],
      commitments: [
        { path: 'actorName', hash },
        { path: 'changes.0.new', hash, salt: 's' },
        { path: 'changes.0.old', hash },
        { path: 'changes.1.new', hash },
      ],
    });
    expect([...entry.withheld]).toEqual(['actorName', 'changes.0.old', 'changes.1.new']);
    expect(entry.changes.map(({ before, after }) => [before.state, after.state])).toEqual([
      ['withheld', 'value'],
      ['none', 'withheld'],
    ]);
  });

  it('shows what can be read of one that has another shape', () => {
    const entry = entryWith({ durationMs: 'long', commitments: 'none' });
    expect(entry.body).toMatchObject({ number: 3, actorName: 'Ada' });
    expect(entry.body.durationMs).toBeUndefined();
    expect(entry.changes).toHaveLength(2);
  });

  it('was made offline when it came a minute late or more', () => {
    expect(madeOffline(entryWith({ madeOfflineAt: '2026-03-04T05:06:06.000Z' }).body)).toBe('');
    expect(madeOffline(entryWith({ madeOfflineAt: '' }).body)).toBe('');
    const early = '2026-03-04T05:05:07.000Z';
    expect(madeOffline(entryWith({ madeOfflineAt: early }).body)).toBe(early);
  });
});
