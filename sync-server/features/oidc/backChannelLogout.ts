import { createHash } from 'node:crypto';
import type { Problem } from '#shared/kernel/errors.ts';
import { failure, success } from '#shared/kernel/result.ts';
import type { Result } from '#shared/kernel/result.ts';
import type { Clock } from '#shared/kernel/sources.ts';
import { noteLogout } from './logoutNotices.ts';
import type { NoticeBatch } from './logoutNotices.ts';
import { replayWindow } from './logoutToken.ts';
import type { OidcProvider, ProviderRefusal } from './oidcProvider.ts';
import type { EntryBatch, ProviderSessions } from './providerSessions.ts';

type LogoutBatch = EntryBatch & NoticeBatch;

interface BackChannelParts<Batch extends LogoutBatch> {
  provider: OidcProvider;
  sessions: ProviderSessions;
  /** The server's group commit. */
  write: <Answer>(work: (batch: Batch) => Promise<Answer>) => Promise<Answer>;
  /** Ends a session and notes it in the audit log. False: it had ended. */
  end: (batch: Batch, sessionId: string) => Promise<boolean>;
  /** After the commit: cuts the consoles of these sessions off. */
  tell: (sessionIds: readonly string[]) => void;
  complain: (message: string, refusal: ProviderRefusal) => void;
  clock: Clock;
}

/** What the provider says without a person's browser; answers how many sessions ended by it. */
export type BackChannelLogout = (logoutToken: string) => Promise<Result<{ ended: number }, Problem>>;

const area = 'oidc.logoutToken';

/**
 * Ends the sessions of whoever signed out at the provider, as OpenID Connect Back-Channel Logout 1.0 has it, and keeps those from
 * beginning whose sign-in was under way.
 */
export function createBackChannelLogout<Batch extends LogoutBatch>(parts: BackChannelParts<Batch>): BackChannelLogout {
  const { provider, sessions, clock } = parts;
  return async (logoutToken) => {
    const read = await provider.readLogoutToken(logoutToken);
    if (!read.ok) {
      parts.complain('a logout token of the OpenID provider was not taken', read.error);
      return failure(read.error.reason === 'unreachable' ? keysUnreachable : notTaken);
    }
    const { issuer, jti } = read.value;
    const key = createHash('sha256')
      .update(JSON.stringify([issuer, jti]))
      .digest('hex');
    const over = await parts.write(async (batch): Promise<string[] | undefined> => {
      if ((await batch.getEntries(area, [key])).has(key)) return undefined;
      batch.putEntry(area, key, true, clock() + replayWindow);
      noteLogout(batch, read.value, clock());
      const ended: string[] = [];
      for (const id of await sessions.begunBy(batch, read.value)) if (await parts.end(batch, id)) ended.push(id);
      return ended;
    });
    if (!over) return failure(notTaken);
    parts.tell(over);
    return success({ ended: over.length });
  };
}

const notTaken: Problem = {
  code: 'invalid_message',
  path: 'logout_token',
  message: 'This logout token is not valid here, or it came before.',
};
const keysUnreachable: Problem = {
  code: 'unavailable',
  message: 'The keys of the provider cannot be read from the server. Send the logout token again later.',
};
