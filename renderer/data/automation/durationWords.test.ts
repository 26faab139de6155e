import { describe, expect, it } from 'vitest';
import { durationText } from './durationWords.ts';

const text = (milliseconds: number) => durationText(milliseconds, ({ unit, value }) => `${value} ${unit}`);

describe('lengths of time', () => {
  it('name the two greatest units', () => {
    expect(text(0)).toBe('0 millisecond');
    expect(text(850)).toBe('850 millisecond');
    expect(text(1234)).toBe('1.2 second');
    expect(text(45_400)).toBe('45 second');
    expect(text(200_000)).toBe('3 minute 20 second');
    expect(text(7_200_000)).toBe('2 hour');
    expect(text(90_000_000)).toBe('1 day 1 hour');
  });

  it('round up into the next unit', () => {
    expect(text(119_900)).toBe('2 minute');
    expect(text(86_390_000)).toBe('24 hour');
  });
});
