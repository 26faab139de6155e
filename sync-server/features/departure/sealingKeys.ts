import { createECDH } from 'node:crypto';
import * as z from 'zod';
import type { Problem } from '#shared/kernel/errors.ts';
import type { Json } from '#shared/kernel/json.ts';
import { failure, success } from '#shared/kernel/result.ts';
import type { Result } from '#shared/kernel/result.ts';
import type { SyncStore } from '../../storage/store.ts';

/**
 * A key pair on P-256 for each person. The private half never leaves the server.
 * @throws Error when the server's secret key is another than the one a private half was sealed with
 */
export interface SealingKeys {
  /** Base64. */
  publicKey: (staffId: string) => Promise<string>;
  /** The secret shared with the holder of the other half of `ephemeralKey` (both base64). */
  sharedSecret: (staffId: string, ephemeralKey: string) => Promise<Result<string, Problem>>;
}

interface SealingKeysOptions {
  store: SyncStore;
  /** Seals private halves; `open` answers undefined when one does not open. */
  sealer: { seal: (name: string, text: string) => Json; open: (name: string, sealed: unknown) => string | undefined };
}

const area = 'sealing';
/** P-256 by its name in OpenSSL. */
const curve = 'prime256v1';
/** As earlier versions stored it. */
const plainSchema = z.object({ publicKey: z.base64(), privateKey: z.base64() });
const storedSchema = z.object({ publicKey: z.base64(), sealed: z.unknown() });
type Pair = z.infer<typeof plainSchema>;

const notAPoint: Problem = {
  code: 'invalid',
  path: 'ephemeralKey',
  message: 'The ephemeral key is no point of P-256.',
};

export function createSealingKeys({ store, sealer }: SealingKeysOptions): SealingKeys {
  const nameOf = (staffId: string) => `sealing key of ${staffId}`;
  /** Made on first use. */
  const pairOf = (staffId: string): Promise<Pair> =>
    store.transaction(async (transaction) => {
      const found = (await transaction.getEntries(area, [staffId])).get(staffId);
      const plain = plainSchema.safeParse(found);
      const stored = storedSchema.safeParse(found);
      if (!plain.success && stored.success) {
        const privateKey = sealer.open(nameOf(staffId), stored.data.sealed);
        if (privateKey !== undefined) return { publicKey: stored.data.publicKey, privateKey };
        throw new Error(
          `the sealing key of ${staffId} does not open: bring back the secret key that this server had, or remove the entry`,
        );
      }
      const pair = plain.success ? plain.data : newPair();
      const sealed = sealer.seal(nameOf(staffId), pair.privateKey);
      await transaction.putEntries([{ area, key: staffId, value: { publicKey: pair.publicKey, sealed } }]);
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

function newPair(): Pair {
  const made = createECDH(curve);
  return { publicKey: made.generateKeys('base64'), privateKey: made.getPrivateKey('base64') };
}
