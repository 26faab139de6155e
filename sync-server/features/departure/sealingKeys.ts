import { createECDH } from 'node:crypto';
import * as z from 'zod';
import type { Problem } from '#shared/kernel/errors.ts';
import { failure, success } from '#shared/kernel/result.ts';
import type { Result } from '#shared/kernel/result.ts';
import type { SyncStore } from '../../storage/store.ts';

/** A key pair on P-256 for each person. The private half never leaves the server. */
export interface SealingKeys {
  /** Base64. */
  publicKey: (staffId: string) => Promise<string>;
  /** The secret shared with the holder of the other half of `ephemeralKey` (both base64). */
  sharedSecret: (staffId: string, ephemeralKey: string) => Promise<Result<string, Problem>>;
}

const area = 'sealing';
/** P-256 by its name in OpenSSL. */
const curve = 'prime256v1';
const pairSchema = z.object({ publicKey: z.base64(), privateKey: z.base64() });
type Pair = z.infer<typeof pairSchema>;

const notAPoint: Problem = {
  code: 'invalid',
  path: 'ephemeralKey',
  message: 'The ephemeral key is no point of P-256.',
};

export function createSealingKeys(store: SyncStore): SealingKeys {
  /** Made on first use. */
  const pairOf = (staffId: string): Promise<Pair> =>
    store.transaction(async (transaction) => {
      const known = pairSchema.safeParse((await transaction.getEntries(area, [staffId])).get(staffId));
      if (known.success) return known.data;
      const made = createECDH(curve);
      const pair = { publicKey: made.generateKeys('base64'), privateKey: made.getPrivateKey('base64') };
      await transaction.putEntries([{ area, key: staffId, value: pair }]);
      return pair;
    });
  return {
    publicKey: async (staffId) => (await pairOf(staffId)).publicKey,
    sharedSecret: async (staffId, ephemeralKey) => {
      const pair = createECDH(curve);
      pair.setPrivateKey((await pairOf(staffId)).privateKey, 'base64');
      try {
        return success(pair.computeSecret(ephemeralKey, 'base64', 'base64'));
      } catch {
        return failure(notAPoint);
      }
    },
  };
}
