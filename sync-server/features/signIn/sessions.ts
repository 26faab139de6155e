import { createHash, randomBytes } from 'node:crypto';
import type { Clock, IdSource } from '#shared/kernel/sources.ts';
import { isTombstone, tombstoneOf } from '#shared/records/envelope.ts';
import type { RecordEnvelope } from '#shared/records/envelope.ts';
import { session as sessionResource } from '#shared/resources/access/session.ts';
import type { signInMethods } from '#shared/resources/access/session.ts';
import type { Session, StoreReader, StoreTransaction, SyncStore } from '../../storage/store.ts';
import type { AccountBatch, AccountWrite } from './accountBatch.ts';
import { attendedSince, readAttendance, withHeartbeat } from './attendance.ts';
import type { Attendance } from './attendance.ts';
import { thoseWhoLeft } from './hasLeft.ts';

export type SignInMethod = (typeof signInMethods)[number];
export type EndReason =
  | 'signed_out'
  | 'revoked'
  | 'disabled'
  | 'token_reuse'
  | 'password_changed'
  | 'provider_signed_out'
  | 'expired';

/** What a session begins with. `address` is the network address; only what `networkOf` makes of it is kept. */
export interface NewSession {
  clientId: string;
  device: string;
  method: SignInMethod;
  /** Whether the person proved just now who they are; default true. */
  proved?: boolean;
  address: string;
}

export interface Sessions {
  /** Stores the session, its record and its first refresh token; answers both. */
  begin: (batch: AccountBatch, staffId: string, given: NewSession) => { session: Session; refreshToken: string };
  /** A further token of the session's family, stored with the batch. */
  issueRefreshToken: (batch: AccountBatch, sessionId: string) => string;
  /** False: it does not live any more, as this commit sees it. */
  isLiving: (batch: AccountBatch, sessionId: string) => Promise<boolean>;
  /** Notes that it was used, at most every five minutes. */
  see: (batch: AccountBatch, session: Session) => Promise<void>;
  /** Ends it, its record too. False: it had ended. Whoever listens is to be told with `tell`, after the commit. */
  end: (batch: AccountBatch, sessionId: string, reason: EndReason, by: string) => Promise<boolean>;
  /** Ends all living sessions of a person, or all but one; answers their ids. */
  endAll: (batch: AccountBatch, staffId: string, reason: EndReason, by: string, except?: string) => Promise<string[]>;
  tell: (sessionIds: readonly string[]) => void;
  /** Called with the id of every session that ended. */
  onEnded: (listener: (sessionId: string) => void) => void;
  /** Whether its console was not heard for as long as tokens live, in time in which this server was there to hear it. */
  isDisused: (session: Session) => Promise<boolean>;
  /** Says which sessions have an open line: those are in use, whenever they were last seen. */
  keepWhile: (hasLine: (sessionId: string) => boolean) => void;
  /** Notes that the server is there. Ends sessions that are disused, and those of people who left; removes old ones. */
  sweep: () => Promise<void>;
}

interface SessionsOptions {
  store: SyncStore;
  write: AccountWrite;
  clock: Clock;
  ids: IdSource;
  networkOf: (address: string) => string;
}

/** Milliseconds. A refresh token nobody used for this long no longer works. */
export const refreshLifetime = 60 * 24 * 3600 * 1000;
/**
 * Milliseconds for which the last token of a session is known, so that a console that was away for long hears for certain that
 * its session is over.
 */
const lastTokenKept = 730 * 24 * 3600 * 1000;
/** Milliseconds between two notes of when a session was last seen. */
export const seenEvery = 5 * 60_000;
/** Milliseconds for which the record of an ended session is kept. */
const keptAfterEnd = 90 * 24 * 3600 * 1000;
const sweepAtOnce = 200;
/** Milliseconds after which a session that only has a line is noted as seen. */
const lineSeenEvery = 24 * 3600 * 1000;
/** By session: why it ended. Kept for as long as its last token, which its record is not. */
const endReasonArea = 'signIn.endReason';
const attendanceArea = 'signIn.attendance';
const attendanceKey = 'server';

export const hashOfToken = (token: string) => createHash('sha256').update(token).digest('hex');

/** Why a session ended; undefined = it did not, or nobody knows any more. */
export async function endReasonOf(reader: StoreReader, sessionId: string): Promise<string | undefined> {
  const kept = (await reader.getEntries(endReasonArea, [sessionId])).get(sessionId);
  if (typeof kept === 'string') return kept;
  // Ended by an earlier version.
  const record = (await reader.getRecords([sessionId])).get(sessionId);
  const told = record && !isTombstone(record) ? record.body['endReason'] : undefined;
  return typeof told === 'string' && told !== '' ? told : undefined;
}

/** Sign-ins as the store keeps them and as people see them: the row and the record of one id, always written together. */
export function createSessions({ store, write, clock, ids, networkOf }: SessionsOptions): Sessions {
  const listeners = new Set<(sessionId: string) => void>();
  const at = () => new Date(clock()).toISOString();
  let hasLine = (_sessionId: string): boolean => false;

  const attendance = async (): Promise<Attendance | undefined> =>
    readAttendance((await store.getEntries(attendanceArea, [attendanceKey])).get(attendanceKey));
  const isDisusedBy = (known: Attendance | undefined, { id, lastSeenAt }: Session): boolean =>
    lastSeenAt < clock() - refreshLifetime &&
    !hasLine(id) &&
    attendedSince(known, lastSeenAt, clock()) > refreshLifetime;
  const change = (transaction: StoreTransaction, id: string, changes: Partial<Session>): Promise<void> =>
    transaction
      .getSession(id)
      .then((row) => (row && row.revokedAt === 0 ? transaction.putSession({ ...row, ...changes }) : undefined));
  const recordIn = async (batch: AccountBatch, id: string): Promise<RecordEnvelope | undefined> => {
    await batch.load([id]);
    const record = batch.get(id);
    return record && !isTombstone(record) && record.kind === sessionResource.kind ? record : undefined;
  };
  const issueRefreshToken: Sessions['issueRefreshToken'] = (batch, sessionId) => {
    const refreshToken = randomBytes(32).toString('base64url');
    const token = { hash: hashOfToken(refreshToken), sessionId, issuedAt: clock(), usedAt: 0 };
    batch.also((transaction) => transaction.putRefreshToken(token));
    return refreshToken;
  };
  const see: Sessions['see'] = async (batch, session) => {
    const now = clock();
    if (now - session.lastSeenAt < seenEvery) return;
    const record = await recordIn(batch, session.id);
    if (record?.status === 'ended') return;
    const seen = { ...session, lastSeenAt: now };
    if (record) {
      const body = { ...record.body, lastSeenAt: at() };
      batch.append({ ...record, updatedAt: at(), updatedBy: 'system', version: record.version + 1, body });
    } else batch.append(recordOf(seen, 'password'));
    batch.also((transaction) => change(transaction, session.id, { lastSeenAt: now }));
  };
  const end: Sessions['end'] = async (batch, sessionId, reason, by) => {
    const [record, row] = [await recordIn(batch, sessionId), await batch.reader.getSession(sessionId)];
    if (record ? record.status === 'ended' : !row || row.revokedAt !== 0) return false;
    if (record) {
      const body = { ...record.body, endedAt: at(), endReason: reason };
      batch.append({ ...record, status: 'ended', updatedAt: at(), updatedBy: by, version: record.version + 1, body });
    }
    batch.putEntry(endReasonArea, sessionId, reason, clock() + lastTokenKept);
    batch.also((transaction) => change(transaction, sessionId, { revokedAt: clock() }));
    return true;
  };
  const tell: Sessions['tell'] = (sessionIds) => {
    for (const id of sessionIds) for (const listener of listeners) listener(id);
  };

  return {
    issueRefreshToken,
    end,
    tell,
    onEnded: (listener) => void listeners.add(listener),
    isDisused: async (session) => isDisusedBy(await attendance(), session),
    keepWhile: (given) => void (hasLine = given),
    begin: (batch, staffId, { clientId, device, method, address }) => {
      const now = clock();
      const network = networkOf(address).slice(0, 64);
      const started = { staffId, clientId, device, address: network, createdAt: now, lastSeenAt: now, revokedAt: 0 };
      const session: Session = { id: ids(), ...started };
      batch.append(recordOf(session, method));
      batch.also((transaction) => transaction.putSession(session));
      return { session, refreshToken: issueRefreshToken(batch, session.id) };
    },
    isLiving: async (batch, sessionId) => {
      const record = await recordIn(batch, sessionId);
      return record ? record.status === 'active' : (await batch.reader.getSession(sessionId))?.revokedAt === 0;
    },
    see,
    endAll: async (batch, staffId, reason, by, except) => {
      const ended: string[] = [];
      for (const { id } of await batch.reader.livingSessions({ staffId, limit: Number.MAX_SAFE_INTEGER }))
        if (id !== except && (await end(batch, id, reason, by))) ended.push(id);
      return ended;
    },
    sweep: async () => {
      const known = withHeartbeat(await attendance(), clock());
      await store.transaction(async (transaction) => {
        await transaction.putEntries([{ area: attendanceArea, key: attendanceKey, value: known }]);
        await transaction.pruneRefreshTokens(clock() - refreshLifetime, clock() - lastTokenKept);
      });
      const living = await store.livingSessions({ limit: Number.MAX_SAFE_INTEGER });
      const left = await thoseWhoLeft(
        store,
        living.map(({ staffId }) => staffId),
      );
      const doomed = living.flatMap((session): { id: string; reason: EndReason }[] => {
        if (left.has(session.staffId)) return [{ id: session.id, reason: 'disabled' }];
        return isDisusedBy(known, session) ? [{ id: session.id, reason: 'expired' }] : [];
      });
      const onLine = living.filter(({ id, lastSeenAt }) => hasLine(id) && lastSeenAt < clock() - lineSeenEvery);
      for (let from = 0; from < onLine.length; from += sweepAtOnce) {
        const some = onLine.slice(from, from + sweepAtOnce);
        await write(some.length, async (batch) => {
          for (const session of some) await see(batch, session);
        });
      }
      for (let from = 0; from < doomed.length; from += sweepAtOnce) {
        const some = doomed.slice(from, from + sweepAtOnce);
        await write(some.length, async (batch) => {
          for (const { id, reason } of some) await end(batch, id, reason, 'system');
        });
        tell(some.map(({ id }) => id));
      }
      const before = new Date(clock() - keptAfterEnd).toISOString();
      const records = await store.recordsOfKind(sessionResource.kind);
      const old = records.filter((one) => !isTombstone(one) && one.status === 'ended' && one.updatedAt < before);
      for (let from = 0; from < old.length; from += sweepAtOnce) {
        const some = old.slice(from, from + sweepAtOnce);
        await write(some.length, async (batch) => {
          await batch.load(some.map(({ id }) => id));
          for (const record of some)
            await batch.write({
              after: tombstoneOf(record, record.version + 1),
              actor: { id: 'system', name: 'system' },
              reason: 'Ended sessions are kept for 90 days',
              madeAt: '',
              requestId: record.id,
            });
        });
      }
    },
  };
}

function recordOf(session: Session, method: SignInMethod): RecordEnvelope {
  const startedAt = new Date(session.createdAt).toISOString();
  const lastSeenAt = new Date(session.lastSeenAt).toISOString();
  return {
    id: session.id,
    kind: sessionResource.kind,
    tenantId: '',
    status: 'active',
    assignedTo: session.staffId,
    createdAt: startedAt,
    createdBy: session.staffId,
    updatedAt: lastSeenAt,
    updatedBy: session.staffId,
    version: 1,
    body: sessionResource.body.parse({
      staffId: session.staffId,
      clientId: session.clientId,
      device: session.device,
      method,
      network: session.address,
      startedAt,
      lastSeenAt,
    }),
  };
}
