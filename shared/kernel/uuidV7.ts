import type { Clock, IdSource, RandomBytes } from './sources.ts';

const hex = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, '0'));
const hexOf = (byte: number | undefined) => hex[byte ?? 0] ?? '';

/**
 * UUID version 7 after RFC 9562, section 5.7, with the monotonic counter of section 6.2 method 1 (12 bits of rand_a).
 * Ids of one source strictly rise, even when the clock stands still or steps back.
 */
export function createUuidV7Source(clock: Clock, randomBytes: RandomBytes): IdSource {
  let lastMillis = 0;
  let counter = 0;
  return () => {
    const now = Math.max(Math.floor(clock()), lastMillis);
    const random = randomBytes(10);
    if (now > lastMillis) {
      lastMillis = now;
      counter = (((random[0] ?? 0) & 0x07) << 8) | (random[1] ?? 0);
    } else if (counter === 0xfff) {
      lastMillis += 1;
      counter = 0;
    } else counter += 1;
    const time = lastMillis.toString(16).padStart(12, '0');
    const variant = hexOf(((random[2] ?? 0) & 0x3f) | 0x80);
    const head = `${time.slice(0, 8)}-${time.slice(8)}-7${counter.toString(16).padStart(3, '0')}`;
    let tail = '';
    for (let at = 4; at < 10; at += 1) tail += hexOf(random[at]);
    return `${head}-${variant}${hexOf(random[3])}-${tail}`;
  };
}

/** The moment (milliseconds since the epoch) written into a UUIDv7. */
export function millisOfUuidV7(id: string): number {
  return Number.parseInt(id.slice(0, 8) + id.slice(9, 13), 16);
}
