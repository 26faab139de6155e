import type { Principal } from '#shared/domain/access/principal.ts';
import { principalOf, rolesById } from '#shared/domain/access/principalFor.ts';
import type { RoleBody, StaffBody } from '#shared/domain/access/principalFor.ts';
import type { Clock } from '#shared/kernel/sources.ts';
import { isTombstone } from '#shared/records/envelope.ts';
import { role as roleResource } from '#shared/resources/access/role.ts';
import { staff } from '#shared/resources/access/staff.ts';
import type { StoreReader } from '../storage/store.ts';

export interface StaffAccount {
  id: string;
  email: string;
  name: string;
  locale: string;
}

export interface Principals {
  /** Rights as of now, expired roles left out; undefined for nobody and for disabled staff. */
  principalOf: (staffId: string) => Principal | undefined;
  accountByEmail: (email: string) => StaffAccount | undefined;
  account: (staffId: string) => StaffAccount | undefined;
  /** Reads staff and roles again if they changed; false: they did not. */
  refresh: () => Promise<boolean>;
  count: () => number;
  /** Roles that active staff hold until some moment, that moment past or to come. */
  limited: () => LimitedRole[];
  /** When the next role expires after a moment, both in milliseconds since the epoch; undefined = none does. */
  nextExpiry: (after: number) => number | undefined;
}

export interface LimitedRole {
  staffId: string;
  name: string;
  /** Key of the role. */
  role: string;
  /** ISO 8601. */
  expiresAt: string;
}

/** Changes of the collection that are looked through for staff and roles; where there are more, everything is read. */
const mostChanges = 1000;

/** Staff and roles in memory: few, and needed for every decision. */
export function createPrincipals(store: StoreReader, clock: Clock): Principals {
  let people = new Map<string, { body: StaffBody; active: boolean }>();
  let byEmail = new Map<string, string>();
  let roles = new Map<string, RoleBody>();
  /** How far the collection was read; 0 = not yet. */
  let position = 0;
  const account = (id: string): StaffAccount | undefined => {
    const person = people.get(id);
    if (!person?.active) return undefined;
    const { email, displayName, locale } = person.body;
    return { id, email, name: displayName, locale };
  };
  const limited = () =>
    [...people].flatMap(([staffId, { body, active }]) =>
      body.roles.flatMap(({ roleId, expiresAt }): LimitedRole[] => {
        const role = roles.get(roleId)?.key;
        return active && role && expiresAt !== '' ? [{ staffId, name: body.displayName, role, expiresAt }] : [];
      }),
    );
  const read = async (): Promise<boolean> => {
    const changes = position === 0 ? undefined : await store.changesSince('access', position, mostChanges);
    // Sessions come and go all the time.
    if (changes && changes.length < mostChanges && !changes.some(({ head }) => concernsRights(head.kind))) {
      position = Math.max(position, changes.at(-1)?.head.sequence ?? 0);
      return false;
    }
    const upTo = await store.collectionSequence('access');
    const [staffRecords, roleRecords] = [await store.recordsOfKind('staff'), await store.recordsOfKind('role')];
    const next: typeof people = new Map();
    for (const record of staffRecords) {
      if (isTombstone(record)) continue;
      const body = staff.body.safeParse(record.body);
      if (body.success) next.set(record.id, { body: body.data, active: record.status === 'active' });
    }
    people = next;
    roles = rolesById(roleRecords);
    byEmail = new Map([...people].map(([id, { body }]) => [body.email.toLowerCase(), id]));
    position = upTo;
    return true;
  };
  /** One after the other: what was read earlier must not replace what was read later. */
  let reading: Promise<boolean> = Promise.resolve(false);
  return {
    account,
    limited,
    nextExpiry: (after) => {
      const moments = limited().map((one) => Date.parse(one.expiresAt));
      const later = moments.filter((moment) => moment > after);
      return later.length === 0 ? undefined : Math.min(...later);
    },
    accountByEmail: (email) => account(byEmail.get(email.toLowerCase()) ?? ''),
    count: () => people.size,
    principalOf: (id) => {
      const person = people.get(id);
      return person?.active ? principalOf(id, person.body, roles, clock()) : undefined;
    },
    refresh: () => (reading = reading.then(read, read)),
  };
}

function concernsRights(kind: string): boolean {
  return kind === staff.kind || kind === roleResource.kind;
}
