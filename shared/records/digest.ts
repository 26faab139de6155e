import { sha256 } from '@noble/hashes/sha2.js';
import { utf8ToBytes } from '@noble/hashes/utils.js';

/**
 * Fingerprint of a set of records that does not depend on their order: the sum modulo 2^64 of the first eight bytes of
 * SHA-256 over `id@version`. Adding and removing are one addition each, so both sides can keep it rolling.
 * (Additive multiset hash after Clarke et al., "Incremental Multiset Hash Functions", ASIACRYPT 2003.)
 */
export class RecordDigest {
  #sum = 0n;
  #count = 0;

  add(id: string, version: number): void {
    this.#sum = BigInt.asUintN(64, this.#sum + weigh(id, version));
    this.#count += 1;
  }

  remove(id: string, version: number): void {
    this.#sum = BigInt.asUintN(64, this.#sum - weigh(id, version));
    this.#count -= 1;
  }

  get count(): number {
    return this.#count;
  }

  /** 16 hexadecimal digits. */
  get hash(): string {
    return this.#sum.toString(16).padStart(16, '0');
  }
}

/** The fingerprint of two sets that share nothing. */
export function sumOfDigests(
  left: { count: number; hash: string },
  right: { count: number; hash: string },
): { count: number; hash: string } {
  const sum = BigInt.asUintN(64, BigInt(`0x${left.hash}`) + BigInt(`0x${right.hash}`));
  return { count: left.count + right.count, hash: sum.toString(16).padStart(16, '0') };
}

function weigh(id: string, version: number): bigint {
  const bytes = sha256(utf8ToBytes(`${id}@${version}`));
  return new DataView(bytes.buffer, bytes.byteOffset, 8).getBigUint64(0);
}
