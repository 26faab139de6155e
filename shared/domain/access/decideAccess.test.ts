import { describe, expect, it } from 'vitest';
import { makeGrant, makePrincipal, makeTicket, ticket } from '#tests/support/sampleResource.ts';
import { decideAccess, heldPatterns, permissionMatches, tenantScope } from './decideAccess.ts';
import { hiddenFields, redactRecord } from './fieldAccess.ts';

const target = { tenantId: 'tenant-1', createdBy: 'someone', assignedTo: '' };

describe('decideAccess', () => {
  it.each([
    ['*', 'tasks.view', true],
    ['tasks.*', 'tasks.view', true],
    ['tasks.view', 'tasks.view', true],
    ['tasks.view', 'tasks.view_all', false],
    ['task.*', 'tasks.view', false],
    ['tasks.*', 'tasksmore.view', false],
    ['', 'tasks.view', false],
  ])('pattern %s covers %s: %s', (pattern, permission, covered) => {
    expect(permissionMatches(pattern, permission)).toBe(covered);
  });

  it('refuses by default and says what stood in the way', () => {
    expect(decideAccess(makePrincipal([]), 'tasks.view', target)).toMatchObject({
      allowed: false,
      reason: 'no_grant',
    });
    const elsewhere = makePrincipal([makeGrant(['*'], { tenants: ['tenant-2'] })]);
    expect(decideAccess(elsewhere, 'tasks.view', target)).toMatchObject({
      allowed: false,
      reason: 'other_tenant',
    });
    expect(decideAccess(makePrincipal([makeGrant(['tasks.view'])]), 'tasks.view', target)).toMatchObject({
      allowed: false,
      reason: 'not_owner',
    });
  });

  it('view without view_all reaches what the person made, is assigned or whose tenant is theirs', () => {
    const person = makePrincipal([makeGrant(['tasks.view'])], { assignedTenants: ['tenant-9'] });
    expect(decideAccess(person, 'tasks.view', { ...target, createdBy: person.id }).allowed).toBe(true);
    expect(decideAccess(person, 'tasks.view', { ...target, assignedTo: person.id }).allowed).toBe(true);
    expect(decideAccess(person, 'tasks.view', { ...target, tenantId: 'tenant-9' }).allowed).toBe(true);
  });

  it('a grant limited to tenants shows shared catalogues but changes nothing in them', () => {
    const person = makePrincipal([makeGrant(['*'], { tenants: ['tenant-1'] })]);
    expect(decideAccess(person, 'automation.view', { tenantId: '' }).allowed).toBe(true);
    expect(decideAccess(person, 'automation.edit', { tenantId: '' }).allowed).toBe(false);
    expect(decideAccess(person, 'audit.view', { tenantId: '' }).allowed).toBe(false);
    expect(tenantScope(person)).toEqual(['tenant-1']);
    expect(heldPatterns(person)).toEqual(['*']);
  });
});

describe('field permissions', () => {
  const hides = makeGrant(['*'], {
    fieldRules: [{ resource: 'tasks', field: 'amount', access: 'hidden' }],
  });

  it('a hidden field is not in the record at all, and a secret one for nobody', () => {
    expect(redactRecord(makePrincipal([hides]), ticket, makeTicket()).body).toEqual({
      title: 'Broken gate',
      count: 0,
      tags: [],
    });
    expect(hiddenFields(makePrincipal([makeGrant(['*'])]), ticket, makeTicket())).toEqual(['secret']);
  });

  it('a second role that shows the field wins only where it applies', () => {
    const other = (tenants: string[]) => makePrincipal([hides, makeGrant(['*'], { role: 'other', tenants })]);
    expect(hiddenFields(other(['tenant-1']), ticket, makeTicket())).toEqual(['secret']);
    expect(hiddenFields(other(['tenant-2']), ticket, makeTicket())).toEqual(['secret', 'amount']);
  });
});
