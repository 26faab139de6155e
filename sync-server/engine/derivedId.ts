import { createHash } from 'node:crypto';

/**
 * An id that follows from what it stands for, so that doing something twice makes one record. A UUID version 8 after
 * RFC 9562, section 5.8: the moment (milliseconds since the epoch) in front, as in version 7, then SHA-256 of the parts.
 */
export function derivedId(at: number, ...parts: readonly string[]): string {
  const hash = createHash('sha256').update(JSON.stringify(parts)).digest('hex');
  const time = Math.max(0, Math.floor(at)).toString(16).padStart(12, '0').slice(-12);
  const variant = ((Number.parseInt(hash.slice(3, 5), 16) & 0x3f) | 0x80).toString(16);
  return `${time.slice(0, 8)}-${time.slice(8)}-8${hash.slice(0, 3)}-${variant}${hash.slice(5, 7)}-${hash.slice(7, 19)}`;
}
