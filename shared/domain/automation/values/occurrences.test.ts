import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { dueAt } from './dueDate.ts';
import { instantOf } from './instant.ts';
import { nextOccurrence, occurrences, parseSchedule } from './occurrences.ts';

const after = (cron: string, timeZone: string, from: string, count: number): string[] => {
  const schedule = parseSchedule(cron, timeZone);
  if (!schedule.ok) return [schedule.error];
  return occurrences(schedule.value, Date.parse(from), count).map((time) => new Date(time).toISOString().slice(0, 16));
};

describe('occurrences of a schedule', () => {
  it.each<[string, string, string, string[]]>([
    ['0 9 * * *', 'UTC', '2026-03-10T08:59:59Z', ['2026-03-10T09:00', '2026-03-11T09:00']],
    ['0 9 * * *', 'UTC', '2026-03-10T09:00:00Z', ['2026-03-11T09:00', '2026-03-12T09:00']],
    ['0 9 * * MON-FRI', 'Asia/Riyadh', '2026-03-13T07:00:00Z', ['2026-03-16T06:00', '2026-03-17T06:00']],
    ['*/15 * * * *', 'UTC', '2026-03-10T09:01:00Z', ['2026-03-10T09:15', '2026-03-10T09:30']],
    ['0 0 L * *', 'UTC', '2026-01-31T12:00:00Z', ['2026-02-28T00:00', '2026-03-31T00:00']],
    ['0 9 * * FRI#2', 'UTC', '2026-01-01T00:00:00Z', ['2026-01-09T09:00', '2026-02-13T09:00']],
    ['0 9 13 * FRI', 'UTC', '2026-03-05T00:00:00Z', ['2026-03-06T09:00', '2026-03-13T09:00', '2026-03-20T09:00']],
    ['@daily', 'Europe/Paris', '2026-01-01T00:00:00Z', ['2026-01-01T23:00']],
  ])('%s in %s after %s', (cron, timeZone, from, expected) => {
    expect(after(cron, timeZone, from, expected.length)).toEqual(expected);
  });

  it('29 February comes in leap years', () => {
    expect(after('0 9 29 2 *', 'UTC', '2026-01-01T00:00:00Z', 2)).toEqual(['2028-02-29T09:00', '2032-02-29T09:00']);
    expect(after('0 9 29 2 *', 'UTC', '2096-03-01T00:00:00Z', 1)).toEqual(['2104-02-29T09:00']);
  });
});

describe('daylight saving (SPEC V4)', () => {
  it.each<[string, string, string, string, string[]]>([
    [
      'Paris, spring: a skipped time runs right after the gap',
      '30 2 * * *',
      'Europe/Paris',
      '2026-03-28T12:00:00Z',
      ['2026-03-29T01:00', '2026-03-30T00:30'],
    ],
    [
      'New York, spring',
      '30 2 * * *',
      'America/New_York',
      '2026-03-08T00:00:00Z',
      ['2026-03-08T07:00', '2026-03-09T06:30'],
    ],
    [
      'a list of times',
      '0 2,14 * * *',
      'America/New_York',
      '2026-03-08T00:00:00Z',
      ['2026-03-08T07:00', '2026-03-08T18:00', '2026-03-09T06:00'],
    ],
    [
      'Paris, autumn: a doubled time runs once, the first time',
      '30 2 * * *',
      'Europe/Paris',
      '2026-10-24T12:00:00Z',
      ['2026-10-25T00:30', '2026-10-26T01:30'],
    ],
    [
      'New York, autumn',
      '30 1 * * *',
      'America/New_York',
      '2026-10-31T12:00:00Z',
      ['2026-11-01T05:30', '2026-11-02T06:30'],
    ],
    [
      'what repeats leaves the gap out',
      '*/30 * * * *',
      'Europe/Paris',
      '2026-03-29T00:10:00Z',
      ['2026-03-29T00:30', '2026-03-29T01:00', '2026-03-29T01:30'],
    ],
    [
      'and runs through both doubled hours',
      '*/30 * * * *',
      'Europe/Paris',
      '2026-10-24T23:45:00Z',
      ['2026-10-25T00:00', '2026-10-25T00:30', '2026-10-25T01:00', '2026-10-25T01:30', '2026-10-25T02:00'],
    ],
  ])('%s', (_name, cron, timeZone, from, expected) => {
    expect(after(cron, timeZone, from, expected.length)).toEqual(expected);
  });

  it('the next one is always later, and none lies between', () => {
    const schedules = ['30 2 * * *', '*/20 * * * *', '0 2,3 * * *', '15 1-3 * * SUN', '0 */5 * * *'];
    const zones = ['Europe/Paris', 'America/New_York', 'Australia/Lord_Howe', 'Asia/Kathmandu', 'UTC'];
    const from = fc.integer({ min: Date.UTC(2024, 0, 1), max: Date.UTC(2030, 0, 1) });
    fc.assert(
      fc.property(
        fc.constantFrom(...schedules),
        fc.constantFrom(...zones),
        from,
        fc.nat(),
        (cron, timeZone, start, share) => {
          const schedule = parseSchedule(cron, timeZone);
          if (!schedule.ok) throw new Error(schedule.error);
          const next = nextOccurrence(schedule.value, start) ?? 0;
          expect(next).toBeGreaterThan(start);
          expect(next % 60_000).toBe(0);
          const between = start + (share % (next - start));
          expect(nextOccurrence(schedule.value, between)).toBe(next);
        },
      ),
      { seed: 11, numRuns: 400 },
    );
  });
});

describe('what is no schedule', () => {
  it.each([
    ['* * * * * *', 'UTC', 'has 6 fields, so it may run more than once a minute; give five'],
    ['*/5 * * *', 'UTC', 'has 4 fields; five are needed: minute, hour'],
    ['   ', 'UTC', 'has 0 fields'],
    ['60 * * * *', 'UTC', 'is no cron expression: Invalid value for minute: 60'],
    ['a b c d e', 'UTC', 'is no cron expression'],
    ['0 9 * * FOO', 'UTC', 'is no cron expression'],
    ['*/0 * * * *', 'UTC', 'illegal stepping'],
    ['0 9 30 2 *', 'UTC', 'never comes true; look at the day of the month and the month'],
    ['? * * * *', 'UTC', "has a '?', which depends on when it is read"],
    ['@reboot', 'UTC', "'@reboot' is not known; use @hourly"],
    ['0 9 * * *', 'Mars/Base', "the time zone 'Mars/Base' is not known"],
    ['0 9 * * *', '', "the time zone '' is not known"],
    ['0 9 * * *', '+02:00', "the time zone '+02:00' is not known"],
  ])('%s in %s', (cron, timeZone, message) => {
    const schedule = parseSchedule(cron, timeZone);
    expect(schedule.ok ? '' : schedule.error).toContain(message);
  });
});

describe('instants and days', () => {
  it.each<[unknown, string | undefined]>([
    ['2026-03-10', '2026-03-10T00:00:00.000Z'],
    ['2026-03-10T12:30', '2026-03-10T12:30:00.000Z'],
    ['2026-03-10T12:30:15.1239Z', '2026-03-10T12:30:15.123Z'],
    ['2026-03-10T12:30:15.29Z', '2026-03-10T12:30:15.290Z'],
    ['2026-03-10T12:30+0530', '2026-03-10T07:00:00.000Z'],
    ['2024-02-29', '2024-02-29T00:00:00.000Z'],
    ['0099-01-01', '0099-01-01T00:00:00.000Z'],
    ['2026-02-29', undefined],
    ['2026-04-31', undefined],
    ['2026-13-01', undefined],
    ['2026-03-10T24:00', undefined],
    ['2026-03-10T12:60', undefined],
    ['2026-03-10T12:30:60Z', undefined],
    ['2026-03-10T12:30+25:00', undefined],
    ['2026-03-10 12:30', undefined],
    ['2026-3-1', undefined],
    ['20260310', undefined],
    [' 2026-03-10', undefined],
    ['', undefined],
    [1_773_144_000_000, undefined],
    [null, undefined],
  ])('%s', (value, expected) => {
    const instant = instantOf(value);
    expect(instant === undefined ? undefined : new Date(instant).toISOString()).toBe(expected);
  });

  it('every instant the system writes is read back', () => {
    const dates = fc.date({
      min: new Date('0001-01-01'),
      max: new Date('9999-12-31T23:59:59.999Z'),
      noInvalidDate: true,
    });
    fc.assert(
      fc.property(dates, (date) => {
        expect(instantOf(date.toISOString())).toBe(date.getTime());
      }),
      { seed: 5 },
    );
  });

  it('a date trigger is due so long before or after', () => {
    expect(dueAt('2026-03-10', -1440)).toBe(Date.UTC(2026, 2, 9));
    expect(dueAt('2026-03-10T12:00:00+02:00', 30)).toBe(Date.UTC(2026, 2, 10, 10, 30));
    for (const value of ['', 'soon', null, undefined, 5, ['2026-03-10'], {}]) expect(dueAt(value, 0)).toBeUndefined();
  });
});
