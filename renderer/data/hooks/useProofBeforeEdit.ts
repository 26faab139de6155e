import { useCallback } from 'react';
import { accountAnswerSchema } from '#shared/protocol/accounts.ts';
import { useProof } from './useReauthentication.ts';
import { useReplica } from './useReplica.ts';
import { useSyncPart } from './useSyncStatus.ts';

/** Milliseconds that a proof must still hold for an edit to reach the server with it. */
const enough = 30_000;

/**
 * Asks who the person is, before an edit that the server takes only from somebody who proved it a moment ago. True = proved; or there
 * is no connection to ask over, then the server asks when the edit reaches it. False = given up: nothing is to be written.
 */
export function useProofBeforeEdit(): () => Promise<boolean> {
  const replica = useReplica();
  const prove = useProof();
  const online = useSyncPart((status) => status.connection === 'online' && !status.workOffline);
  return useCallback(async () => {
    if (!online) return true;
    const account = await replica.call('GET', '/v1/account');
    const read = account.ok ? accountAnswerSchema.safeParse(account.value) : undefined;
    const until = read?.success ? Date.parse(read.data.elevatedUntil) : Number.NaN;
    return !account.ok || until > Date.now() + enough || prove();
  }, [replica, prove, online]);
}
