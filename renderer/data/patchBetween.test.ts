import { describe, expect, it } from 'vitest';
import { tombstoneOf } from '#shared/records/envelope.ts';
import { makeTicket } from '#tests/support/sampleResource.ts';
import { patchBetween } from './patchBetween.ts';

describe('the edit between two states', () => {
  const from = makeTicket();

  it('names only what differs', () => {
    const to = { ...from, status: 'held', body: { ...from.body, title: 'New' } };
    expect(patchBetween(from, to)).toEqual({ body: { title: 'New' }, status: 'held' });
  });

  it('is nothing for equal, missing or deleted records', () => {
    expect(patchBetween(from, { ...from, version: 8 })).toBeUndefined();
    expect(patchBetween(undefined, from)).toBeUndefined();
    expect(patchBetween(from, tombstoneOf(from, 2))).toBeUndefined();
    expect(patchBetween(tombstoneOf(from, 2), from)).toBeUndefined();
  });
});
