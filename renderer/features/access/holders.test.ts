import { describe, expect, it } from 'vitest';
import type { Role } from '#shared/resources/access/role.ts';
import type { Staff } from '#shared/resources/access/staff.ts';
import { grantState, holdersOf, whomToAsk } from './holders.ts';

const now = Date.parse('2026-11-21T12:00:00.000Z');
const at = (days: number) => new Date(now + days * 86_400_000).toISOString();
const envelope = {
  tenantId: '',
  assignedTo: '',
  version: 1,
  createdAt: '',
  createdBy: '',
  updatedAt: '',
  updatedBy: '',
};

const role = (id: string, permissions: string[]): Role => ({
  ...envelope,
  id,
  kind: 'role',
  status: '',
  body: { key: id, name: id, description: '', isSystem: false, permissions, tenants: [], fieldRules: [] },
});
const person = (id: string, roleId: string, expiresAt = '', status = 'active'): Staff => ({
  ...envelope,
  id,
  kind: 'staff',
  status,
  body: {
    email: `${id}@steward.example`,
    displayName: id,
    roles: [{ id: roleId, roleId, expiresAt, reason: '' }],
    tenants: [],
    locale: 'en',
    notificationPreferences: {},
  },
});

describe('who holds a role', () => {
  it('a grant is lasting, until, soon over or over', () => {
    expect(['', at(30), at(3), at(-1)].map((expiresAt) => grantState({ expiresAt }, now))).toEqual([
      'lasting',
      'until',
      'soon',
      'over',
    ]);
  });

  it('counts active people whose grant is in force', () => {
    const people = [
      person('ada', 'desk'),
      person('ben', 'desk', at(-1)),
      person('cleo', 'desk', '', 'disabled'),
      person('dan', 'other'),
    ];
    expect(holdersOf('desk', people, now).map((one) => one.id)).toEqual(['ada']);
  });

  it('asks those who may give roles, by whatever pattern they hold that', () => {
    const roles = [role('root', ['*']), role('givers', ['roles.*']), role('seers', ['roles.view'])];
    const people = [person('ada', 'root'), person('ben', 'givers'), person('cleo', 'seers')];
    expect(whomToAsk(people, roles, now).map((one) => one.id)).toEqual(['ada', 'ben']);
  });
});
