import { ed25519 } from '@noble/curves/ed25519.js';
import { describe, expect, it } from 'vitest';
import { portableCrypto } from './auditCrypto.ts';
import { rememberSignatures } from './rememberSignatures.ts';

const secret = new Uint8Array(32).fill(7);
const key = ed25519.getPublicKey(secret);
const sign = (text: string) => ed25519.sign(new TextEncoder().encode(text), secret);

describe('signatures that are remembered', () => {
  it('are verified once, and answered as they were', () => {
    let verified = 0;
    const crypto = rememberSignatures({
      ...portableCrypto,
      verify: (...given) => {
        verified += 1;
        return portableCrypto.verify(...given);
      },
    });
    const [good, bad] = [sign('head 1'), sign('head 1').fill(0, 40)];
    for (let time = 0; time < 3; time += 1) {
      expect(crypto.verify(good, 'head 1', key)).toBe(true);
      expect(crypto.verify(bad, 'head 1', key)).toBe(false);
      expect(crypto.verify(good, 'head 2', key)).toBe(false);
      expect(crypto.verify(good, 'head 1', ed25519.getPublicKey(new Uint8Array(32).fill(8)))).toBe(false);
    }
    expect(verified).toBe(4);
  });
});
