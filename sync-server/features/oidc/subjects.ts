import { createHash } from 'node:crypto';
import * as z from 'zod';
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

const bySubject = 'oidc.subject';
const byStaff = 'oidc.staff';
const heldSchema = z.string();
const hashOf = (text: string) => createHash('sha256').update(text).digest('hex');
const subjectKey = ({ issuer, subject }: Subject) => hashOf(JSON.stringify([issuer, subject]));
/** An account is tied to one subject of each provider. */
const staffKey = (issuer: string, staffId: string) => `${staffId}|${hashOf(issuer)}`;

/** Which person of a provider is which account, in the store; what the provider calls them is kept as a hash only. */
export function createSubjects(store: SyncStore): Subjects {
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
        return true;
      }),
  };
}

/** Lets go of what ties an account to people of providers, for accounts that are gone or shall be tied anew. */
export async function unbindSubjects(transaction: StoreTransaction, staffId: string): Promise<void> {
  const held = await transaction.entriesOf(byStaff, { prefix: `${staffId}|`, limit: 1000 });
  await transaction.removeEntries(
    held.flatMap(({ key, value }) => [
      { area: byStaff, key },
      { area: bySubject, key: heldSchema.parse(value) },
    ]),
  );
}

async function read(reader: StoreReader, area: string, key: string): Promise<string | undefined> {
  return heldSchema.safeParse((await reader.getEntries(area, [key])).get(key)).data;
}
