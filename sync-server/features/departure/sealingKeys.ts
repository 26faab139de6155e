import { createPrivateKey, createPublicKey, diffieHellman, generateKeyPairSync } from 'node:crypto';
import * as z from 'zod';
import type { Problem } from '#shared/kernel/errors.ts';
import { failure, success } from '#shared/kernel/result.ts';
import type { Result } from '#shared/kernel/result.ts';
import type { SyncStore } from '../../storage/store.ts';

/** A key pair of X25519 for each person. The private half never leaves the server. */
export interface SealingKeys {
  /** Base64. */
  publicKey: (staffId: string) => Promise<string>;
  /** The secret shared with the holder of the other half of `ephemeralKey` (both base64). */
  sharedSecret: (staffId: string, ephemeralKey: string) => Promise<Result<string, Problem>>;
}

const area = 'sealing';
const pairSchema = z.object({ publicKey: z.base64(), privateKey: z.base64() });
type Pair = z.infer<typeof pairSchema>;

const notAPoint: Problem = {
  code: 'invalid',
  path: 'ephemeralKey',
  message: 'The ephemeral key is no point of X25519.',
};

export function createSealingKeys(store: SyncStore): SealingKeys {
  /** Made on first use. */
  const pairOf = (staffId: string): Promise<Pair> =>
    store.transaction(async (transaction) => {
      const known = pairSchema.safeParse((await transaction.getEntries(area, [staffId])).get(staffId));
      if (known.success) return known.data;
      const made = generateKeyPairSync('x25519');
      const pair = {
        publicKey: made.publicKey.export({ type: 'spki', format: 'der' }).subarray(-32).toString('base64'),
        privateKey: made.privateKey.export({ type: 'pkcs8', format: 'der' }).toString('base64'),
      };
      await transaction.putEntries([{ area, key: staffId, value: pair }]);
      return pair;
    });
  return {
    publicKey: async (staffId) => (await pairOf(staffId)).publicKey,
    sharedSecret: async (staffId, ephemeralKey) => {
      const pair = await pairOf(staffId);
      const privateKey = createPrivateKey({
        key: Buffer.from(pair.privateKey, 'base64'),
        format: 'der',
        type: 'pkcs8',
      });
      try {
        const key = Buffer.concat([pointPrefix, Buffer.from(ephemeralKey, 'base64')]);
        const publicKey = createPublicKey({ key, format: 'der', type: 'spki' });
        return success(diffieHellman({ privateKey, publicKey }).toString('base64'));
      } catch {
        return failure(notAPoint);
      }
    },
  };
}

/** What stands before the 32 bytes of a point in the DER form of a public key of X25519 (RFC 8410). */
const pointPrefix = Buffer.from('302a300506032b656e032100', 'hex');
