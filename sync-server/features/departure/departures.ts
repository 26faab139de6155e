import { createHash } from 'node:crypto';
import { isTombstone } from '#shared/records/envelope.ts';
import type { StoreReader } from '../../storage/store.ts';

/** Ends after which a computer may keep what it holds: nobody was sent away. */
const peaceful = new Set(['signed_out']);

/**
 * Whether the session of a refresh token was ended by somebody or by disuse, or its person is disabled or deleted. False for tokens this
 * server does not know: a console must not remove anything because of them.
 */
export async function isSentAway(
  store: StoreReader,
  hasLeft: (staffId: string) => Promise<boolean>,
  refreshToken: string,
): Promise<boolean> {
  const token = await store.getRefreshToken(createHash('sha256').update(refreshToken).digest('hex'));
  const session = token && (await store.getSession(token.sessionId));
  if (!session) return false;
  if (await hasLeft(session.staffId)) return true;
  if (session.revokedAt === 0) return false;
  const record = (await store.getRecords([session.id])).get(session.id);
  const reason = record && !isTombstone(record) ? record.body['endReason'] : undefined;
  return typeof reason !== 'string' || !peaceful.has(reason);
}
