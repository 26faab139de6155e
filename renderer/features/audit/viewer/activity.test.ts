import { describe, expect, it } from 'vitest';
import { activityOf, activityStart, levelOf } from './activity.ts';

const now = new Date(2026, 2, 4, 15, 30).getTime();
const utcHour = (at: Date) => at.toISOString().slice(0, 13);

describe('what a person did, by hour and day', () => {
  it('counts in local hours from Monday on and in local days up to today', () => {
    const wednesday = new Date(2026, 2, 4, 9);
    const monday = new Date(2026, 2, 2, 23);
    const activity = activityOf(
      [
        { hour: utcHour(wednesday), count: 3 },
        { hour: utcHour(monday), count: 2 },
        { hour: 'nonsense', count: 9 },
      ],
      now,
      3,
    );
    expect(activity.total).toBe(5);
    expect(activity.hours[2]?.[9]).toBe(3);
    expect(activity.hours[0]?.[23]).toBe(2);
    expect(activity.days.map(({ day, count }) => [day, count])).toEqual([
      ['2026-03-02', 2],
      ['2026-03-03', 0],
      ['2026-03-04', 3],
    ]);
    expect(activity.days[2]?.first).toBe(new Date(2026, 2, 4).toISOString());
    expect(activityStart(now, 3) < activity.days[0]!.first).toBe(true);
  });

  it('has four levels, and nothing is no level', () => {
    expect([0, 1, 26, 51, 100].map((count) => levelOf(count, 100))).toEqual([0, 1, 2, 3, 4]);
    expect(levelOf(0, 0)).toBe(0);
  });
});
