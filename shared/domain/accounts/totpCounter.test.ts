import { expect, it } from 'vitest';
import { acceptedTotpCounter } from './totpCounter.ts';

const now = 1_000_000 * 30_000 + 12_345;

it('a code counts in its own step and in those beside it, once', () => {
  expect(acceptedTotpCounter(0, now, 0)).toBe(1_000_000);
  expect(acceptedTotpCounter(-1, now, 0)).toBe(999_999);
  expect(acceptedTotpCounter(1, now, 0)).toBe(1_000_001);
  expect(acceptedTotpCounter(0, now, 1_000_000)).toBeUndefined();
  expect(acceptedTotpCounter(-1, now, 1_000_000)).toBeUndefined();
  expect(acceptedTotpCounter(1, now, 1_000_000)).toBe(1_000_001);
});

it('no other code counts', () => {
  expect(acceptedTotpCounter(null, now, 0)).toBeUndefined();
  expect(acceptedTotpCounter(2, now, 0)).toBeUndefined();
  expect(acceptedTotpCounter(-2, now, 0)).toBeUndefined();
});
