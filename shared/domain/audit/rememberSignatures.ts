import { bytesToHex } from '@noble/hashes/utils.js';
import type { AuditCrypto } from './auditCrypto.ts';

/** About half a kilobyte each. */
const most = 10_000;

/** The same answers, but a signature over the same text by the same key is verified once: that takes milliseconds. */
export function rememberSignatures({ sha256, verify }: AuditCrypto): AuditCrypto {
  const known = new Map<string, boolean>();
  return {
    sha256,
    verify: (signature, text, publicKey) => {
      const name = `${bytesToHex(publicKey)} ${bytesToHex(signature)} ${text}`;
      const found = known.get(name);
      if (found !== undefined) return found;
      const valid = verify(signature, text, publicKey);
      if (known.size >= most) known.clear();
      known.set(name, valid);
      return valid;
    },
  };
}
