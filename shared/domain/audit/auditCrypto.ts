import { ed25519 } from '@noble/curves/ed25519.js';
import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';

/** The two primitives that evidence rests on. A process with its own, faster ones brings them. */
export interface AuditCrypto {
  /** SHA-256 (FIPS 180-4), lower-case hexadecimal; text as UTF-8. */
  sha256: (data: string | Uint8Array) => string;
  /** Ed25519 (RFC 8032); false for whatever is no signature. */
  verify: (signature: Uint8Array, text: string, publicKey: Uint8Array) => boolean;
}

/** Runs everywhere: the oldest Electron the console supports has no Ed25519 in WebCrypto. */
export const portableCrypto: AuditCrypto = {
  sha256: (data) => bytesToHex(sha256(typeof data === 'string' ? utf8ToBytes(data) : data)),
  verify: (signature, text, publicKey) => {
    try {
      return ed25519.verify(signature, utf8ToBytes(text), publicKey, { zip215: false });
    } catch {
      return false;
    }
  },
};
