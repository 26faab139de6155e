import { describe, expect, it } from 'vitest';
import { makeGrant, makePrincipal } from '#tests/support/sampleResource.ts';
import type { JsonObject } from '../../kernel/json.ts';
import type { RecordEnvelope } from '../../records/envelope.ts';
import { tombstoneOf } from '../../records/envelope.ts';
import { requireResource } from '../../resources/registry.ts';
import { decideRecordWrite } from '../writes/decideRecordWrite.ts';
import { decideWrite } from '../writes/decideWrite.ts';
import { erasedSubject } from './erasedSubject.ts';
import { pseudonymFor } from './planErasure.ts';

const at = '2026-01-01T00:00:00.000Z';
const recordOf = (kind: string, body: JsonObject, version = 1): RecordEnvelope => ({
  id: `${kind}-1`,
  kind,
  tenantId: 't-1',
  status: kind === 'task' ? 'open' : '',
  assignedTo: '',
  createdAt: at,
  createdBy: 'person-1',
  updatedAt: at,
  updatedBy: 'person-1',
  version,
  body,
});
const { name, email } = pseudonymFor('anonymise', 'request-1');
const jane = { name: 'Jane Roe', email: 'jane@planted.example' };

describe('whom an erasure was about', () => {
  it('is told by a record that carries a pseudonym now, or that is gone', () => {
    const before = recordOf('member', jane);
    const subject = { emails: [jane.email], names: [jane.name], records: ['member:member-1'] };
    expect(erasedSubject(before, recordOf('member', { name, email }, 2))).toEqual(subject);
    expect(erasedSubject(before, { ...tombstoneOf(before, 2), erased: true })).toEqual(subject);
    expect(erasedSubject(before, tombstoneOf(before, 2))).toBeUndefined();
  });

  it('is nobody when a field of a record from which somebody else was taken is emptied or edited', () => {
    const before = recordOf('referral', { referrerName: name, referredName: 'Jane Roe', referredEmail: jane.email });
    for (const referredName of ['', 'Jane Poe'])
      expect(erasedSubject(before, recordOf('referral', { ...before.body, referredName }, 2))).toBeUndefined();
    expect(erasedSubject(before, recordOf('referral', { ...before.body, referredName: name }, 2))).toEqual({
      emails: [],
      names: ['Jane Roe'],
      records: [],
    });
    // Taken from the one while the other was emptied by an edit that came with it.
    const both = recordOf('referral', { referrerName: 'Ann Poe', referredName: 'Jane Roe' });
    expect(erasedSubject(both, recordOf('referral', { referrerName: name, referredName: '' }, 2))?.names).toEqual([
      'Ann Poe',
    ]);
  });
});

describe('what an erasure writes in a person’s place', () => {
  const resource = requireResource('task');
  const task = (changes: JsonObject) =>
    recordOf('task', JSON.parse(JSON.stringify(resource.body.parse({ title: 'Call', ...changes }))) as JsonObject);
  const principal = makePrincipal([makeGrant(['*'])]);

  // The console decides by the one before it stores an edit, the server by the other when it is pushed.
  it.each([decideRecordWrite, decideWrite])('is not typed into a field that did not hold it: %o', (decide) => {
    const edit = (before: JsonObject, after: JsonObject) =>
      decide({ resource, stored: task(before), doc: task({ ...before, ...after }), principal });
    for (const mark of ['[erased]', name, email, 'erased@erased.invalid'])
      for (const title of [mark, `Call ${mark} at once`])
        expect(edit({}, { title })).toMatchObject({ ok: false, error: { code: 'invalid', path: 'body.title' } });
    expect(edit({ description: '[erased]' }, { title: '[erased]' }).ok).toBe(false);
    expect(edit({ title: 'Ask [erased]' }, { title: 'Ask [erased] again' }).ok).toBe(true);
    expect(edit({ title: 'Ask [erased]' }, { title: 'Ask somebody else' }).ok).toBe(true);
    expect(edit({ title: 'Ask [erased]' }, { title: `Ask ${name}` }).ok).toBe(false);
    // A copy of what was cleaned is a record of its own, of which no console knows anything yet.
    expect(decide({ resource, stored: undefined, doc: task({ title: 'Ask [erased]' }), principal }).ok).toBe(true);
  });
});
