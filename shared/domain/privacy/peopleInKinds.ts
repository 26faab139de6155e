import type { RecordEnvelope } from '../../records/envelope.ts';
import { textIn } from '../../records/readBody.ts';
import type { Subject } from './subject.ts';

/** Fields that are about one and the same person; '' = the kind does not say. */
export interface PersonFields {
  name: string;
  email: string;
}

/**
 * What becomes of a record when a person in it is erased. `person`: it is the person and goes. `financial`: it is about
 * their money; it goes, or stays without them. `mention`: somebody or something else is what it is about; only the person's
 * data goes.
 */
export type Standing = 'person' | 'financial' | 'mention';

interface People extends PersonFields {
  standing: Standing;
}

const people: Readonly<Record<string, readonly People[]>> = {
  member: [{ name: 'name', email: 'email', standing: 'person' }],
  staff: [{ name: 'displayName', email: 'email', standing: 'person' }],
  tenant: [{ name: '', email: 'ownerEmail', standing: 'mention' }],
  payout: [{ name: 'recipientName', email: 'recipientEmail', standing: 'financial' }],
  referralCode: [{ name: 'ownerName', email: 'ownerEmail', standing: 'financial' }],
  referral: [
    { name: 'referrerName', email: '', standing: 'financial' },
    { name: 'referredName', email: 'referredEmail', standing: 'mention' },
  ],
  privacyRequest: [{ name: 'subjectName', email: 'subjectEmail', standing: 'mention' }],
};

/** Where a record of a kind names people. */
export function personFieldsOf(kind: string): readonly (PersonFields & { standing: Standing })[] {
  return people[kind] ?? [];
}

/** Kinds whose records are persons; of all others an id names a thing, whatever a request says. */
export const personKinds: readonly string[] = ['staff', 'member'];

/** What proves or rules the rest: no erasure deletes any of it, whatever it contains. */
export const neverErased: ReadonlySet<string> = new Set([
  'auditEntry',
  'auditKey',
  'auditHead',
  'auditGap',
  'legalHold',
  'retentionRule',
  'role',
]);

/** Fields whose value says that a record belongs to a staff person, and goes with them. */
const belongings: Readonly<Record<string, string>> = { session: 'staffId' };

/** Kinds whose sums the books show. */
export const financialKinds: readonly string[] = ['payout', 'referral', 'referralCode'];

/** What the record is to the person; undefined = nothing that this table knows. */
export function standingOf(record: RecordEnvelope, subject: Subject): Standing | undefined {
  if (neverErased.has(record.kind)) return undefined;
  if (isNamed(record, subject)) return 'person';
  const belonging = belongings[record.kind];
  if (belonging !== undefined && subject.ids.has(textIn(record.body, belonging))) return 'person';
  if (record.kind === 'notification' && subject.ids.has(record.assignedTo)) return 'person';
  const found = (people[record.kind] ?? []).filter((one) => isThePerson(record, one, subject));
  for (const standing of ['person', 'financial', 'mention'] as const)
    if (found.some((one) => one.standing === standing)) return standing;
  return undefined;
}

/** Top-level fields about people who are others, although they may have the same name: their address says so. */
export function fieldsOfOthers(record: RecordEnvelope, subject: Subject): string[] {
  if (isNamed(record, subject)) return [];
  return (people[record.kind] ?? []).flatMap(({ name, email }) => {
    const address = textIn(record.body, email);
    return name !== '' && address !== '' && !subject.matcher.findsEmail(address) ? [name] : [];
  });
}

/** Of a record that is handed to the person: the fields about somebody else. */
export function peopleBeside(record: RecordEnvelope, subject: Subject): string[] {
  const all = people[record.kind] ?? [];
  if (isNamed(record, subject)) return [];
  return all.flatMap((one) =>
    isThePerson(record, one, subject) ? [] : [one.name, one.email].filter((name) => name !== ''),
  );
}

function isNamed(record: RecordEnvelope, subject: Subject): boolean {
  return personKinds.includes(record.kind) && subject.ids.has(record.id);
}

function isThePerson(record: RecordEnvelope, { name, email }: PersonFields, subject: Subject): boolean {
  const address = textIn(record.body, email);
  if (address !== '') return subject.matcher.findsEmail(address);
  // A name within a longer one is somebody else's.
  return subject.matcher.isName(textIn(record.body, name));
}
