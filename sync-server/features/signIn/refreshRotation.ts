import type { RefreshToken } from '../../storage/store.ts';
import type { AccountBatch } from './accountBatch.ts';
import { hashOfToken, refreshLifetime } from './sessions.ts';
import type { Sessions } from './sessions.ts';

/** Milliseconds in which the same refresh token may come twice: the first answer may have been lost on a bad line. */
const repeatWindow = 60_000;
/** By token: what was given for it, while it may come again. */
const successorsArea = 'signIn.successors';
/** By token: the one it was given for, where more than one was given. */
const siblingsArea = 'signIn.siblings';
/** By the token they were given for: which of several siblings was used. */
const chosenArea = 'signIn.chosen';

/**
 * The token that follows a refresh token of a living session. undefined: two people hold the family (RFC 9700, section
 * 4.14.2), because a token came again after the repeat window or after its successor was used, or because a second of several
 * successors was used. Which of them came to the client the server cannot know: an answer may be lost, and a request may be
 * overtaken by its own repetition. So the first that is used is good.
 */
export async function rotate(
  batch: AccountBatch,
  token: RefreshToken,
  issueRefreshToken: Sessions['issueRefreshToken'],
  now: number,
): Promise<string | undefined> {
  // Entries also tell of those who share the commit; the row is as it was before.
  const kept = async (area: string, key: string) => (await batch.getEntries(area, [key])).get(key);
  if (token.usedAt !== 0 && now - token.usedAt > repeatWindow) return undefined;
  const parent = await kept(siblingsArea, token.hash);
  if (typeof parent === 'string') {
    const chosen = await kept(chosenArea, parent);
    if (chosen !== undefined && chosen !== token.hash) return undefined;
    batch.putEntry(chosenArea, parent, token.hash, now + refreshLifetime);
  }
  const held = await kept(successorsArea, token.hash);
  const given = Array.isArray(held) ? held.filter((one) => typeof one === 'string') : [];
  for (const successor of given) if ((await kept(successorsArea, successor)) !== undefined) return undefined;
  if (token.usedAt === 0 && given.length === 0)
    batch.also((transaction) => transaction.putRefreshToken({ ...token, usedAt: now }));
  const refreshToken = issueRefreshToken(batch, token.sessionId);
  const successors = [...given, hashOfToken(refreshToken)];
  if (successors.length > 1)
    for (const one of successors) batch.putEntry(siblingsArea, one, token.hash, now + refreshLifetime);
  // Outlives the window of this token and of the one before it.
  batch.putEntry(successorsArea, token.hash, successors, now + 2 * repeatWindow);
  return refreshToken;
}
