import { randomFillSync } from 'node:crypto';
import type { RandomBytes } from '#shared/kernel/sources.ts';

/** Bytes drawn at once: what is asked for small pieces again and again is asked of the system seldom. */
const blockSize = 4096;

/** The system's random bytes, each given out once. For ids and the like: what is drawn ahead lies in memory until it is used. */
export function createRandomBlocks(): RandomBytes {
  let block = new Uint8Array(0);
  let used = 0;
  return (length) => {
    if (length > block.length - used) {
      block = randomFillSync(new Uint8Array(Math.max(blockSize, length)));
      used = 0;
    }
    used += length;
    return block.subarray(used - length, used);
  };
}
