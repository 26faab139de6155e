import { describe, expect, it } from 'vitest';
import type { Principal } from '#shared/domain/access/principal.ts';
import type { RecordEnvelope } from '#shared/records/envelope.ts';
import { previewTransition, transitionOptions } from './transitionPreview.ts';

function makeTenant(id: string, status: string): RecordEnvelope {
  return {
    id,
    kind: 'tenant',
    tenantId: id,
    status,
    assignedTo: '',
    createdAt: '2026-01-01T00:00:00.000Z',
    createdBy: 'system',
    updatedAt: '2026-01-01T00:00:00.000Z',
    updatedBy: 'system',
    version: 1,
    body: {},
  };
}

function makePerson(permissions: string[], tenants: '*' | string[] = '*'): Principal {
  return {
    id: 'me',
    name: 'Me',
    grants: [{ role: 'operations', permissions, tenants, fieldRules: [] }],
    assignedTenants: [],
  };
}

describe('sending many tenants to one state', () => {
  const tenants = [
    makeTenant('a', 'ACTIVE'),
    makeTenant('b', 'SUSPENDED'),
    makeTenant('c', 'CREATED'),
    makeTenant('d', 'READ_ONLY'),
  ];

  it('says which are refused and why', () => {
    const preview = previewTransition(tenants, 'READ_ONLY', 'Audit', makePerson(['tenants.*']));
    expect(preview.accepted.map((record) => record.id)).toEqual(['a', 'b']);
    expect(preview.refused.map(({ record, problem }) => [record.id, problem.reason])).toEqual([
      ['c', 'not_allowed'],
      ['d', 'already_there'],
    ]);
  });

  it('a missing reason refuses those that need one', () => {
    const preview = previewTransition(tenants.slice(0, 1), 'SUSPENDED', ' ', makePerson(['*']));
    expect(preview.refused[0]?.problem.reason).toBe('reason_required');
  });

  it('a tenant outside the person’s reach is refused', () => {
    const preview = previewTransition(tenants.slice(0, 2), 'DEPROVISIONING', 'Left', makePerson(['tenants.*'], ['a']));
    expect(preview.accepted.map((record) => record.id)).toEqual(['a']);
    expect(preview.refused[0]?.problem.reason).toBe('forbidden');
  });
});

describe('what may follow for one tenant', () => {
  it('every other state is offered, the impossible ones with their reason', () => {
    const options = transitionOptions(makeTenant('a', 'ACTIVE'), makePerson(['tenants.*']));
    const allowed = options.filter((option) => !option.problem).map((option) => option.to);
    expect(allowed).toEqual(['SUSPENDED', 'READ_ONLY', 'DEPROVISIONING']);
    expect(options.find((option) => option.to === 'ARCHIVED')?.problem).toMatchObject({ reason: 'not_allowed' });
    expect(options.find((option) => option.to === 'SUSPENDED')).toMatchObject({ needsReason: true, dangerous: true });
  });

  it('signed out, nothing is possible', () => {
    const options = transitionOptions(makeTenant('a', 'ACTIVE'), undefined);
    expect(options.every((option) => option.problem)).toBe(true);
  });
});
