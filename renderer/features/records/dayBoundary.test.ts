import { afterEach, describe, expect, it } from 'vitest';
import { dayBoundary } from './dayBoundary.ts';

describe('the edge of a day', () => {
  const zone = process.env['TZ'];
  afterEach(() => {
    if (zone === undefined) delete process.env['TZ'];
    else process.env['TZ'] = zone;
  });

  it.each([
    ['UTC', '2026-07-01T00:00:00.000Z', '2026-07-01T23:59:59.999Z'],
    ['Europe/Berlin', '2026-06-30T22:00:00.000Z', '2026-07-01T21:59:59.999Z'],
    ['America/Los_Angeles', '2026-07-01T07:00:00.000Z', '2026-07-02T06:59:59.999Z'],
  ])('in %s is where it is on the clock there', (name, start, end) => {
    process.env['TZ'] = name;
    expect(dayBoundary('2026-07-01', false)).toBe(start);
    expect(dayBoundary('2026-07-01', true)).toBe(end);
  });

  it('is right on the day the clocks go forward', () => {
    process.env['TZ'] = 'Europe/Berlin';
    expect(dayBoundary('2026-03-29', false)).toBe('2026-03-28T23:00:00.000Z');
    expect(dayBoundary('2026-03-29', true)).toBe('2026-03-29T21:59:59.999Z');
  });
});
