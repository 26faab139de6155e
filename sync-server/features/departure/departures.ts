import { createHash } from 'node:crypto';
import type { StoreReader } from '../../storage/store.ts';

/** Ends after which a computer may keep what it holds: nobody was sent away. */
const peaceful = new Set(['signed_out']);

interface SentAwayParts {
  store: StoreReader;
  hasLeft: (staffId: string) => Promise<boolean>;
  /** Why a session ended; undefined = it did not, or nobody knows any more. */
  endReasonOf: (sessionId: string) => Promise<string | undefined>;
}

/**
 * Whether the session of a refresh token was ended by somebody or by disuse, or its person is disabled or deleted. False for tokens this
 * server does not know, and for ends whose reason it does not know any more: a console must not remove anything because of them.
 */
export async function isSentAway(
  { store, hasLeft, endReasonOf }: SentAwayParts,
  refreshToken: string,
): Promise<boolean> {
  const token = await store.getRefreshToken(createHash('sha256').update(refreshToken).digest('hex'));
  const session = token && (await store.getSession(token.sessionId));
  if (!session) return false;
  if (await hasLeft(session.staffId)) return true;
  if (session.revokedAt === 0) return false;
  const reason = await endReasonOf(session.id);
  return reason !== undefined && !peaceful.has(reason);
}
