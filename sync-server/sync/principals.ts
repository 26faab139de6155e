import type { Principal, Grant } from '#shared/domain/access/principal.ts';
import type { Clock } from '#shared/kernel/sources.ts';
import { role } from '#shared/resources/access/role.ts';
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
  /** Reads staff and roles again after they changed. */
  refresh: () => Promise<void>;
  count: () => number;
}

type StaffBody = ReturnType<typeof staff.body.parse>;
type RoleBody = ReturnType<typeof role.body.parse>;

/** Staff and roles in memory: few, and needed for every decision. */
export function createPrincipals(store: StoreReader, clock: Clock): Principals {
  let people = new Map<string, StaffBody & { id: string; active: boolean }>();
  let byEmail = new Map<string, string>();
  let roles = new Map<string, RoleBody>();
  const account = (id: string): StaffAccount | undefined => {
    const person = people.get(id);
    return person?.active ? { id, email: person.email, name: person.displayName, locale: person.locale } : undefined;
  };
  return {
    account,
    accountByEmail: (email) => account(byEmail.get(email.toLowerCase()) ?? ''),
    count: () => people.size,
    principalOf: (id) => {
      const person = people.get(id);
      if (!person?.active) return undefined;
      const now = clock();
      const grants = person.roles.flatMap((held): Grant[] => {
        const found = roles.get(held.roleId);
        if (!found || (held.expiresAt !== '' && Date.parse(held.expiresAt) <= now)) return [];
        return [
          {
            role: found.key,
            permissions: found.permissions,
            tenants: found.tenants.length > 0 ? found.tenants : '*',
            fieldRules: found.fieldRules,
          },
        ];
      });
      return { id, name: person.displayName, grants, assignedTenants: person.tenants };
    },
    refresh: async () => {
      const [staffRecords, roleRecords] = [await store.recordsOfKind('staff'), await store.recordsOfKind('role')];
      const nextPeople: typeof people = new Map();
      const nextRoles: typeof roles = new Map();
      for (const record of staffRecords) {
        if ('_deleted' in record) continue;
        const body = staff.body.safeParse(record.body);
        if (body.success)
          nextPeople.set(record.id, { ...body.data, id: record.id, active: record.status === 'active' });
      }
      for (const record of roleRecords) {
        if ('_deleted' in record) continue;
        const body = role.body.safeParse(record.body);
        if (body.success) nextRoles.set(record.id, body.data);
      }
      people = nextPeople;
      roles = nextRoles;
      byEmail = new Map([...people.values()].map((person) => [person.email.toLowerCase(), person.id]));
    },
  };
}
