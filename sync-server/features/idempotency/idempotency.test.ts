import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openSqliteStore } from '../../storage/sqlite/openSqliteStore.ts';
import type { SyncStore } from '../../storage/store.ts';
import { createIdempotency } from './idempotency.ts';
import type { Answer, Idempotency, OneRequest } from './idempotency.ts';

describe('a request that comes more than once', () => {
  let now = 1000;
  let store: SyncStore;
  let idempotency: Idempotency;
  let done = 0;
  beforeEach(() => {
    now = 1000;
    done = 0;
    store = openSqliteStore(':memory:', () => now);
    idempotency = createIdempotency({ store, clock: () => now });
  });
  afterEach(() => store.close());
  const ask = (changes: Partial<OneRequest> = {}, work?: () => Promise<Answer>) =>
    idempotency.once(
      { scope: 'ada', key: 'one', fingerprint: 'body', keepFor: 500, ...changes },
      work ?? (async () => ({ status: 202, body: (done += 1) })),
    );
  const answered = (body: number, again: boolean) => ({
    outcome: 'answered',
    answer: { status: 202, body },
    again,
  });

  it('is done once and answered alike, until it is forgotten', async () => {
    expect(await ask()).toEqual(answered(1, false));
    expect(await ask()).toEqual(answered(1, true));
    now += 500;
    expect(await ask()).toEqual(answered(2, false));
  });

  it('waits for the first while that is under way', async () => {
    const outcomes = await Promise.all([ask(), ask(), ask({ fingerprint: 'else' })]);
    expect(outcomes).toEqual([answered(1, false), answered(1, true), { outcome: 'other_request' }]);
  });

  it('is refused with another body; another scope or key is another request', async () => {
    await ask();
    expect(await ask({ fingerprint: 'else' })).toEqual({ outcome: 'other_request' });
    expect(await ask({ scope: 'ben' })).toEqual(answered(2, false));
    expect(await ask({ key: 'two' })).toEqual(answered(3, false));
  });

  it('is done again when the first attempt came to nothing', async () => {
    await expect(ask({}, () => Promise.reject(new Error('disk full')))).rejects.toThrow('disk full');
    expect(await ask({}, async () => ({ status: 503, body: null }))).toMatchObject({ answer: { status: 503 } });
    expect(await ask()).toEqual(answered(1, false));
  });

  it('is remembered by the next process too', async () => {
    await ask();
    const next = createIdempotency({ store, clock: () => now });
    const request = { scope: 'ada', key: 'one', fingerprint: 'body', keepFor: 500 };
    expect(await next.once(request, () => Promise.reject(new Error('done twice')))).toEqual(answered(1, true));
  });
});
