import { personKinds } from '#shared/domain/privacy/peopleInKinds.ts';
import { subjectOf } from '#shared/domain/privacy/subject.ts';
import type { Subject, SubjectSpec } from '#shared/domain/privacy/subject.ts';
import { isTombstone } from '#shared/records/envelope.ts';
import { textIn } from '#shared/records/readBody.ts';
import type { Json } from '#shared/kernel/json.ts';
import type { Entry, StoreReader } from '../../storage/store.ts';

/** Whose data, and within what. */
export interface Search {
  spec: SubjectSpec;
  subject: Subject;
  /** Ids of the person's staff records: what is kept under them is theirs. */
  staffIds: ReadonlySet<string>;
  /** '' = everywhere. */
  tenantId: string;
}

export interface AskedFor {
  subjectEmail: string;
  subjectName: string;
  subjectRecords: readonly string[];
  tenantId: string;
}

/**
 * The person as the request names them, and as their records do: a record that is named brings its address and name along,
 * and a staff or member record with the address is the person's. What is named and is of another kind is nobody.
 */
export async function searchFor(reader: StoreReader, asked: AskedFor): Promise<Search> {
  const emails = [asked.subjectEmail];
  const names = [asked.subjectName];
  const isPersonKind = (named: string) => personKinds.some((kind) => named.startsWith(`${kind}:`));
  const idOf = (named: string) => named.slice(named.indexOf(':') + 1);
  const asPersons = asked.subjectRecords.filter(isPersonKind);
  const named = await reader.getRecords(asPersons.map(idOf));
  // One that is gone already may still be referred to.
  const records = new Set(asPersons.filter((one) => personKinds.includes(named.get(idOf(one))?.kind ?? 'member')));
  const known = [...named.values()].filter((record) => personKinds.includes(record.kind));
  const address = asked.subjectEmail.toLowerCase();
  if (address !== '')
    for (const kind of personKinds)
      for (const record of await reader.recordsOfKind(kind))
        if (!isTombstone(record) && textIn(record.body, 'email').toLowerCase() === address) known.push(record);
  for (const record of known) {
    if (isTombstone(record) || (asked.tenantId !== '' && record.tenantId !== asked.tenantId)) continue;
    records.add(`${record.kind}:${record.id}`);
    emails.push(textIn(record.body, 'email'));
    names.push(textIn(record.body, record.kind === 'staff' ? 'displayName' : 'name'));
  }
  return searchOf({ emails, names, records: [...records] }, asked.tenantId);
}

export function searchOf(spec: SubjectSpec, tenantId: string): Search {
  const staff = spec.records.filter((one) => one.startsWith('staff:')).map((one) => one.slice('staff:'.length));
  return { spec, subject: subjectOf(spec), staffIds: new Set(staff), tenantId };
}

/** The kinds of the private store, as they are counted. */
export const privateKind = (area: string): string => `private:${area}`;

/** Entries that belong to a staff person by their key or their `staffId`: second factors, links, failed attempts. */
export function belongsToStaff(entry: Pick<Entry, 'key' | 'value'>, { staffIds }: Search): boolean {
  if (staffIds.size === 0) return false;
  if (entry.key.split(/[|:/]/u).some((part) => staffIds.has(part))) return true;
  const owner = ownerOf(entry.value, 'staffId');
  return owner !== undefined && staffIds.has(owner);
}

/** The tenant that a private value says it is of; undefined when it says nothing. */
export function ownerOf(value: Json, name: 'tenantId' | 'staffId'): string | undefined {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined;
  const owner = value[name];
  return typeof owner === 'string' ? owner : undefined;
}
