import type { Problem } from '#shared/kernel/errors.ts';
import { problemOf, saying } from '#shared/kernel/sentences/sentence.ts';
import { failure, success } from '#shared/kernel/result.ts';
import type { Result } from '#shared/kernel/result.ts';
import type { Clock, IdSource } from '#shared/kernel/sources.ts';
import type { Login, SessionAnswer } from '#shared/protocol/session.ts';
import type { Session, SyncStore } from '../../storage/store.ts';
import type { AccountActor, AccountBatch, AccountWrite } from './accountBatch.ts';
import { createAccessTokens } from './accessTokens.ts';
import type { AccessClaims } from './accessTokens.ts';
import { createAttempts } from './attempts.ts';
import type { Attempts } from './attempts.ts';
import { beginUnproved, elevate, elevatedUntil } from './elevation.ts';
import { passwordChangedAt, putPassword } from './credentials.ts';
import { busy, ended, wrongCode } from './problems.ts';
import { rotate } from './refreshRotation.ts';
import { createPasswords, isOutdated } from './passwords.ts';
import type { Passwords } from './passwords.ts';
import { createSecondFactor } from './secondFactor.ts';
import type { SecondFactor, Sealer } from './secondFactor.ts';
import { createSessions, hashOfToken, refreshLifetime, seenEvery } from './sessions.ts';
import type { NewSession, Sessions } from './sessions.ts';

export interface Account {
  id: string;
  email: string;
  name: string;
  locale: string;
}

export interface SignInOptions {
  store: SyncStore;
  /** The server's own group commit. */
  write: AccountWrite;
  /** Active staff only. */
  accountByEmail: (email: string) => Account | undefined;
  account: (staffId: string) => Account | undefined;
  /** What stands for a network address in what is kept. */
  networkOf: (address: string) => string;
  /** Keeps what second factors share with their devices. */
  sealer: Sealer;
  clock: Clock;
  ids: IdSource;
  secret: Uint8Array;
  /** Days that consoles may be used without this server; absent = they decide. */
  offlineDays?: number;
  /** Default: two derivations at once. */
  passwords?: Passwords;
}

export interface SignIn {
  login: (login: Login, address: string) => Promise<Result<SessionAnswer, Problem>>;
  /** A session for somebody who proved in another way who they are. Refused when the account is not active. */
  begin: (
    staffId: string,
    given: NewSession,
    within?: {
      /** Asked in the commit that begins it; undefined = it may. */
      refuse: (batch: AccountBatch) => Promise<Problem | undefined>;
      /** Stores with the commit what belongs to the session. */
      also: (batch: AccountBatch, sessionId: string) => void;
    },
  ) => Promise<Result<SessionAnswer, Problem>>;
  refresh: (refreshToken: string) => Promise<Result<SessionAnswer, Problem>>;
  logout: (refreshToken: string) => Promise<void>;
  /** Who a token speaks for, while the session lives and the account is active. */
  authenticate: (accessToken: string) => Promise<Result<AccessClaims, Problem>>;
  /** Whether the person proved a moment ago, in this session, who they are. */
  isElevated: (sessionId: string) => Promise<boolean>;
  /** ISO 8601; '' = they did not. */
  elevatedUntil: (sessionId: string) => Promise<string>;
  /** For somebody who proved it in another way; answers until when it counts (ISO 8601). */
  elevate: (sessionId: string) => Promise<string>;
  /** Called with the id of every session that ends before its time. */
  onRevoked: (listener: (sessionId: string) => void) => void;
  account: (staffId: string) => Account | undefined;
  sessions: Sessions;
  attempts: Attempts;
  passwords: Passwords;
  secondFactor: SecondFactor;
}

/** Seconds. */
const accessLifetime = 15 * 60;

/**
 * Sign-in with rotating refresh tokens: each works once, and one that shows that two people hold the family ends the whole
 * session; see refreshRotation.ts.
 */
export function createSignIn(options: SignInOptions): SignIn {
  const { store, write, clock, account, networkOf } = options;
  const tokens = createAccessTokens(options.secret, clock, accessLifetime);
  const sessions = createSessions(options);
  const attempts = createAttempts(options);
  const secondFactor = createSecondFactor(options);
  const passwords = options.passwords ?? createPasswords();
  /** Sessions that are being noted as seen. */
  const seeing = new Set<string>();

  const answer = async (session: Session, person: Account, refreshToken: string): Promise<SessionAnswer> => ({
    accessToken: await tokens.issue({ staffId: person.id, sessionId: session.id }),
    refreshToken,
    expiresIn: accessLifetime,
    staff: { id: person.id, name: person.name, email: person.email, locale: person.locale },
    ...(options.offlineDays === undefined ? {} : { offlineDays: options.offlineDays }),
  });
  const actorOf = (person: Account, session: Session): AccountActor => ({
    id: person.id,
    name: person.name,
    session: session.id,
    device: session.device,
    address: session.address,
  });
  const start = (batch: AccountBatch, person: Account, given: NewSession) => {
    const begun = sessions.begin(batch, person.id, given);
    if (given.proved === false) beginUnproved(batch, begun.session.id, clock);
    batch.note({
      actor: actorOf(person, begun.session),
      tenantId: '',
      action: 'login',
      resource: 'session',
      resourceId: begun.session.id,
      resourceName: given.device || given.clientId,
      changes: [{ path: 'method', new: given.method }],
    });
    return begun;
  };
  const noteSeen = (session: Session): void => {
    if (clock() - session.lastSeenAt < seenEvery || seeing.has(session.id)) return;
    seeing.add(session.id);
    const noted = write(1, async (batch) => {
      const row = await batch.reader.getSession(session.id);
      if (row) await sessions.see(batch, row);
    });
    // What could not be noted now is noted with the next request.
    void noted.catch(() => undefined).finally(() => seeing.delete(session.id));
  };
  const sessionUntil = async (sessionId: string): Promise<number> => {
    const session = await store.getSession(sessionId);
    return session ? elevatedUntil(store, session, clock) : 0;
  };

  return {
    account,
    sessions,
    attempts,
    passwords,
    secondFactor,
    login: async ({ email, password, totp = '', clientId, device }, address) => {
      const attempt = await attempts.enter(email, address);
      if (!attempt.ok) return attempt;
      const person = options.accountByEmail(email);
      const actor = { id: 'anonymous', name: '', device, address: networkOf(address) };
      const refused = async (batch: AccountBatch, reason: string): Promise<void> => {
        const about = {
          actor,
          tenantId: '' as const,
          resource: 'staff' as const,
          resourceId: person?.id ?? '',
          resourceName: person?.name ?? attempts.markOf(email).slice(0, 16),
          reason,
        };
        batch.note({ ...about, action: 'failed_login' });
        if (await attempt.value.failed(batch)) batch.note({ ...about, action: 'locked_out' });
      };
      try {
        // Asked for nobody too, so that somebody and nobody cost the same.
        const credential = await store.getCredential(person?.id ?? '');
        const changedAt = await passwordChangedAt(store, person?.id ?? '');
        const matches = await passwords.matches(password, credential?.secret);
        if (matches === undefined) return failure(busy);
        if (!person || !credential || !matches) {
          await write(1, (batch) => refused(batch, 'password'));
          return failure(wrong);
        }
        const renewed = isOutdated(credential.secret) ? await passwords.hash(password) : undefined;
        const outcome = await write(1, async (batch): Promise<ReturnType<typeof start> | Problem> => {
          const still = account(person.id) && (await passwordChangedAt(batch, person.id)) === changedAt;
          if (!still) return wrong;
          const second = await secondFactor.stateOf(batch, person.id);
          if (second.totp && totp === '') return codeRequired;
          const method = second.totp ? await secondFactor.accept(batch, person.id, totp) : 'password';
          if (!method) {
            await refused(batch, 'second factor');
            return wrongCode;
          }
          attempt.value.succeeded(batch);
          if (renewed !== undefined) putPassword(batch, person.id, renewed, changedAt);
          return start(batch, person, { clientId, device, method, address });
        });
        if ('code' in outcome) return failure(outcome);
        return success(await answer(outcome.session, person, outcome.refreshToken));
      } finally {
        attempt.value.leave();
      }
    },
    begin: async (staffId, given, within) => {
      const person = account(staffId);
      if (!person) return failure(ended);
      const begun = await write(1, async (batch): Promise<ReturnType<typeof start> | Problem> => {
        const refused = account(staffId) ? await within?.refuse(batch) : ended;
        if (refused) return refused;
        const started = start(batch, person, given);
        within?.also(batch, started.session.id);
        return started;
      });
      return 'code' in begun ? failure(begun) : success(await answer(begun.session, person, begun.refreshToken));
    },
    refresh: async (given) => {
      const hash = hashOfToken(given);
      if (!(await store.getRefreshToken(hash))) return failure(ended);
      const outcome = await write(
        1,
        async (
          batch,
        ): Promise<{ session: Session; person: Account; refreshToken: string } | { over: string } | undefined> => {
          const token = await batch.reader.getRefreshToken(hash);
          const session = token && (await batch.reader.getSession(token.sessionId));
          const now = clock();
          if (!session || !(await sessions.isLiving(batch, session.id))) return undefined;
          if (token.issuedAt < now - refreshLifetime) {
            // The sweep may not have been here yet; the console that asks is to know for certain.
            const unused = await sessions.isDisused(session);
            if (unused) await sessions.end(batch, session.id, 'expired', 'system');
            return unused ? { over: session.id } : undefined;
          }
          const person = account(session.staffId);
          if (!person) return undefined;
          const refreshToken = await rotate(batch, token, sessions.issueRefreshToken, now);
          if (refreshToken === undefined) {
            await sessions.end(batch, session.id, 'token_reuse', 'system');
            batch.note({
              actor: actorOf(person, session),
              tenantId: '',
              action: 'session_revoke',
              resource: 'session',
              resourceId: session.id,
              resourceName: session.device || session.clientId,
              reason: 'token_reuse',
            });
            return { over: session.id };
          }
          await sessions.see(batch, session);
          return { session, person, refreshToken };
        },
      );
      if (!outcome) return failure(ended);
      if ('over' in outcome) {
        sessions.tell([outcome.over]);
        return failure(ended);
      }
      return success(await answer(outcome.session, outcome.person, outcome.refreshToken));
    },
    logout: async (given) => {
      const token = await store.getRefreshToken(hashOfToken(given));
      const session = token && (await store.getSession(token.sessionId));
      if (!session || session.revokedAt !== 0) return;
      const ends = await write(1, async (batch) => {
        if (!(await sessions.end(batch, session.id, 'signed_out', session.staffId))) return false;
        const person = account(session.staffId) ?? { id: session.staffId, name: '', email: '', locale: '' };
        batch.note({
          actor: actorOf(person, session),
          tenantId: '',
          action: 'logout',
          resource: 'session',
          resourceId: session.id,
          resourceName: session.device || session.clientId,
        });
        return true;
      });
      if (ends) sessions.tell([session.id]);
    },
    authenticate: async (accessToken) => {
      const verified = await tokens.verify(accessToken);
      if (!verified.ok) return verified;
      const { sessionId, staffId } = verified.value;
      const session = await store.getSession(sessionId);
      if (!session || session.revokedAt !== 0 || session.staffId !== staffId || !account(staffId))
        return failure(ended);
      noteSeen(session);
      return verified;
    },
    isElevated: async (sessionId) => (await sessionUntil(sessionId)) > 0,
    elevatedUntil: async (sessionId) => {
      const until = await sessionUntil(sessionId);
      return until > 0 ? new Date(until).toISOString() : '';
    },
    elevate: async (sessionId) => {
      const until = await write(1, async (batch) => elevate(batch, sessionId, clock));
      return new Date(until).toISOString();
    },
    onRevoked: sessions.onEnded,
  };
}

const wrong: Problem = problemOf('invalid_credentials', saying('wrong_credentials'));
const codeRequired: Problem = problemOf('second_factor_required', saying('second_factor_needed'), { path: 'totp' });
