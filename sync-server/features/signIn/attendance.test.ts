import { describe, expect, it } from 'vitest';
import { attendedSince, readAttendance, withHeartbeat } from './attendance.ts';
import type { Attendance } from './attendance.ts';

const day = 24 * 3600 * 1000;
const noted = (moments: readonly number[]) =>
  moments.reduce<Attendance | undefined>((known, moment) => withHeartbeat(known, moment * day), undefined);
const days = (known: Attendance | undefined, from: number, now: number) =>
  attendedSince(known, from * day, now * day) / day;

describe('the time in which a server was there', () => {
  it('counts from the first note on, as long as no two are more than a day apart', () => {
    expect(days(undefined, 10, 90)).toBe(0);
    expect(days(noted([100]), 10, 100)).toBe(0);
    expect(days(noted([100, 101, 102]), 10, 102)).toBe(2);
    expect(days(noted([100, 101, 102]), 101, 103)).toBe(2);
  });

  it('is none while nothing was noted, noted by now or not', () => {
    expect(days(noted([100, 101]), 100, 161)).toBe(1);
    expect(days(noted([100, 101, 161, 162]), 100, 162)).toBe(2);
    expect(days(noted([100, 101, 161, 162]), 130, 162)).toBe(1);
  });

  it('goes on as before once a clock that was put forward is put back', () => {
    expect(days(noted([100, 101, 400, 102]), 100, 103)).toBe(2);
    expect(days(noted([100, 101, 400, 401, 102, 103]), 100, 103)).toBe(2);
  });

  it('is none before a clock that began far back was put right', () => {
    expect(days(noted([100, 101, 0, 102, 103]), 100, 103)).toBe(1);
  });

  it('begins anew when what was noted cannot be read', () => {
    expect(readAttendance({ heartbeat: 'x' })).toBeUndefined();
    expect(readAttendance(undefined)).toBeUndefined();
    expect(readAttendance(noted([3]) ?? null)).toEqual(noted([3]));
  });
});
