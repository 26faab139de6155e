import type { RecordEnvelope } from '#shared/records/envelope.ts';
import { role } from '#shared/resources/access/role.ts';
import { staff } from '#shared/resources/access/staff.ts';
import { systemRoles } from '#shared/domain/access/systemRoles.ts';
import { demoAccounts } from './demoOptions.ts';
import { day } from './demoWorld.ts';
import type { DemoWorld } from './demoWorld.ts';
import { somePerson } from './names.ts';

export interface Colleague {
  id: string;
  name: string;
  roleKey: string;
}

export interface DemoPeople {
  records: RecordEnvelope[];
  colleagues: Colleague[];
  /** The colleague who has the role; the first one where several do. */
  withRole: (roleKey: string) => Colleague;
}

const others = [
  'operations',
  'operations',
  'growth_manager',
  'reliability',
  'support',
  'support',
  'admin',
  'viewer',
  'support',
];

/** The system roles, the demo accounts and some more colleagues. Support works for the first tenants only. */
export function makePeople(world: DemoWorld, tenantIds: readonly string[]): DemoPeople {
  const { options, random } = world;
  const founded = options.now - 700 * day;
  const roleIds = new Map<string, string>();
  const records: RecordEnvelope[] = systemRoles.map((system) => {
    const made = world.record(
      role,
      { at: founded },
      {
        key: system.key,
        name: system.name,
        isSystem: true,
        permissions: [...system.permissions],
        fieldRules: system.fieldRules.map((rule) => ({ ...rule })),
      },
    );
    roleIds.set(system.key, made.id);
    return made;
  });
  const colleagues: Colleague[] = [];
  const hire = (
    name: string,
    email: string,
    roleKey: string,
    locale: 'en' | 'ar' | 'fr',
    at: number,
    disabled = false,
  ) => {
    const roleId = roleIds.get(roleKey);
    if (!roleId) throw new Error(`demo data gives ${email} the role '${roleKey}', which is not a system role`);
    const limited = roleKey === 'support';
    const made = world.record(
      staff,
      { at, updatedAt: at + random.integer(1, 60) * day, status: disabled ? 'disabled' : 'active' },
      {
        email,
        displayName: name,
        roles: [{ id: roleId, roleId, expiresAt: '', reason: limited ? 'First-line support' : '' }],
        tenants: limited ? tenantIds.filter((_, index) => index % 9 === 0).slice(0, 40) : [],
        locale,
        notificationPreferences: { approvals: 'app', rules: roleKey === 'viewer' ? 'off' : 'app' },
      },
    );
    records.push(made);
    if (!disabled) colleagues.push({ id: made.id, name, roleKey });
  };
  demoAccounts.forEach((account, index) =>
    hire(account.displayName, account.email, account.roleKey, account.locale, founded + (index + 1) * day),
  );
  others.forEach((roleKey, index) => {
    const person = somePerson(random);
    hire(
      person.name,
      `${person.handle}.${index + 1}@steward.example`,
      roleKey,
      random.pick(['en', 'fr', 'ar']),
      founded + random.integer(30, 500) * day,
      index === 8,
    );
  });
  return {
    records,
    colleagues,
    withRole: (roleKey) => {
      const found = colleagues.find((colleague) => colleague.roleKey === roleKey);
      if (!found) throw new Error(`nobody in the demo data has the role '${roleKey}'`);
      return found;
    },
  };
}
