import * as z from 'zod';
import type { Problem } from '#shared/kernel/errors.ts';
import { problemOf, saying } from '#shared/kernel/sentences/sentence.ts';
import { failure, success } from '#shared/kernel/result.ts';
import type { Result } from '#shared/kernel/result.ts';
import type { Clock } from '#shared/kernel/sources.ts';
import { problemSchema } from '#shared/protocol/messages.ts';
import { departureAnswerSchema } from '#shared/protocol/departure.ts';
import { defaultOfflineDays } from '#shared/kernel/offlineDays.ts';
import { sessionAnswerSchema } from '#shared/protocol/session.ts';
import type { SessionAnswer } from '#shared/protocol/session.ts';

export interface OneSession {
  refreshToken: string;
  email: string;
  serverUrl: string;
  /** Whose it is, whatever their e-mail address becomes; absent in sessions of earlier versions. */
  staffId?: string | undefined;
}

export interface KeptSession extends OneSession {
  /** Sessions of others over which somebody signed in, newest first. */
  left?: OneSession[] | undefined;
}

/** Where the session survives a restart; the desktop shell keeps it encrypted. */
export interface SessionKeeper {
  load: () => Promise<KeptSession | null>;
  save: (session: KeptSession) => Promise<unknown>;
  clear: () => Promise<unknown>;
  /** Somebody has signed in, with this password where it was one; not called when a session is only continued. */
  signedIn?: (password: string | null) => Promise<unknown>;
  /** The server said that the session lives, and for how many days the console may be used without it. */
  heard?: (offlineDays: number) => Promise<unknown>;
}

export interface Credentials {
  email: string;
  password: string;
  /** Code of the second factor, or a recovery code. */
  totp?: string;
}

export interface Account {
  /** The kept session of this server, if there is one. */
  restore: () => Promise<KeptSession | null>;
  login: (credentials: Credentials) => Promise<Result<KeptSession, Problem>>;
  /** Takes a session that began elsewhere, such as with an OpenID provider. */
  adopt: (answer: SessionAnswer) => Promise<KeptSession>;
  /** A token that works for at least a moment more; refreshes when needed. */
  accessToken: () => Promise<Result<string, Problem>>;
  /** The token the server refused must not be used again. */
  forgetAccessToken: () => void;
  /** Ends the session here, and on the server where it can be reached. */
  logout: () => Promise<void>;
  /** Whether the server ended this session, or one that was left. */
  departure: (of?: OneSession) => Promise<Result<{ ended: boolean; serverId: string }, Problem>>;
  /** Forgets the session here, without a word to the server. */
  forget: () => Promise<void>;
  /** Sessions of others at this server over which somebody signed in: what they left here may have to go. */
  left: () => readonly OneSession[];
  /** Nothing of a session that was left is here any more. */
  giveUp: (one: OneSession) => Promise<void>;
}

interface AccountOptions {
  serverUrl: string;
  clientId: string;
  device: string;
  keeper: SessionKeeper;
  clock: Clock;
  request?: typeof fetch;
}

const errorSchema = z.object({ error: problemSchema });
/** Milliseconds. */
const requestTimeout = 15_000;
const spare = 60_000;
const mostLeft = 8;
const nobody: Problem = problemOf('unauthenticated', saying('nobody_signed_in'));

/** Sign-in over HTTP. One refresh at a time, and the new refresh token is kept before the access token is used. */
export function createAccount(options: AccountOptions): Account {
  const { keeper, clock } = options;
  const serverUrl = options.serverUrl.replace(/\/$/, '');
  const request = options.request ?? fetch;
  let session: OneSession | null = null;
  let left: readonly OneSession[] = [];
  /** Kept, and of another server than this one. */
  let elsewhere: OneSession | null = null;
  let access: { token: string; validUntil: number } | undefined;
  let refreshing: Promise<Result<string, Problem>> | undefined;

  const post = async <Answer>(
    schema: z.ZodType<Answer>,
    path: string,
    body: unknown,
  ): Promise<Result<Answer, Problem>> => {
    let answer: Response;
    let content: unknown;
    try {
      answer = await request(`${serverUrl}${path}`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(body),
        signal: AbortSignal.timeout(requestTimeout),
      });
      content = await answer.json();
    } catch {
      return failure(problemOf('unavailable', saying('unreachable_address', { server: serverUrl })));
    }
    const parsed = schema.safeParse(content);
    if (answer.ok && parsed.success) return success(parsed.data);
    const refused = errorSchema.safeParse(content);
    return failure(
      refused.success
        ? refused.data.error
        : problemOf('internal', saying('not_a_steward_server', { server: serverUrl })),
    );
  };
  const keep = async (answer: SessionAnswer): Promise<KeptSession> => {
    const { id: staffId, email } = answer.staff;
    const next = { refreshToken: answer.refreshToken, email, serverUrl, staffId };
    left = [session ?? elsewhere ?? [], left]
      .flat()
      .filter((one) => !samePerson(one, next))
      .slice(0, mostLeft);
    elsewhere = null;
    session = next;
    access = { token: answer.accessToken, validUntil: clock() + answer.expiresIn * 1000 - spare };
    await keeper.save({ ...next, left: [...left] });
    await keeper.heard?.(answer.offlineDays ?? defaultOfflineDays);
    return next;
  };
  const refresh = async (): Promise<Result<string, Problem>> => {
    if (!session) return failure(nobody);
    const mine = session;
    const answer = await post(sessionAnswerSchema, '/v1/auth/refresh', { refreshToken: mine.refreshToken });
    // Somebody signed in or out meanwhile: this answer is about a session that is no longer the one here.
    if (session !== mine) return access ? success(access.token) : failure(nobody);
    if (!answer.ok) return answer;
    await keep(answer.value);
    return success(answer.value.accessToken);
  };
  return {
    restore: async () => {
      const kept = await keeper.load();
      if (!kept) return null;
      const { left: others = [], ...one } = kept;
      left = others;
      const here = one.serverUrl.replace(/\/$/, '') === serverUrl;
      session = here ? one : null;
      elsewhere = here ? null : one;
      return session;
    },
    login: async ({ email, password, totp }) => {
      const { clientId, device } = options;
      const code = totp === undefined ? {} : { totp };
      const given = { email: email.trim(), password, ...code, clientId, device };
      const answer = await post(sessionAnswerSchema, '/v1/auth/login', given);
      if (!answer.ok) return answer;
      const kept = await keep(answer.value);
      await keeper.signedIn?.(password);
      return success(kept);
    },
    adopt: async (answer) => {
      const kept = await keep(answer);
      await keeper.signedIn?.(null);
      return kept;
    },
    accessToken: async () => {
      if (access && clock() < access.validUntil) return success(access.token);
      refreshing ??= refresh().finally(() => (refreshing = undefined));
      return refreshing;
    },
    forgetAccessToken: () => (access = undefined),
    logout: async () => {
      const ended = session;
      session = null;
      access = undefined;
      await keeper.clear();
      if (ended) await post(z.unknown(), '/v1/auth/logout', { refreshToken: ended.refreshToken });
    },
    departure: async (of = session ?? undefined) => {
      if (!of) return failure(nobody);
      return post(departureAnswerSchema, '/v1/auth/departure', { refreshToken: of.refreshToken });
    },
    left: () => left.filter((one) => one.serverUrl === serverUrl),
    giveUp: async (given) => {
      left = left.filter((one) => one !== given);
      if (session) await keeper.save({ ...session, left: [...left] });
    },
    forget: async () => {
      session = null;
      access = undefined;
      await keeper.clear();
    },
  };
}

function samePerson(one: OneSession, other: OneSession): boolean {
  if (one.serverUrl !== other.serverUrl) return false;
  return one.staffId !== undefined && other.staffId !== undefined
    ? one.staffId === other.staffId
    : one.email.toLowerCase() === other.email.toLowerCase();
}
