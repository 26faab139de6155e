import { createHmac } from 'node:crypto';
import * as z from 'zod';
import {
  afterAccountFailure,
  afterWindowFailure,
  attemptsLeft,
  failuresKept,
} from '#shared/domain/accounts/signInBackoff.ts';
import type { Standing } from '#shared/domain/accounts/signInBackoff.ts';
import type { Problem } from '#shared/kernel/errors.ts';
import { problemOf, saying } from '#shared/kernel/sentences/sentence.ts';
import type { Json } from '#shared/kernel/json.ts';
import { failure, success } from '#shared/kernel/result.ts';
import type { Result } from '#shared/kernel/result.ts';
import type { Clock } from '#shared/kernel/sources.ts';
import type { StoreReader } from '../../storage/store.ts';
import type { AccountBatch } from './accountBatch.ts';

/** One attempt to prove who one is. */
export interface Attempt {
  /** Counts it as failed; answers whether that locked the account. */
  failed: (batch: AccountBatch) => Promise<boolean>;
  /** Forgets the account's failures: those of the address stay. */
  succeeded: (batch: AccountBatch) => void;
  /** To be called once, whatever came of it. */
  leave: () => void;
}

export interface Attempts {
  /** Waits while as many attempts are looked at as may still fail. Refused: the account or the address is locked. */
  enter: (email: string, address: string) => Promise<Result<Attempt, Problem>>;
  /** As `enter`, for somebody signed in. Counted apart: whoever guesses from outside locks nobody out of their own session. */
  enterOwn: (staffId: string, address: string) => Promise<Result<Attempt, Problem>>;
  /** Lets an account be tried again at once, from everywhere, signed in or not. */
  unlock: (batch: AccountBatch, person: { id: string; email: string }) => Promise<void>;
  /** What stands for an address that belongs to nobody: the same one for the same address, and no way back. */
  markOf: (email: string) => string;
}

interface AttemptsOptions {
  store: StoreReader;
  clock: Clock;
  secret: Uint8Array;
}

const area = 'signIn.failures';
const accountSchema = z.object({ failures: z.int(), lockedUntil: z.number() });
const windowSchema = z.object({ failures: z.int(), endsAt: z.number() });

/**
 * Failed attempts, kept in the store so that a restart forgives nothing. Accounts and addresses are named by keyed hashes; an
 * e-mail address that belongs to nobody is treated as one that does.
 */
export function createAttempts({ store, clock, secret }: AttemptsOptions): Attempts {
  /** By account: attempts that are looked at, and those who wait until one of them ends. */
  const inFlight = new Map<string, { running: number; waiting: (() => void)[] }>();
  let ended = 0;
  const hashOf = (what: string, text: string) =>
    createHmac('sha256', secret).update(`steward ${what}\n${text}`).digest('hex').slice(0, 40);
  const markOf = (email: string) => hashOf('account', email.normalize('NFKC').trim().toLowerCase());
  const ownMarkOf = (staffId: string) => hashOf('own account', staffId);
  const keysOf = (account: string, from: string) => ({
    account: `account:${account}`,
    pair: `pair:${account}:${from}`,
    address: `address:${from}`,
  });
  const standingOf = (keys: ReturnType<typeof keysOf>, found: ReadonlyMap<string, Json>): Standing => ({
    account: accountSchema.safeParse(found.get(keys.account)).data,
    pair: windowSchema.safeParse(found.get(keys.pair)).data,
    address: windowSchema.safeParse(found.get(keys.address)).data,
  });

  const attemptOn = (keys: ReturnType<typeof keysOf>): Attempt => ({
    failed: async (batch) => {
      const now = clock();
      const before = standingOf(keys, await batch.getEntries(area, Object.values(keys)));
      const account = afterAccountFailure(before.account, now);
      const [pair, address] = [afterWindowFailure(before.pair, now), afterWindowFailure(before.address, now)];
      batch.putEntry(area, keys.account, { ...account }, now + failuresKept);
      batch.putEntry(area, keys.pair, { ...pair }, pair.endsAt);
      batch.putEntry(area, keys.address, { ...address }, address.endsAt);
      return account.lockedUntil > now;
    },
    succeeded: (batch) => {
      batch.removeEntry(area, keys.account);
      batch.removeEntry(area, keys.pair);
    },
    leave: () => {
      ended += 1;
      const flight = inFlight.get(keys.account);
      if (!flight) return;
      flight.running -= 1;
      for (const wake of flight.waiting.splice(0)) wake();
      if (flight.running === 0) inFlight.delete(keys.account);
    },
  });
  const enter = async (keys: ReturnType<typeof keysOf>): Promise<Result<Attempt, Problem>> => {
    for (;;) {
      const endedBefore = ended;
      const found = await store.getEntries(area, Object.values(keys));
      const { wait, left } = attemptsLeft(standingOf(keys, found), clock());
      if (wait > 0) return failure(lockedFor(wait));
      // What was read may be older than an attempt that ended meanwhile.
      if (ended !== endedBefore) continue;
      const flight = inFlight.get(keys.account) ?? { running: 0, waiting: [] };
      if (flight.running < left) {
        flight.running += 1;
        inFlight.set(keys.account, flight);
        return success(attemptOn(keys));
      }
      await new Promise<void>((wake) => void flight.waiting.push(wake));
    }
  };
  return {
    markOf,
    enter: (email, address) => enter(keysOf(markOf(email), hashOf('address', networkPart(address)))),
    enterOwn: (staffId, address) => enter(keysOf(ownMarkOf(staffId), hashOf('own address', networkPart(address)))),
    unlock: async (batch, { id, email }) => {
      for (const mark of [markOf(email), ownMarkOf(id)]) {
        batch.removeEntry(area, `account:${mark}`);
        for (const { key } of await batch.entriesOf(area, { prefix: `pair:${mark}:`, limit: 10_000 }))
          batch.removeEntry(area, key);
      }
    },
  };
}

/** Whoever has one IPv6 address has the whole /64. */
function networkPart(address: string): string {
  if (!address.includes(':') || address.includes('.')) return address;
  const [head = '', tail] = address.split('::');
  const groups = head.split(':').filter((group) => group !== '');
  const after = (tail ?? '').split(':').filter((group) => group !== '');
  const missing = tail === undefined ? 0 : Math.max(0, 8 - groups.length - after.length);
  return [...groups, ...Array.from({ length: missing }, () => '0'), ...after].slice(0, 4).join(':');
}

function lockedFor(milliseconds: number): Problem {
  const retryAfter = Math.max(1, Math.ceil(milliseconds / 1000));
  return problemOf('rate_limited', saying('attempts_locked', { wait: retryAfter }), { details: { retryAfter } });
}
