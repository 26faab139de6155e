import { createHash } from 'node:crypto';
import * as z from 'zod';
import type { Clock } from '#shared/kernel/sources.ts';
import type { StoreReader, StoreTransaction, SyncStore } from '../../storage/store.ts';

/** Somebody at a provider. */
export interface Subject {
  issuer: string;
  subject: string;
}

export interface Subjects {
  /** Whose account it signs in to; undefined = nobody's yet. */
  staffOf: (subject: Subject) => Promise<string | undefined>;
  /** Ties it to an account for good. False: one of the two is tied already, to another. */
  bind: (subject: Subject, staffId: string) => Promise<boolean>;
}

/** That an account is tied to somebody at a provider. */
export interface Tie {
  /** '' = tied by an earlier version, which did not keep it. */
  issuer: string;
  /** Milliseconds since the epoch; 0 = tied by an earlier version. */
  since: number;
}

const bySubject = 'oidc.subject';
const byStaff = 'oidc.staff';
/** By the key of `byStaff`: what people are told of the tie. */
const ties = 'oidc.tie';
const heldSchema = z.string();
const tieSchema = z.object({ issuer: z.string(), since: z.number() });
const unknownTie: Tie = { issuer: '', since: 0 };
const hashOf = (text: string) => createHash('sha256').update(text).digest('hex');
/** What stands for somebody at a provider in what is kept. */
export const subjectKey = ({ issuer, subject }: Subject): string => hashOf(JSON.stringify([issuer, subject]));
/** An account is tied to one subject of each provider. */
const staffKey = (issuer: string, staffId: string) => `${staffId}|${hashOf(issuer)}`;

/** Which person of a provider is which account, in the store; what the provider calls them is kept as a hash only. */
export function createSubjects(store: SyncStore, clock: Clock): Subjects {
  return {
    staffOf: (subject) => read(store, bySubject, subjectKey(subject)),
    bind: (subject, staffId) =>
      store.transaction(async (transaction) => {
        const [key, ofStaff] = [subjectKey(subject), staffKey(subject.issuer, staffId)];
        const [holder, held] = [await read(transaction, bySubject, key), await read(transaction, byStaff, ofStaff)];
        if ((holder ?? staffId) !== staffId || (held ?? key) !== key) return false;
        await transaction.putEntries([
          { area: bySubject, key, value: staffId },
          { area: byStaff, key: ofStaff, value: key },
        ]);
        if (held === undefined)
          await transaction.putEntries([
            { area: ties, key: ofStaff, value: { issuer: subject.issuer, since: clock() } },
          ]);
        return true;
      }),
  };
}

/** Lets go of what ties an account to people of providers, for accounts that are gone or shall be tied anew. */
export async function unbindSubjects(
  transaction: StoreTransaction,
  staffId: string,
  /** Is let go of even where the account does not know of it any more, as after its person was erased. */
  subject?: Subject,
): Promise<void> {
  if (subject) await transaction.removeEntries([{ area: bySubject, key: subjectKey(subject) }]);
  const held = await transaction.entriesOf(byStaff, { prefix: `${staffId}|`, limit: 1000 });
  await transaction.removeEntries(
    held.flatMap(({ key, value }) => [
      { area: byStaff, key },
      { area: ties, key },
      { area: bySubject, key: heldSchema.parse(value) },
    ]),
  );
}

/** To whom at a provider an account is tied; undefined = to nobody. */
export async function tieOf(reader: StoreReader, staffId: string): Promise<Tie | undefined> {
  const [held] = await reader.entriesOf(byStaff, { prefix: `${staffId}|`, limit: 1 });
  if (!held) return undefined;
  const told = tieSchema.safeParse((await reader.getEntries(ties, [held.key])).get(held.key));
  return told.success ? told.data : unknownTie;
}

async function read(reader: StoreReader, area: string, key: string): Promise<string | undefined> {
  return heldSchema.safeParse((await reader.getEntries(area, [key])).get(key)).data;
}
