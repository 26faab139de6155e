import { createRecentCache } from './recentCache.ts';

const monthNames = 'January February March April May June July August September October November December'.split(' ');
const dayNames = 'Sunday Monday Tuesday Wednesday Thursday Friday Saturday'.split(' ');
const day = 86_400_000;

const zoneFormats = createRecentCache<Intl.DateTimeFormat>(60);
const directive = /%([-0^_]?)(:?)([A-Za-z%])/g;

/**
 * An instant in milliseconds since the epoch, written after a strftime format in a time zone (IANA name). Names are English.
 * Known: Y y m d e j B b h A a u w H k I l M S L p P s z :z Z F D T R c n t %, with `-` for no padding, `_` for spaces, `0` for zeros,
 * `^` for capitals. What is not known stays as it is.
 * @throws Error naming a time zone that is not known.
 */
export function formatInstant(milliseconds: number, format: string, timeZone = 'UTC'): string {
  const offset = offsetOf(milliseconds, timeZone);
  const local = new Date(milliseconds + offset * 60_000);
  const write = (pattern: string): string =>
    pattern.replaceAll(directive, (all, flag: string, colon: string, code: string) => {
      const [text, width, fill] = part(local, milliseconds, offset, timeZone, colon, code, write);
      if (text === undefined) return all;
      if (flag === '-') return text;
      const padded = text.padStart(width, flag === '_' ? ' ' : flag === '0' ? '0' : fill);
      return flag === '^' ? padded.toUpperCase() : padded;
    });
  return write(format);
}

type Part = [text: string | undefined, width: number, fill: string];

function part(
  local: Date,
  milliseconds: number,
  offset: number,
  timeZone: string,
  colon: string,
  code: string,
  write: (pattern: string) => string,
): Part {
  const number = (value: number, width: number, fill = '0'): Part => [String(value), width, fill];
  const text = (value: string): Part => [value, 0, ' '];
  const hour = local.getUTCHours();
  switch (code) {
    case 'Y':
      return number(local.getUTCFullYear(), 4);
    case 'y':
      return number(local.getUTCFullYear() % 100, 2);
    case 'm':
      return number(local.getUTCMonth() + 1, 2);
    case 'd':
      return number(local.getUTCDate(), 2);
    case 'e':
      return number(local.getUTCDate(), 2, ' ');
    case 'j':
      return number(Math.floor((local.getTime() - Date.UTC(local.getUTCFullYear(), 0, 1)) / day) + 1, 3);
    case 'B':
      return text(monthNames[local.getUTCMonth()] ?? '');
    case 'b':
    case 'h':
      return text((monthNames[local.getUTCMonth()] ?? '').slice(0, 3));
    case 'A':
      return text(dayNames[local.getUTCDay()] ?? '');
    case 'a':
      return text((dayNames[local.getUTCDay()] ?? '').slice(0, 3));
    case 'u':
      return number(local.getUTCDay() || 7, 1);
    case 'w':
      return number(local.getUTCDay(), 1);
    case 'H':
      return number(hour, 2);
    case 'k':
      return number(hour, 2, ' ');
    case 'I':
      return number(hour % 12 || 12, 2);
    case 'l':
      return number(hour % 12 || 12, 2, ' ');
    case 'M':
      return number(local.getUTCMinutes(), 2);
    case 'S':
      return number(local.getUTCSeconds(), 2);
    case 'L':
      return number(local.getUTCMilliseconds(), 3);
    case 'p':
      return text(hour < 12 ? 'AM' : 'PM');
    case 'P':
      return text(hour < 12 ? 'am' : 'pm');
    case 's':
      return number(Math.floor(milliseconds / 1000), 1);
    case 'z':
      return text(offsetText(offset, colon));
    case 'Z':
      return text(timeZone);
    case 'F':
      return text(write('%Y-%m-%d'));
    case 'D':
      return text(write('%m/%d/%y'));
    case 'T':
      return text(write('%H:%M:%S'));
    case 'R':
      return text(write('%H:%M'));
    case 'c':
      return text(write('%a %b %e %H:%M:%S %Y'));
    case 'n':
      return text('\n');
    case 't':
      return text('\t');
    case '%':
      return text('%');
    default:
      return [undefined, 0, ' '];
  }
}

function offsetText(offset: number, colon: string): string {
  const size = Math.abs(offset);
  const digits = (value: number): string => String(value).padStart(2, '0');
  return `${offset < 0 ? '-' : '+'}${digits(Math.floor(size / 60))}${colon}${digits(Math.floor(size % 60))}`;
}

/** Minutes by which clocks of a zone are ahead of UTC at an instant. */
function offsetOf(milliseconds: number, timeZone: string): number {
  if (timeZone === 'UTC') return 0;
  const format = zoneFormats(timeZone, () => formatOf(timeZone));
  const known = new Map(format.formatToParts(milliseconds).map(({ type, value }) => [type, Number(value)]));
  const at = (type: Intl.DateTimeFormatPartTypes): number => known.get(type) ?? 0;
  const shown = Date.UTC(at('year'), at('month') - 1, at('day'), at('hour'), at('minute'), at('second'));
  return Math.round((shown - Math.floor(milliseconds / 1000) * 1000) / 60_000);
}

function formatOf(timeZone: string): Intl.DateTimeFormat {
  const digits = { year: 'numeric', month: 'numeric', day: 'numeric' } as const;
  const clock = { hour: 'numeric', minute: 'numeric', second: 'numeric', hourCycle: 'h23' } as const;
  try {
    return new Intl.DateTimeFormat('en-US', { timeZone, ...digits, ...clock });
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    throw new Error(`the time zone '${timeZone}' is not known; use an IANA name such as Europe/Paris`, {
      cause: error,
    });
  }
}
