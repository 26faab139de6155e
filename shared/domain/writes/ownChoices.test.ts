import { describe, expect, it } from 'vitest';
import type { JsonObject } from '../../kernel/json.ts';
import type { Principal } from '../access/principal.ts';
import type { RecordEnvelope } from '../../records/envelope.ts';
import { staff } from '../../resources/access/staff.ts';
import { decideRecordWrite } from './decideRecordWrite.ts';
import { neededPermissions } from './neededPermissions.ts';

const roles = [{ id: 'support', roleId: 'support', expiresAt: '', reason: 'First line' }];
const stored: RecordEnvelope = {
  id: 'ada',
  kind: 'staff',
  tenantId: '',
  status: 'active',
  assignedTo: '',
  createdAt: '2026-03-01T08:00:00.000Z',
  createdBy: 'system',
  updatedAt: '2026-03-01T08:00:00.000Z',
  updatedBy: 'system',
  version: 3,
  body: staff.body.parse({ email: 'ada@steward.example', displayName: 'Ada', roles, tenants: ['acme'] }),
};
const personOf = (id: string, permissions: readonly string[] = ['tasks.view'], hidden?: string): Principal => ({
  id,
  name: id,
  assignedTenants: [],
  grants: [
    {
      role: 'support',
      permissions: [...permissions],
      tenants: '*',
      fieldRules: hidden === undefined ? [] : [{ resource: 'staff', field: hidden, access: 'hidden' }],
    },
  ],
});
const write = (doc: Partial<RecordEnvelope>, principal = personOf('ada')) =>
  decideRecordWrite({ resource: staff, stored, doc: { ...stored, ...doc, version: 4 }, principal });
const choose = { locale: 'fr', notificationPreferences: { approvals: 'off' } };

describe('what is the person’s own to choose', () => {
  it('they write without any permission, and it counts as the use of none', () => {
    const decided = write({ body: { ...stored.body, ...choose } });
    expect(decided).toMatchObject({ ok: true, value: { outcome: 'write', record: { body: choose } } });
    if (!decided.ok) return;
    expect(decided.value.record).toMatchObject({ body: { roles, tenants: ['acme'], displayName: 'Ada' } });
    expect(neededPermissions(staff, stored, decided.value.record)).toEqual([]);
    const byAnother = { ...decided.value.record, updatedBy: 'ben' };
    expect(neededPermissions(staff, stored, byAnother as RecordEnvelope)).toEqual(['staff.edit']);
  });

  it('nobody else writes it without staff.edit', () => {
    const body = { ...stored.body, ...choose };
    expect(write({ body }, personOf('ben'))).toMatchObject({ ok: false, error: { code: 'forbidden' } });
    expect(write({ body }, personOf('ben', ['staff.*'])).ok).toBe(true);
  });

  const without = (name: string) => Object.fromEntries(Object.entries(stored.body).filter(([field]) => field !== name));
  it.each<[string, Partial<RecordEnvelope>]>([
    ['their name', { body: { ...stored.body, ...choose, displayName: 'Ada, Countess' } }],
    ['their address', { body: { ...stored.body, email: 'ada@elsewhere.example' } }],
    ['their roles', { body: { ...stored.body, roles: [] } }],
    ['their tenants', { body: { ...stored.body, tenants: [] } }],
    ['roles that are left out', { body: { ...without('roles'), ...choose } }],
    ['tenants that are left out', { body: { ...without('tenants'), ...choose } }],
    ['a field that there is not', { body: { ...stored.body, ...choose, more: true } }],
    ['their status', { status: 'disabled', body: { ...stored.body, ...choose } }],
    ['subjects that there are not', { body: { ...stored.body, notificationPreferences: { more: 'off' } } }],
    ['an assignee', { assignedTo: 'ada', body: { ...stored.body, ...choose } }],
  ])('and it does not carry %s along', (_what, doc) => {
    expect(write(doc)).toMatchObject({ ok: false, error: { code: 'forbidden' } });
  });

  it('leaves what other versions keep among the preferences as it is', () => {
    const older = { ...stored, body: { ...stored.body, notificationPreferences: { digest: 'email', rules: 'app' } } };
    const chosen = (notificationPreferences: JsonObject) =>
      decideRecordWrite({
        resource: staff,
        stored: older,
        doc: { ...older, version: 4, body: { ...older.body, notificationPreferences } },
        principal: personOf('ada'),
      }).ok;
    expect(chosen({ digest: 'email', rules: 'off', approvals: 'off' })).toBe(true);
    expect(chosen({ digest: 'off', rules: 'off' })).toBe(false);
    expect(chosen({ rules: 'off' })).toBe(false);
    const many = Object.fromEntries(Array.from({ length: 20_000 }, (_none, at) => [`k${at}`, 'off']));
    expect(chosen({ digest: 'email', ...many })).toBe(false);
  });

  it('nor does it make or delete a person', () => {
    const principal = personOf('ada');
    const gone = { id: 'ada', kind: 'staff', tenantId: '', version: 4, _deleted: true as const };
    expect(decideRecordWrite({ resource: staff, stored, doc: gone, principal }).ok).toBe(false);
    expect(decideRecordWrite({ resource: staff, stored: undefined, doc: stored, principal }).ok).toBe(false);
  });

  it('keeps what a role hides, which is not in what they write', () => {
    const principal = personOf('ada', ['tasks.view', 'staff.view', 'staff.view_all'], 'tenants');
    const decided = write({ body: { ...without('tenants'), ...choose } }, principal);
    expect(decided).toMatchObject({ ok: true, value: { record: { body: { ...choose, tenants: ['acme'] } } } });
  });
});
