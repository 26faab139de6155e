import { createHash, randomBytes } from 'node:crypto';
import { randomNonce, randomPKCECodeVerifier, randomState } from 'openid-client';
import * as z from 'zod';
import type { Clock } from '#shared/kernel/sources.ts';
import type { SyncStore } from '../../storage/store.ts';

/** A sign-in that waits for its browser. */
const flowSchema = z.strictObject({
  redirectUri: z.string(),
  state: z.string(),
  nonce: z.string(),
  verifier: z.string(),
  clientId: z.string(),
  device: z.string(),
  startedAt: z.number(),
  /** The session that proves anew who it belongs to; null = a new one begins. */
  proves: z.strictObject({ staffId: z.string(), sessionId: z.string() }).nullable(),
});
export type OidcFlow = z.infer<typeof flowSchema>;

export interface OidcFlows {
  /** Begins a flow; `name` is its secret, which only the console is told. */
  open: (
    flow: Pick<OidcFlow, 'redirectUri' | 'clientId' | 'device' | 'proves'>,
  ) => Promise<{ name: string; flow: OidcFlow }>;
  /** The flow, which is over with that: it works once. undefined = never begun, used, or too old. */
  take: (name: string) => Promise<OidcFlow | undefined>;
}

const area = 'oidc.flow';
/** Milliseconds that a person may take at the provider. */
export const flowLife = 10 * 60_000;
const keyOf = (name: string) => createHash('sha256').update(name).digest('hex');

/** Flows in the store, so that a server that restarts meanwhile still knows them. Their names are kept as hashes. */
export function createOidcFlows({ store, clock }: { store: SyncStore; clock: Clock }): OidcFlows {
  return {
    open: async (given) => {
      const name = randomBytes(32).toString('base64url');
      const flow: OidcFlow = {
        ...given,
        state: randomState(),
        nonce: randomNonce(),
        verifier: randomPKCECodeVerifier(),
        startedAt: clock(),
      };
      await store.transaction((transaction) =>
        transaction.putEntries([{ area, key: keyOf(name), value: flow, expiresAt: flow.startedAt + flowLife }]),
      );
      return { name, flow };
    },
    take: (name) =>
      store.transaction(async (transaction) => {
        const key = keyOf(name);
        const found = flowSchema.safeParse((await transaction.getEntries(area, [key])).get(key));
        await transaction.removeEntries([{ area, key }]);
        return found.success && found.data.startedAt + flowLife > clock() ? found.data : undefined;
      }),
  };
}
