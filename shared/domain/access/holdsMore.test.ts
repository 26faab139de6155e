import { expect, it } from 'vitest';
import { makeGrant, makePrincipal } from '#tests/support/sampleResource.ts';
import { holdsMore } from './guardRights.ts';
import type { Principal } from './principal.ts';
import { systemRoles } from './systemRoles.ts';

const holdsAllOf = (one: Principal, other: Principal) => holdsMore(other, one).length === 0;

const withRole = (key: string) => {
  const role = systemRoles.find((one) => one.key === key);
  return makePrincipal([makeGrant([...(role?.permissions ?? [])], { fieldRules: [...(role?.fieldRules ?? [])] })]);
};

it('who holds everything holds what everybody holds, and nobody but them holds that', () => {
  for (const { key } of systemRoles) {
    expect(holdsAllOf(withRole('super_admin'), withRole(key))).toBe(true);
    expect(holdsAllOf(withRole(key), withRole('super_admin'))).toBe(key === 'super_admin');
    expect(holdsAllOf(withRole(key), withRole(key))).toBe(true);
  }
  expect(holdsAllOf(withRole('viewer'), makePrincipal([]))).toBe(true);
});

it('rights for some tenants do not stand for rights for others, and several roles count together', () => {
  const of = (...tenants: string[]) => makeGrant(['members.*'], { tenants });
  expect(holdsAllOf(makePrincipal([of('a')]), makePrincipal([of('a', 'b')]))).toBe(false);
  expect(holdsAllOf(makePrincipal([of('a'), of('b')]), makePrincipal([of('a', 'b')]))).toBe(true);
  expect(holdsAllOf(makePrincipal([of('a', 'b')]), makePrincipal([makeGrant(['members.view'])]))).toBe(false);
});

it('who may not see a field does not get into the account of somebody who may', () => {
  const hidden = { resource: 'members', field: 'email', access: 'hidden' as const };
  const locked = { ...hidden, access: 'read_only' as const };
  const of = (...fieldRules: (typeof hidden | typeof locked)[]) =>
    makePrincipal([makeGrant(['members.view'], { fieldRules })]);
  expect(holdsAllOf(of(hidden), of())).toBe(false);
  expect(holdsAllOf(of(hidden), of(locked))).toBe(false);
  expect(holdsAllOf(of(locked), of(hidden))).toBe(true);
  expect(holdsAllOf(of(hidden), of(hidden))).toBe(true);
});

it('tenants that are assigned to somebody are part of what they hold', () => {
  const own = makeGrant(['members.view']);
  const assigned = makePrincipal([own], { assignedTenants: ['a'] });
  expect(holdsAllOf(makePrincipal([own]), assigned)).toBe(false);
  expect(holdsAllOf(makePrincipal([own], { assignedTenants: ['a', 'b'] }), assigned)).toBe(true);
  expect(holdsAllOf(makePrincipal([makeGrant(['members.*'])]), assigned)).toBe(true);
});
