import { createHmac, randomBytes } from 'node:crypto';
import { Secret, TOTP } from 'otpauth';
import * as z from 'zod';
import { acceptedTotpCounter, totpPeriod, totpWindow } from '#shared/domain/accounts/totpCounter.ts';
import type { Json, JsonObject } from '#shared/kernel/json.ts';
import type { Clock } from '#shared/kernel/sources.ts';
import type { AccountBatch } from './accountBatch.ts';

/** Seals a text under a name, as features/secrets does; `open` answers undefined when it does not open. */
export interface Sealer {
  seal: (name: string, text: string) => object;
  open: (name: string, sealed: unknown) => string | undefined;
}

/** Of the store, or of a commit under way. */
export interface EntryReader {
  getEntries: (area: string, keys: readonly string[]) => Promise<ReadonlyMap<string, Json>>;
}

export interface SecondFactor {
  /** Whether a code is asked for, and how many recovery codes are left. */
  stateOf: (reader: EntryReader, staffId: string) => Promise<{ totp: boolean; recoveryCodesLeft: number }>;
  /** Uses up a code: which kind it was, or undefined = it is not right, or was used before. */
  accept: (batch: AccountBatch, staffId: string, code: string) => Promise<'totp' | 'recovery_code' | undefined>;
  /** A secret that counts from `confirm` on; an earlier one that was not confirmed is forgotten. */
  begin: (batch: AccountBatch, person: { id: string; email: string }) => { secret: string; uri: string };
  /** The recovery codes, told this once; undefined = the code does not fit, or nothing was begun. */
  confirm: (batch: AccountBatch, staffId: string, code: string) => Promise<string[] | undefined>;
  /** New ones in place of the old; undefined = there is no second factor. */
  renewRecoveryCodes: (batch: AccountBatch, staffId: string) => Promise<string[] | undefined>;
  /** False: there was none. */
  remove: (batch: AccountBatch, staffId: string) => Promise<boolean>;
}

interface SecondFactorOptions {
  clock: Clock;
  secret: Uint8Array;
  sealer: Sealer;
}

const confirmedArea = 'signIn.totp';
const begunArea = 'signIn.totpBegun';
const recoveryArea = 'signIn.recoveryCodes';
/** Milliseconds in which an enrolment is to be confirmed. */
const enrolment = 15 * 60_000;
const recoveryCodeCount = 10;
/** Crockford's base 32, without letters that look like others: five bits each, sixty in a code. */
const alphabet = '0123456789abcdefghjkmnpqrstvwxyz';
const issuer = 'Steward';

const confirmedSchema = z.object({ sealed: z.unknown(), lastCounter: z.int() });
const recoverySchema = z.array(z.string());

/** Time-based codes (RFC 6238: SHA-1, six digits, thirty seconds) and the recovery codes that stand in for a lost device. */
export function createSecondFactor({ clock, secret, sealer }: SecondFactorOptions): SecondFactor {
  const totpOf = (base32: string, label = '') =>
    new TOTP({ issuer, label, secret: Secret.fromBase32(base32), algorithm: 'SHA1', digits: 6, period: totpPeriod });
  const nameOf = (staffId: string) => `totp of ${staffId}`;
  const hashOfCode = (staffId: string, code: string) =>
    createHmac('sha256', secret).update(`steward recovery code\n${staffId}\n${code}`).digest('hex');
  const counterOf = (base32: string, code: string, lastCounter: number): number | undefined => {
    const now = clock();
    return acceptedTotpCounter(
      totpOf(base32).validate({ token: code, timestamp: now, window: totpWindow }),
      now,
      lastCounter,
    );
  };
  const putConfirmed = (batch: AccountBatch, staffId: string, base32: string, lastCounter: number) =>
    batch.putEntry(confirmedArea, staffId, { sealed: sealer.seal(nameOf(staffId), base32) as JsonObject, lastCounter });
  const makeRecoveryCodes = (batch: AccountBatch, staffId: string): string[] => {
    const codes = Array.from({ length: recoveryCodeCount }, newRecoveryCode);
    batch.putEntry(
      recoveryArea,
      staffId,
      codes.map((code) => hashOfCode(staffId, normal(code))),
    );
    return codes;
  };
  const read = async (reader: EntryReader, area: string, staffId: string): Promise<Json | undefined> =>
    (await reader.getEntries(area, [staffId])).get(staffId);

  return {
    stateOf: async (reader, staffId) => ({
      totp: (await read(reader, confirmedArea, staffId)) !== undefined,
      recoveryCodesLeft: recoverySchema.safeParse(await read(reader, recoveryArea, staffId)).data?.length ?? 0,
    }),
    accept: async (batch, staffId, given) => {
      const code = normal(given);
      if (/^\d{6}$/.test(code)) {
        const confirmed = confirmedSchema.safeParse((await batch.getEntries(confirmedArea, [staffId])).get(staffId));
        const base32 = confirmed.data && sealer.open(nameOf(staffId), confirmed.data.sealed);
        const counter = base32 === undefined ? undefined : counterOf(base32, code, confirmed.data?.lastCounter ?? 0);
        if (base32 === undefined || counter === undefined) return undefined;
        putConfirmed(batch, staffId, base32, counter);
        return 'totp';
      }
      const stored =
        recoverySchema.safeParse((await batch.getEntries(recoveryArea, [staffId])).get(staffId)).data ?? [];
      const hash = hashOfCode(staffId, code);
      if (!stored.includes(hash)) return undefined;
      batch.putEntry(
        recoveryArea,
        staffId,
        stored.filter((one) => one !== hash),
      );
      return 'recovery_code';
    },
    begin: (batch, { id, email }) => {
      const base32 = new Secret({ buffer: Uint8Array.from(randomBytes(20)).buffer }).base32;
      const sealed = sealer.seal(nameOf(id), base32) as JsonObject;
      batch.putEntry(begunArea, id, sealed, clock() + enrolment);
      return { secret: base32, uri: totpOf(base32, email).toString() };
    },
    confirm: async (batch, staffId, code) => {
      const base32 = sealer.open(nameOf(staffId), (await batch.getEntries(begunArea, [staffId])).get(staffId));
      const counter = base32 === undefined ? undefined : counterOf(base32, normal(code), 0);
      if (base32 === undefined || counter === undefined) return undefined;
      batch.removeEntry(begunArea, staffId);
      putConfirmed(batch, staffId, base32, counter);
      return makeRecoveryCodes(batch, staffId);
    },
    renewRecoveryCodes: async (batch, staffId) =>
      (await read(batch, confirmedArea, staffId)) === undefined ? undefined : makeRecoveryCodes(batch, staffId),
    remove: async (batch, staffId) => {
      const there = (await read(batch, confirmedArea, staffId)) !== undefined;
      for (const area of [confirmedArea, begunArea, recoveryArea]) batch.removeEntry(area, staffId);
      return there;
    },
  };
}

/** As it was shown, whatever case, spaces and dashes somebody types. */
function normal(code: string): string {
  return code.normalize('NFKC').replaceAll(/[\s-]/g, '').toLowerCase();
}

function newRecoveryCode(): string {
  const letters = Array.from(randomBytes(12), (byte) => alphabet[byte % 32] ?? '').join('');
  return `${letters.slice(0, 4)}-${letters.slice(4, 8)}-${letters.slice(8)}`;
}
