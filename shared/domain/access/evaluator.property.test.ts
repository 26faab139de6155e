import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { makeTicket, ticket } from '#tests/support/sampleResource.ts';
import type { AccessTarget } from './decideAccess.ts';
import { decideAccess, explainAccess, permissionMatches } from './decideAccess.ts';
import { hiddenFields, lockedFields } from './fieldAccess.ts';
import type { FieldRule, Grant, Principal } from './principal.ts';
import { beyond } from './reach.ts';
import { seesMore } from './viewGrowth.ts';
import { recordViewOf } from './recordView.ts';

const resources = ['tasks', 'task', 'tasksmore', 'flags', 'settings'];
const verbs = ['view', 'view_all', 'create', 'edit', 'approve'];
const tenants = ['', 't1', 't2'];
const people = ['me', 'you', ''];
const permission = fc.tuple(fc.constantFrom(...resources), fc.constantFrom(...verbs)).map((parts) => parts.join('.'));
const pattern = fc.oneof(
  { weight: 1, arbitrary: fc.constant('*') },
  { weight: 3, arbitrary: fc.constantFrom(...resources).map((name) => `${name}.*`) },
  { weight: 8, arbitrary: permission },
);
const rule: fc.Arbitrary<FieldRule> = fc.record({
  resource: fc.constantFrom('tasks', 'flags'),
  field: fc.constantFrom('title', 'amount'),
  access: fc.constantFrom('hidden', 'read_only'),
});
const grant: fc.Arbitrary<Grant> = fc.record({
  role: fc.constantFrom('a', 'b', 'c'),
  permissions: fc.array(pattern, { maxLength: 4 }),
  tenants: fc.oneof(fc.constant('*' as const), fc.subarray(['t1', 't2'], { minLength: 1 })),
  fieldRules: fc.array(rule, { maxLength: 2 }),
});
const principal: fc.Arbitrary<Principal> = fc.record({
  id: fc.constant('me'),
  name: fc.constant('Me'),
  grants: fc.array(grant, { maxLength: 4 }),
  assignedTenants: fc.subarray(['t1', 't2']),
});
const target: fc.Arbitrary<AccessTarget> = fc.record({
  tenantId: fc.constantFrom(...tenants),
  createdBy: fc.constantFrom(...people),
  assignedTo: fc.constantFrom(...people),
});
const runs = { numRuns: 3000 };

/** The rule in its plainest words, written apart from the code that is tested. */
function oracle(person: Principal, wanted: string, about: AccessTarget): boolean {
  const [resource = '', verb = ''] = wanted.split('.');
  const shared = ['automation', 'programmes', 'flags', 'plugins', 'notifications', 'tasks', 'approvals', 'commands'];
  return person.grants.some((one) => {
    const has = (name: string) =>
      ['*', `${resource}.*`, `${resource}.${name}`].some((p) => one.permissions.includes(p));
    const here =
      one.tenants === '*' ||
      one.tenants.includes(about.tenantId) ||
      (about.tenantId === '' && verb === 'view' && shared.includes(resource));
    const mine =
      about.createdBy === person.id ||
      about.assignedTo === person.id ||
      person.assignedTenants.includes(about.tenantId);
    return has(verb) && here && (mine || verb === 'create' || resource === 'settings' || has('view_all'));
  });
}

describe('the evaluator', () => {
  it('decides as the plain rule does, and explains what it decides', () => {
    fc.assert(
      fc.property(principal, permission, target, (person, wanted, about) => {
        const decision = decideAccess(person, wanted, about);
        const explained = explainAccess(person, wanted, about);
        expect(decision.allowed).toBe(oracle(person, wanted, about));
        expect(explained.allowed).toBe(decision.allowed);
        expect(explained.steps.at(-1)?.outcome === 'allowed').toBe(decision.allowed);
        expect(decision.allowed || explained.steps.length === person.grants.length).toBe(true);
      }),
      runs,
    );
  });

  it('another grant never takes access away, nor does it hide or lock a field', () => {
    fc.assert(
      fc.property(principal, grant, permission, target, (person, more, wanted, about) => {
        const richer = { ...person, grants: [...person.grants, more] };
        const lost = decideAccess(person, wanted, about).allowed && !decideAccess(richer, wanted, about).allowed;
        expect(lost).toBe(false);
        const record = makeTicket({ createdBy: '', ...about });
        if (!decideAccess(person, 'tasks.view', about).allowed) return;
        for (const name of hiddenFields(richer, ticket, record))
          expect(hiddenFields(person, ticket, record)).toContain(name);
        if (!decideAccess(person, 'tasks.edit', about).allowed) return;
        for (const name of lockedFields(richer, ticket, record))
          expect(lockedFields(person, ticket, record)).toContain(name);
      }),
      runs,
    );
  });

  it('a pattern covers whole words only', () => {
    fc.assert(
      fc.property(pattern, permission, (held, wanted) => {
        const [resource, verb] = held.split('.');
        const plainly =
          held === '*' || (wanted.split('.')[0] === resource && [wanted.split('.')[1], '*'].includes(verb));
        expect(permissionMatches(held, wanted)).toBe(plainly);
      }),
      runs,
    );
  });

  it('a role that gives nothing beyond what its giver holds opens nothing to anybody that is closed to the giver', () => {
    fc.assert(
      fc.property(principal, grant, permission, fc.constantFrom(...tenants), (person, role, wanted, tenantId) => {
        const rights = { ...role, tenants: role.tenants === '*' ? [] : role.tenants };
        if (beyond(person, rights).length > 0) return;
        const other: Principal = { id: 'other', name: 'Other', grants: [role], assignedTenants: [] };
        const foreign = { tenantId, createdBy: 'you', assignedTo: '' };
        if (!decideAccess(other, wanted, foreign).allowed) return;
        expect(decideAccess(person, wanted, foreign).allowed).toBe(true);
      }),
      runs,
    );
  });

  it('where nothing more can be seen, no record and no field comes into sight', () => {
    const record = target.map((about) => ({
      ...makeTicket({ createdBy: '', ...about }),
      kind: 'task',
      body: { title: 'Call', amount: 1 },
    }));
    fc.assert(
      fc.property(principal, principal, record, (before, after, one) => {
        if (seesMore(before, after, 'runs')) return;
        const [had, has] = [before, after].map((person) => recordViewOf(person).show(one));
        const fields = (state: typeof had) => (state && 'body' in state ? Object.keys(state.body) : []);
        expect(has !== undefined && had === undefined).toBe(false);
        expect(fields(had)).toEqual(expect.arrayContaining(fields(has)));
      }),
      { numRuns: 6000 },
    );
  });
});

it('an expired role is named where it would have allowed, and only there', () => {
  const lapsed = {
    role: 'old',
    permissions: ['tasks.*'],
    tenants: ['t1'],
    fieldRules: [],
    expiresAt: '2026-01-01T00:00:00Z',
  };
  const person: Principal = { id: 'me', name: 'Me', grants: [], assignedTenants: [], expired: [lapsed] };
  expect(explainAccess(person, 'tasks.edit', { tenantId: 't1' }).steps).toEqual([
    { outcome: 'expired', role: 'old', expiredAt: lapsed.expiresAt },
  ]);
  expect(explainAccess(person, 'tasks.edit', { tenantId: 't2' }).steps).toEqual([]);
});
