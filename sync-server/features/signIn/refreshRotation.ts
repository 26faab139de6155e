import type { RefreshToken } from '../../storage/store.ts';
import type { AccountBatch } from './accountBatch.ts';
import { hashOfToken, refreshLifetime } from './sessions.ts';
import type { Sessions } from './sessions.ts';

/** Milliseconds in which the same refresh token may come twice: the first answer may have been lost on a bad line. */
const repeatWindow = 60_000;
const area = 'signIn.successors';
/** In place of a successor: the token was given in an answer that was lost, and another stands for it. */
const replaced = '';

/**
 * The token that follows a refresh token of a living session. undefined: two people hold the family (RFC 9700, section
 * 4.14.2), because a token came again after the repeat window, or after its successor was used, or because it is one that a
 * repetition replaced. Of the tokens that follow one token only the newest is good.
 */
export async function rotate(
  batch: AccountBatch,
  token: RefreshToken,
  issueRefreshToken: Sessions['issueRefreshToken'],
  now: number,
): Promise<string | undefined> {
  const successorOf = async (hash: string) => (await batch.getEntries(area, [hash])).get(hash);
  // Entries also tell of those who share the commit; the row is as it was before.
  const successor = await successorOf(token.hash);
  if (successor === replaced) return undefined;
  if (token.usedAt !== 0 && now - token.usedAt > repeatWindow) return undefined;
  if (typeof successor === 'string') {
    if ((await successorOf(successor)) !== undefined) return undefined;
    batch.putEntry(area, successor, replaced, now + refreshLifetime);
  }
  if (token.usedAt === 0 && successor === undefined)
    batch.also((transaction) => transaction.putRefreshToken({ ...token, usedAt: now }));
  const refreshToken = issueRefreshToken(batch, token.sessionId);
  // Outlives the window of this token and of the one before it.
  batch.putEntry(area, token.hash, hashOfToken(refreshToken), now + 2 * repeatWindow);
  return refreshToken;
}
