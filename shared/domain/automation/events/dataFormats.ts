import { instantOf, isDay } from '../values/instant.ts';
import { linearPattern } from '../values/linearPattern.ts';

/** Texts longer than that are of no format. */
const longest = 2000;
const email = /^[^\s@]{1,64}@[^\s@.]+(?:\.[^\s@.]+)+$/;
const uri = /^[A-Za-z][A-Za-z0-9+.-]*:\S+$/;
const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;
const time = /^([01]\d|2[0-3]):[0-5]\d(:[0-5]\d(\.\d{1,9})?)?(Z|[+-]([01]\d|2[0-3]):[0-5]\d)?$/;
const hostLabel = /^[A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?$/;
const hexadecimal = /^[0-9a-f]{1,4}$/i;

/** The formats of texts that are checked; others are taken for remarks, as JSON Schema has it. */
export const dataFormats: ReadonlyMap<string, (text: string) => boolean> = new Map(
  Object.entries<(text: string) => boolean>({
    'date-time': (text) => text.length > 10 && instantOf(text) !== undefined,
    date: isDay,
    time: (text) => time.test(text),
    email: (text) => email.test(text),
    uri: (text) => uri.test(text),
    url: (text) => uri.test(text),
    uuid: (text) => uuid.test(text),
    ipv4: isIpv4,
    ipv6: isIpv6,
    hostname: (text) => text.length <= 253 && text.split('.').every((label) => hostLabel.test(label)),
    regex: (text) => linearPattern(text).ok,
  }),
);

/** Whether a text is of a format; true for formats that are not known. */
export function hasFormat(text: string, format: string): boolean {
  const check = dataFormats.get(format);
  return check === undefined || (text.length <= longest && check(text));
}

function isIpv4(text: string): boolean {
  const parts = text.split('.');
  return parts.length === 4 && parts.every((part) => /^(0|[1-9]\d{0,2})$/.test(part) && Number(part) <= 255);
}

function isIpv6(text: string): boolean {
  const halves = text.split('::');
  if (halves.length > 2) return false;
  const groups = halves.flatMap((half) => (half === '' ? [] : half.split(':')));
  const last = groups.at(-1) ?? '';
  const mapped = last.includes('.');
  if (mapped && !isIpv4(last)) return false;
  const plain = mapped ? groups.slice(0, -1) : groups;
  const count = plain.length + (mapped ? 2 : 0);
  return plain.every((group) => hexadecimal.test(group)) && (halves.length === 2 ? count < 8 : count === 8);
}
