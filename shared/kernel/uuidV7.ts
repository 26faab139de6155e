import type { Clock, IdSource, RandomBytes } from './sources.ts';

const hexOf = (byte: number) => byte.toString(16).padStart(2, '0');

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
    const tail = Array.from(random.subarray(2), hexOf);
    const variant = hexOf(((random[2] ?? 0) & 0x3f) | 0x80);
    const head = `${time.slice(0, 8)}-${time.slice(8)}-7${counter.toString(16).padStart(3, '0')}`;
    return `${head}-${variant}${tail[1]}-${tail.slice(2).join('')}`;
  };
}

/** The moment (milliseconds since the epoch) written into a UUIDv7. */
export function millisOfUuidV7(id: string): number {
  return Number.parseInt(id.slice(0, 8) + id.slice(9, 13), 16);
}
