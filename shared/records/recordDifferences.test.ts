import { describe, expect, it } from 'vitest';
import { makeTicket } from '#tests/support/sampleResource.ts';
import { tombstoneOf } from './envelope.ts';
import { recordDifferences } from './recordDifferences.ts';

describe('what changed between two states of a record', () => {
  const before = makeTicket();

  it('names each field that says something else, and nothing else', () => {
    const after = {
      ...before,
      version: 9,
      assignedTo: 'somebody',
      body: { ...before.body, title: 'New', tags: ['a'] },
    };
    expect(recordDifferences(before, after)).toEqual([
      { path: 'assignedTo', before: before.assignedTo || undefined, after: 'somebody' },
      { path: 'body.title', before: before.body['title'], after: 'New' },
      { path: 'body.tags', before: before.body['tags'], after: ['a'] },
    ]);
    expect(recordDifferences(before, { ...before, version: 2 })).toEqual([]);
  });

  it('goes into objects key by key', () => {
    const one = { ...before, body: { branding: { logo: 'a', color: 'red' } } };
    const two = { ...before, body: { branding: { logo: 'a', color: 'blue' } } };
    expect(recordDifferences(one, two)).toEqual([{ path: 'body.branding.color', before: 'red', after: 'blue' }]);
  });

  it('a new record shows every field, a deleted one loses every field', () => {
    const created = recordDifferences(undefined, before);
    expect(created.map((difference) => difference.path)).toContain('body.title');
    const deleted = recordDifferences(before, tombstoneOf(before, 2));
    expect(deleted.map((difference) => difference.after)).toEqual(deleted.map(() => undefined));
    expect(deleted).toHaveLength(created.length);
  });
});
