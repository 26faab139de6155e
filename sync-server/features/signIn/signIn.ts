import { createHash, randomBytes } from 'node:crypto';
import type { Problem } from '#shared/kernel/errors.ts';
import { failure, success } from '#shared/kernel/result.ts';
import type { Result } from '#shared/kernel/result.ts';
import type { Clock, IdSource } from '#shared/kernel/sources.ts';
import type { Login, SessionAnswer } from '#shared/protocol/session.ts';
import type { Session, StoreTransaction, SyncStore } from '../../storage/store.ts';
import { createAccessTokens } from './accessTokens.ts';
import type { AccessClaims } from './accessTokens.ts';
import { hashPassword, passwordMatches } from './passwords.ts';

interface Account {
  id: string;
  email: string;
  name: string;
  locale: string;
}

export interface SignInOptions {
  store: SyncStore;
  /** Active staff only. */
  accountByEmail: (email: string) => Account | undefined;
  account: (staffId: string) => Account | undefined;
  clock: Clock;
  ids: IdSource;
  secret: Uint8Array;
}

export interface SignIn {
  login: (login: Login, address: string) => Promise<Result<SessionAnswer, Problem>>;
  refresh: (refreshToken: string) => Promise<Result<SessionAnswer, Problem>>;
  logout: (refreshToken: string) => Promise<void>;
  /** Who a token speaks for, while the session lives and the account is active. */
  authenticate: (accessToken: string) => Promise<Result<AccessClaims, Problem>>;
  /** Whether the person proved a moment ago, in this session, who they are. */
  isElevated: (sessionId: string) => Promise<boolean>;
  /** Called with the id of every session that ends before its time. */
  onRevoked: (listener: (sessionId: string) => void) => void;
  setPassword: (staffId: string, password: string) => Promise<void>;
}

/** Milliseconds for which a proof of who one is opens dangerous acts. */
const elevation = 10 * 60_000;
/** Seconds. */
const accessLifetime = 15 * 60;
/** Milliseconds. A refresh token nobody used for this long no longer works. */
const refreshLifetime = 60 * 24 * 3600 * 1000;
/** Milliseconds in which the same refresh token may come twice: the first answer may have been lost on a bad line. */
const repeatWindow = 60_000;

const ended: Problem = { code: 'session_revoked', message: 'This session has ended. Sign in again.' };
const wrong: Problem = { code: 'invalid_credentials', message: 'The e-mail address or the password is not right.' };
const hashOf = (token: string) => createHash('sha256').update(token).digest('hex');

/**
 * Sign-in with rotating refresh tokens: each works once, and one that comes again later than the repeat window ends the
 * whole session, since two people hold it (RFC 9700, section 4.14.2).
 */
export function createSignIn(options: SignInOptions): SignIn {
  const { store, clock, ids, account } = options;
  const tokens = createAccessTokens(options.secret, clock, accessLifetime);
  const listeners = new Set<(sessionId: string) => void>();

  const issueRefreshToken = async (transaction: StoreTransaction, sessionId: string): Promise<string> => {
    const refreshToken = randomBytes(32).toString('base64url');
    await transaction.putRefreshToken({ hash: hashOf(refreshToken), sessionId, issuedAt: clock(), usedAt: 0 });
    return refreshToken;
  };
  const answer = async (session: Session, person: Account, refreshToken: string): Promise<SessionAnswer> => ({
    accessToken: await tokens.issue({ staffId: person.id, sessionId: session.id }),
    refreshToken,
    expiresIn: accessLifetime,
    staff: { id: person.id, name: person.name, email: person.email, locale: person.locale },
  });
  const revoke = async (session: Session): Promise<void> => {
    await store.transaction((transaction) => transaction.putSession({ ...session, revokedAt: clock() }));
    for (const listener of listeners) listener(session.id);
  };

  return {
    login: async ({ email, password, clientId, device }, address) => {
      const person = options.accountByEmail(email);
      const credential = person && (await store.getCredential(person.id));
      const matches = await passwordMatches(password, credential?.secret);
      if (!person || !matches) return failure(wrong);
      const now = clock();
      const session: Session = {
        id: ids(),
        staffId: person.id,
        clientId,
        device,
        address,
        createdAt: now,
        lastSeenAt: now,
        revokedAt: 0,
      };
      const refreshToken = await store.transaction(async (transaction) => {
        await transaction.putSession(session);
        await transaction.pruneRefreshTokens(now - refreshLifetime);
        return issueRefreshToken(transaction, session.id);
      });
      return success(await answer(session, person, refreshToken));
    },
    refresh: async (given) => {
      const outcome = await store.transaction(
        async (
          transaction,
        ): Promise<{ session: Session; person: Account; refreshToken: string } | { stolen: Session } | undefined> => {
          const token = await transaction.getRefreshToken(hashOf(given));
          const session = token && (await transaction.getSession(token.sessionId));
          const now = clock();
          if (!session || session.revokedAt !== 0 || token.issuedAt < now - refreshLifetime) return undefined;
          if (token.usedAt !== 0 && now - token.usedAt > repeatWindow) return { stolen: session };
          const person = account(session.staffId);
          if (!person) return undefined;
          if (token.usedAt === 0) await transaction.putRefreshToken({ ...token, usedAt: now });
          await transaction.putSession({ ...session, lastSeenAt: now });
          return { session, person, refreshToken: await issueRefreshToken(transaction, session.id) };
        },
      );
      if (!outcome) return failure(ended);
      if ('stolen' in outcome) {
        await revoke(outcome.stolen);
        return failure(ended);
      }
      return success(await answer(outcome.session, outcome.person, outcome.refreshToken));
    },
    logout: async (given) => {
      const token = await store.getRefreshToken(hashOf(given));
      const session = token && (await store.getSession(token.sessionId));
      if (session && session.revokedAt === 0) await revoke(session);
    },
    authenticate: async (accessToken) => {
      const verified = await tokens.verify(accessToken);
      if (!verified.ok) return verified;
      const session = await store.getSession(verified.value.sessionId);
      if (!session || session.revokedAt !== 0 || !account(verified.value.staffId)) return failure(ended);
      return verified;
    },
    isElevated: async (sessionId) => ((await store.getSession(sessionId))?.createdAt ?? 0) > clock() - elevation,
    onRevoked: (listener) => void listeners.add(listener),
    setPassword: async (staffId, password) => {
      const secret = await hashPassword(password);
      await store.transaction((transaction) => transaction.putCredential({ staffId, secret }));
    },
  };
}
