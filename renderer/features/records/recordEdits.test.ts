import { describe, expect, it } from 'vitest';
import { rule } from '#shared/resources/automation/rule.ts';
import { applyEdits, changedElsewhere, inputOf, keepMine, openEdits, withInput } from './recordEdits.ts';

const record = { assignedTo: '', body: { name: 'Welcome', priority: 5, tags: ['a'] } };

describe('unsaved edits of a record', () => {
  it('typing changes one field, typing the old value back takes the change out', () => {
    const edits = withInput(rule, record, {}, 'body.name', 'Farewell');
    expect(inputOf(rule, record, edits, 'body.name')).toBe('Farewell');
    expect(applyEdits(rule, record, edits).patch).toEqual({ body: { name: 'Farewell' } });
    expect(withInput(rule, record, edits, 'body.name', 'Welcome')).toEqual({});
  });

  it('saves only what changed, the assignee outside the body', () => {
    const edits = withInput(rule, record, withInput(rule, record, {}, 'body.priority', '7'), 'assignedTo', 'staff-1');
    expect(applyEdits(rule, record, edits).patch).toEqual({ body: { priority: 7 }, assignedTo: 'staff-1' });
  });

  it('an emptied number is its default, words in it are a problem', () => {
    const emptied = withInput(rule, record, {}, 'body.priority', '');
    expect(applyEdits(rule, record, emptied).patch).toEqual({ body: { priority: 0 } });
    const wrong = withInput(rule, record, {}, 'body.priority', 'high');
    expect(applyEdits(rule, record, wrong)).toMatchObject({ patch: {}, problems: { 'body.priority': 'not_a_number' } });
  });
});

describe('the record changes while it is edited', () => {
  const edits = withInput(rule, record, {}, 'body.name', 'Mine');
  const theirs = { ...record, body: { ...record.body, name: 'Theirs' } };

  it('another field changed: nothing to decide', () => {
    expect(changedElsewhere(rule, { ...record, body: { ...record.body, priority: 9 } }, edits)).toEqual([]);
  });

  it('the same field changed: a choice, and keeping mine settles it', () => {
    expect(changedElsewhere(rule, theirs, edits)).toEqual(['body.name']);
    const kept = keepMine(theirs, edits, 'body.name');
    expect(changedElsewhere(rule, theirs, kept)).toEqual([]);
    expect(applyEdits(rule, theirs, kept).patch).toEqual({ body: { name: 'Mine' } });
  });

  it('the same field changed to the same value: the edit is void', () => {
    const same = { ...record, body: { ...record.body, name: 'Mine' } };
    expect(openEdits(rule, same, edits)).toEqual({});
    expect(changedElsewhere(rule, same, edits)).toEqual([]);
  });
});
