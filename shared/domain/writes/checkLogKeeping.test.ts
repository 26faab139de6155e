import { describe, expect, it } from 'vitest';
import { legalHold } from '../../resources/audit/legalHold.ts';
import { decideWrite } from './decideWrite.ts';

const at = '2026-01-01T00:00:00.000Z';
const who = (permissions: string[]) => ({
  id: 'ada',
  name: 'Ada',
  assignedTenants: [],
  grants: [{ role: 'x', permissions, tenants: '*' as const, fieldRules: [] }],
});
const hold = (reason: string, status = 'active') => ({
  id: 'hold-1',
  kind: 'legalHold',
  tenantId: 'acme',
  status,
  assignedTo: '',
  createdAt: at,
  createdBy: 'ada',
  updatedAt: at,
  updatedBy: 'ada',
  version: 1,
  body: { name: 'Lawsuit', reason, subjectId: '', from: '', until: '' },
});
const decide = (permissions: string[], reason: string) =>
  decideWrite({ resource: legalHold, stored: undefined, doc: hold(reason), principal: who(permissions) });

describe('a legal hold', () => {
  it('is made by who manages the audit log, and says why', () => {
    expect(decide(['audit.create', 'audit.view', 'audit.view_all'], 'Counsel asked')).toMatchObject({
      ok: false,
      error: { code: 'forbidden', details: { permission: 'audit.manage' } },
    });
    expect(decide(['audit.*'], '  ')).toMatchObject({ ok: false, error: { code: 'invalid', path: 'body.reason' } });
    expect(decide(['audit.*'], 'Counsel asked')).toMatchObject({ ok: true });
  });
});
