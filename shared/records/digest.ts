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
  readonly #sha256: (text: string) => Uint8Array;

  /** Where the runtime has a faster SHA-256, it may be given. */
  constructor(hash = (text: string): Uint8Array => sha256(utf8ToBytes(text))) {
    this.#sha256 = hash;
  }

  add(id: string, version: number): void {
    this.#sum = BigInt.asUintN(64, this.#sum + this.#weigh(id, version));
    this.#count += 1;
  }

  remove(id: string, version: number): void {
    this.#sum = BigInt.asUintN(64, this.#sum - this.#weigh(id, version));
    this.#count -= 1;
  }

  get count(): number {
    return this.#count;
  }

  /** 16 hexadecimal digits. */
  get hash(): string {
    return this.#sum.toString(16).padStart(16, '0');
  }

  #weigh(id: string, version: number): bigint {
    const bytes = this.#sha256(`${id}@${version}`);
    return new DataView(bytes.buffer, bytes.byteOffset, 8).getBigUint64(0);
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
