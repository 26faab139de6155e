import { describe, expect, it } from 'vitest';
import { failure, success } from '#shared/kernel/result.ts';
import { sumByCurrency } from './moneyTotals.ts';
import { runTransitions } from './runTransitions.ts';

describe('moving many tenants', () => {
  const refuse = (ids: string[]) => async (id: string) =>
    ids.includes(id) ? failure({ code: 'invalid' as const, message: `no ${id}` }) : success(undefined);

  it('keeps what was refused beside what was done', async () => {
    const seen: number[] = [];
    const results = await runTransitions(['a', 'b', 'c'], refuse(['b']), {
      stopAfter: 2,
      onProgress: (so) => seen.push(so.length),
    });
    expect(results).toEqual([
      { id: 'a', outcome: 'done' },
      { id: 'b', outcome: 'failed', problem: { code: 'invalid', message: 'no b' } },
      { id: 'c', outcome: 'done' },
    ]);
    expect(seen).toEqual([1, 2, 3, 3]);
  });

  it('stops at the threshold and touches nothing more', async () => {
    const results = await runTransitions(['a', 'b', 'c'], refuse(['a', 'b', 'c']), {
      stopAfter: 1,
      onProgress: () => undefined,
    });
    expect(results.map((result) => result.outcome)).toEqual(['failed', 'stopped', 'stopped']);
  });
});

describe('money that a move touches', () => {
  it('is never added across currencies', () => {
    expect(
      sumByCurrency([
        { currency: 'USD', minorUnits: 150 },
        { currency: 'EUR', minorUnits: 20 },
        { currency: 'USD', minorUnits: 50 },
        { currency: '', minorUnits: 0 },
      ]),
    ).toEqual([
      { currency: 'EUR', minorUnits: 20 },
      { currency: 'USD', minorUnits: 200 },
    ]);
  });
});
