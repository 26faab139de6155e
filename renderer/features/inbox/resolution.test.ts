import { describe, expect, it } from 'vitest';
import type { Json } from '#shared/kernel/json.ts';
import type { RecordEnvelope } from '#shared/records/envelope.ts';
import { valueAt, withValueAt } from './recordPath.ts';
import { conflictShape, patchOfChoices, undecided } from './resolution.ts';

function makeRecord(body: Record<string, Json>): RecordEnvelope {
  return {
    id: 'rule-1',
    kind: 'rule',
    tenantId: 'tenant-1',
    status: 'active',
    assignedTo: '',
    createdAt: '2026-01-01T00:00:00.000Z',
    createdBy: 'system',
    updatedAt: '2026-01-01T00:00:00.000Z',
    updatedBy: 'system',
    version: 3,
    body,
  };
}

describe('choices on a conflict', () => {
  const steps = [
    { id: 'a', name: 'Mail', delay: 5 },
    { id: 'b', name: 'Wait', delay: 0 },
  ];
  const current = makeRecord({ name: 'Theirs', steps, tags: ['x'] });
  const conflicts = [
    { path: 'body.name', base: 'Base', mine: 'Mine', theirs: 'Theirs' },
    { path: 'body.steps[id=a].name', base: 'Post', mine: 'Letter', theirs: 'Mail' },
    { path: 'assignedTo', base: 'x', mine: 'me', theirs: '' },
  ];

  it('mine, theirs and an edited value each reach only their own field', () => {
    const patch = patchOfChoices(current, conflicts, {
      'body.name': { take: 'edited', value: 'Ours' },
      'body.steps[id=a].name': { take: 'mine' },
      assignedTo: { take: 'theirs' },
    });
    expect(patch).toEqual({ body: { name: 'Ours', steps: [{ id: 'a', name: 'Letter', delay: 5 }, steps[1]] } });
  });

  it('nothing is sent where every choice is what the server has', () => {
    expect(patchOfChoices(current, conflicts, { 'body.name': { take: 'theirs' } })).toBe('theirs');
    expect(patchOfChoices(current, conflicts, { 'body.name': { take: 'edited', value: 'Theirs' } })).toBe('theirs');
  });

  it('counts what has no choice yet', () => {
    expect(undecided(conflicts, { 'body.name': { take: 'mine' } }).map((conflict) => conflict.path)).toEqual([
      'body.steps[id=a].name',
      'assignedTo',
    ]);
  });

  it('two conflicts inside one field both end in its new value', () => {
    const patch = patchOfChoices(
      current,
      [
        { path: 'body.steps[id=a].name', base: 'x', mine: 'One', theirs: 'Mail' },
        { path: 'body.steps[id=b]', base: steps[1], mine: undefined, theirs: steps[1] },
      ],
      { 'body.steps[id=a].name': { take: 'mine' }, 'body.steps[id=b]': { take: 'mine' } },
    );
    expect(patch).toEqual({ body: { steps: [{ id: 'a', name: 'One', delay: 5 }] } });
  });

  it('tells a deletion on either side from a disagreement about fields', () => {
    const gone = { id: 'rule-1', kind: 'rule', tenantId: 'tenant-1', version: 4, _deleted: true as const };
    expect(conflictShape(current, gone)).toBe('deleted_there');
    expect(conflictShape(gone, current)).toBe('deleted_here');
    expect(conflictShape(current, current)).toBe('fields');
  });
});

describe('record paths', () => {
  it('reads and replaces through objects and items, and leaves the rest alone', () => {
    const root = { body: { list: [{ id: '1', deep: { value: 1 } }], other: true } };
    expect(valueAt(root, 'body.list[id=1].deep.value')).toBe(1);
    expect(valueAt(root, 'body.missing.value')).toBeUndefined();
    expect(withValueAt(root, 'body.list[id=1].deep.value', 2)).toEqual({
      body: { list: [{ id: '1', deep: { value: 2 } }], other: true },
    });
    expect(root.body.list[0]?.deep.value).toBe(1);
  });
});
