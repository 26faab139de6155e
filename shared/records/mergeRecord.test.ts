import { describe, expect, it } from 'vitest';
import { makeTicket, ticket } from '#tests/support/sampleResource.ts';
import { tombstoneOf } from './envelope.ts';
import { mergeRecord } from './mergeRecord.ts';

const base = makeTicket();

describe('mergeRecord', () => {
  it('R7: keeps an edit of another field and asks for the version after theirs', () => {
    const mine = makeTicket({ version: 2, body: { title: 'Mine' } });
    const theirs = makeTicket({ version: 4, body: { amount: 9 } });
    const outcome = mergeRecord(ticket, base, mine, theirs);
    expect(outcome).toMatchObject({
      unsent: true,
      conflicts: [],
      merged: { version: 5, body: { title: 'Mine', amount: 9 } },
    });
  });

  it('R7: is exactly the server record when nothing of mine is left', () => {
    const theirs = makeTicket({ version: 2, body: { title: 'Same' }, updatedBy: 'other' });
    const outcome = mergeRecord(ticket, base, makeTicket({ version: 2, body: { title: 'Same' } }), theirs);
    expect(outcome).toEqual({ merged: theirs, unsent: false, conflicts: [] });
  });

  it('R1: server-owned fields are theirs and never a conflict', () => {
    const mine = makeTicket({ version: 2, body: { count: 99, title: 'Mine' } });
    const outcome = mergeRecord(ticket, base, mine, makeTicket({ version: 2, body: { count: 3 } }));
    expect(outcome).toMatchObject({ conflicts: [], merged: { body: { count: 3, title: 'Mine' } } });
  });

  it('R2: a status changed on both sides stays theirs and mine is kept as a conflict', () => {
    const outcome = mergeRecord(
      ticket,
      base,
      makeTicket({ status: 'held' }),
      makeTicket({ status: 'closed', version: 2 }),
    );
    expect(outcome.merged).toMatchObject({ status: 'closed' });
    expect(outcome.conflicts).toEqual([{ path: 'status', base: 'open', mine: 'held', theirs: 'closed' }]);
  });

  it('R3: an edit of a record deleted on the server is kept whole as a conflict', () => {
    const mine = makeTicket({ body: { title: 'Precious words' } });
    const outcome = mergeRecord(ticket, base, mine, tombstoneOf(base, 2));
    expect(outcome.unsent).toBe(false);
    expect(outcome.conflicts).toMatchObject([{ path: '', mine: { body: { title: 'Precious words' } } }]);
  });

  it('R4: a deletion of a record edited on the server does not delete it', () => {
    const theirs = makeTicket({ version: 2, body: { title: 'Still needed' } });
    const outcome = mergeRecord(ticket, base, tombstoneOf(base, 2), theirs);
    expect(outcome).toMatchObject({ merged: theirs, unsent: false, conflicts: [{ path: '' }] });
  });

  it('R5 R6: a deletion stays to be sent, and meets a deletion in peace', () => {
    expect(mergeRecord(ticket, base, tombstoneOf(base, 2), makeTicket({ version: 3 }))).toMatchObject({
      unsent: true,
      merged: { version: 4, _deleted: true },
    });
    expect(mergeRecord(ticket, base, tombstoneOf(base, 2), tombstoneOf(base, 2))).toMatchObject({
      unsent: false,
      conflicts: [],
    });
  });
});
