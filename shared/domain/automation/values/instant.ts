const isoInstant = /^(\d{4})-(\d{2})-(\d{2})(?:T(\d{2}):(\d{2})(?::(\d{2})(?:\.(\d{1,9}))?)?(Z|[+-]\d{2}:?\d{2})?)?$/;
const dash = 45;

/**
 * Milliseconds since the epoch of a text that is an instant or a day after ISO 8601: `2026-03-01T09:30:00Z`, with an offset
 * (`+02:00`), without one (then UTC), without seconds; `2026-03-01` is its midnight UTC. undefined for everything else, also for
 * days that do not exist (30 February), hour 24 and leap seconds.
 */
export function instantOf(value: unknown): number | undefined {
  if (typeof value !== 'string' || value.length < 10 || value.length > 35 || value.charCodeAt(4) !== dash)
    return undefined;
  const parts = isoInstant.exec(value);
  if (!parts) return undefined;
  const [year, month, day] = [Number(parts[1]), Number(parts[2]), Number(parts[3])];
  if (month < 1 || month > 12 || day < 1 || day > daysOfMonth(year, month)) return undefined;
  const [hour, minute, second] = [Number(parts[4] ?? 0), Number(parts[5] ?? 0), Number(parts[6] ?? 0)];
  if (hour > 23 || minute > 59 || second > 59) return undefined;
  const millisecond = parts[7] ? Math.trunc(Number(`0.${parts[7]}`) * 1000 + 1e-6) : 0;
  const offset = offsetMinutes(parts[8]);
  if (offset === undefined) return undefined;
  const midnight = year >= 100 ? Date.UTC(year, month - 1, day) : new Date(0).setUTCFullYear(year, month - 1, day);
  return midnight + ((hour * 60 + minute - offset) * 60 + second) * 1000 + millisecond;
}

/** Whether a text is a day alone, `YYYY-MM-DD`, that exists. */
export function isDay(value: unknown): boolean {
  return typeof value === 'string' && value.length === 10 && instantOf(value) !== undefined;
}

/** Minutes east of Greenwich; undefined when out of range. */
function offsetMinutes(zone: string | undefined): number | undefined {
  if (zone === undefined || zone === 'Z') return 0;
  const [hours, minutes] = [Number(zone.slice(1, 3)), Number(zone.slice(-2))];
  if (hours > 23 || minutes > 59) return undefined;
  return (zone.startsWith('-') ? -1 : 1) * (hours * 60 + minutes);
}

function daysOfMonth(year: number, month: number): number {
  if (month === 2) return (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0 ? 29 : 28;
  return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31;
}
