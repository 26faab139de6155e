import { describe, expect, it } from 'vitest';
import type { RecordEnvelope } from '../../records/envelope.ts';
import type { JsonObject } from '../../kernel/json.ts';
import type { AccessUse, RoleRights } from './accessTypes.ts';
import { compareRights } from './compareRights.ts';
import { simulateRoleChange } from './simulateRoleChange.ts';

const now = Date.parse('2026-11-21T12:00:00.000Z');
const rights = (permissions: string[], changes: Partial<RoleRights> = {}): RoleRights => ({
  permissions,
  tenants: [],
  fieldRules: [],
  ...changes,
});

function record(kind: string, id: string, body: JsonObject, status = ''): RecordEnvelope {
  const at = '2026-01-01T00:00:00.000Z';
  const made = { createdAt: at, createdBy: 'system', updatedAt: at, updatedBy: 'system', version: 1 };
  return { id, kind, tenantId: '', status, assignedTo: '', ...made, body };
}
const role = (id: string, permissions: string[], more: JsonObject = {}) =>
  record('role', id, { key: id, name: id, permissions, ...more });
const person = (id: string, ...roles: string[]) =>
  record(
    'staff',
    id,
    { email: `${id}@example.com`, displayName: id, roles: roles.map((roleId) => ({ id: roleId, roleId })) },
    'active',
  );
const use = (staffId: string, permission: string, changes: Partial<AccessUse> = {}): AccessUse => ({
  staffId,
  permission,
  tenantId: 't1',
  own: false,
  day: '2026-11-01',
  allowed: 1,
  denied: 0,
  ...changes,
});

describe('simulateRoleChange', () => {
  const roles = [role('clerk', ['payouts.*', 'tasks.view']), role('helper', ['payouts.view', 'payouts.view_all'])];
  const staff = [person('ann', 'clerk'), person('bob', 'clerk', 'helper'), person('cleo', 'helper')];

  it('tells who would lose what, and which recorded accesses would be refused', () => {
    const uses = [
      use('ann', 'payouts.view', { day: '2026-11-03', allowed: 4 }),
      use('ann', 'payouts.view', { tenantId: 't2', allowed: 2, denied: 9 }),
      use('bob', 'payouts.view', { allowed: 7 }),
      use('bob', 'payouts.edit', { allowed: 3 }),
      use('cleo', 'payouts.view', { allowed: 5 }),
    ];
    const found = simulateRoleChange({
      roles,
      staff,
      change: { roleId: 'clerk', after: rights(['tasks.view']) },
      uses,
      now,
    });
    expect(found).toMatchObject({ holders: 2, decisions: 30 });
    expect(found.people.map((one) => [one.name, one.refused, one.allowed])).toEqual([
      ['ann', [{ permission: 'payouts.view', count: 6, lastDay: '2026-11-03', tenants: ['t1', 't2'] }], []],
      ['bob', [{ permission: 'payouts.edit', count: 3, lastDay: '2026-11-01', tenants: ['t1'] }], []],
    ]);
    expect(found.people[0]?.lost).toContainEqual({ permission: 'payouts.view', extent: 'whole' });
    expect(found.people[1]?.lost.map((one) => one.permission)).not.toContain('payouts.view');
  });

  it('a role limited to tenants is lost in part, and an own record stays reachable without view_all', () => {
    const change = { roleId: 'clerk', after: rights(['payouts.view', 'tasks.view'], { tenants: ['t1'] }) };
    const uses = [use('ann', 'payouts.view', { own: true }), use('ann', 'payouts.view', { own: true, tenantId: 't2' })];
    const [ann] = simulateRoleChange({ roles, staff, change, uses, now }).people;
    expect(ann?.lost).toContainEqual({ permission: 'payouts.view', extent: 'part' });
    expect(ann?.refused).toEqual([{ permission: 'payouts.view', count: 1, lastDay: '2026-11-01', tenants: ['t2'] }]);
  });

  it('a role that is gone takes everything, and one that gives more shows what was refused before', () => {
    const gone = simulateRoleChange({ roles, staff, change: { roleId: 'helper', after: null }, uses: [], now });
    expect(gone.people.map((one) => one.name)).toEqual(['cleo']);
    const uses = [use('cleo', 'payouts.edit', { allowed: 0, denied: 2 })];
    const more = simulateRoleChange({
      roles,
      staff,
      change: { roleId: 'helper', after: rights(['payouts.*']) },
      uses,
      now,
    });
    expect(more.people.find((one) => one.name === 'cleo')?.allowed).toMatchObject([
      { permission: 'payouts.edit', count: 2 },
    ]);
  });

  it('fields that would be hidden are told for each person, unless another role shows them', () => {
    const hides = rights(['payouts.*', 'tasks.view'], {
      fieldRules: [{ resource: 'payouts', field: 'gross', access: 'hidden' }],
    });
    const found = simulateRoleChange({ roles, staff, change: { roleId: 'clerk', after: hides }, uses: [], now });
    expect(found.people.map((one) => [one.name, one.fields])).toEqual([
      ['ann', [{ resource: 'payouts', field: 'gross', before: 'edit', after: 'hidden' }]],
      ['bob', [{ resource: 'payouts', field: 'gross', before: 'edit', after: 'read_only' }]],
    ]);
  });

  it('wildcards are compared by the single permissions they stand for', () => {
    const found = compareRights(rights(['flags.*']), rights(['flags.view', 'slos.view'], { tenants: ['t1'] }));
    expect(found.gained).toEqual(['slos.view']);
    expect(found.lost).toEqual(expect.arrayContaining(['flags.edit', 'flags.view_all', 'flags.delete']));
    expect(found.tenants).toEqual({ before: '*', after: ['t1'], gained: [], lost: '*' });
    expect(compareRights(rights(['*']), rights(['*', 'flags.view'])).gained).toEqual([]);
  });
});
