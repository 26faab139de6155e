import { createHash, randomBytes } from 'node:crypto';
import * as z from 'zod';
import type { Problem } from '#shared/kernel/errors.ts';
import { problemOf, saying } from '#shared/kernel/sentences/sentence.ts';
import type { Json } from '#shared/kernel/json.ts';
import { failure, success } from '#shared/kernel/result.ts';
import type { Result } from '#shared/kernel/result.ts';
import type { Clock } from '#shared/kernel/sources.ts';
import { providerSignOutPath } from '#shared/protocol/accounts.ts';
import type { SyncStore } from '../../storage/store.ts';
import type { OidcProvider, ProviderRefusal } from './oidcProvider.ts';
import type { ProviderSessions } from './providerSessions.ts';

/**
 * Signing out at the provider too (OpenID Connect RP-Initiated Logout 1.0). The address there names the person by the ID token
 * of their sign-in, which no console is told: it gets a path of this server, which sends the person's browser on, once.
 */
export interface SignOutTickets {
  issue: (sessionId: string) => Promise<Result<{ path: string }, Problem>>;
  /** Where the browser goes. It outlives the session, which usually has ended meanwhile. */
  redeem: (ticket: string) => Promise<Result<string, Problem>>;
}

interface SignOutParts {
  name: string;
  store: SyncStore;
  provider: OidcProvider;
  sessions: ProviderSessions;
  sealer: { seal: (name: string, text: string) => Json; open: (name: string, sealed: unknown) => string | undefined };
  complain: (message: string, refusal: ProviderRefusal) => void;
  clock: Clock;
}

const area = 'oidc.signOut';
/** Milliseconds from the person's wish to their browser's visit. */
const ticketLife = 2 * 60_000;
const heldSchema = z.object({ issuedAt: z.number(), sealed: z.unknown() });
const keyOf = (ticket: string) => createHash('sha256').update(ticket).digest('hex');

export function createSignOutTickets(parts: SignOutParts): SignOutTickets {
  const { name, store, provider, sessions, sealer, clock } = parts;
  return {
    issue: async (sessionId) => {
      const idToken = await sessions.idTokenOf(sessionId);
      if (idToken === undefined) return failure(nothingThere);
      const url = await provider.endSessionUrl(idToken);
      if (!url.ok) {
        parts.complain('nobody can be signed out at the OpenID provider', url.error);
        return failure(unreachable(name));
      }
      const ticket = randomBytes(32).toString('base64url');
      const key = keyOf(ticket);
      const value = { issuedAt: clock(), sealed: sealer.seal(`sign-out ${key}`, url.value) };
      await store.transaction((transaction) =>
        transaction.putEntries([{ area, key, value, expiresAt: clock() + ticketLife }]),
      );
      return success({ path: `${providerSignOutPath}${ticket}` });
    },
    redeem: async (ticket) => {
      const key = keyOf(ticket);
      const held = await store.transaction(async (transaction) => {
        const found = heldSchema.safeParse((await transaction.getEntries(area, [key])).get(key));
        await transaction.removeEntries([{ area, key }]);
        return found.success && found.data.issuedAt + ticketLife > clock() ? found.data.sealed : undefined;
      });
      const url = held === undefined ? undefined : sealer.open(`sign-out ${key}`, held);
      return url === undefined ? failure(over) : success(url);
    },
  };
}

const nothingThere: Problem = problemOf('not_found', saying('no_sign_out_at_provider'));
const over: Problem = problemOf('gone', saying('sign_out_over'));
const unreachable = (name: string): Problem =>
  problemOf('unavailable', saying('provider_unreachable_to_leave', { provider: name }), {
    details: { reason: 'unreachable' },
  });
