import { permissionMatches } from '#shared/domain/access/decideAccess.ts';
import type { Role } from '#shared/resources/access/role.ts';
import type { Staff } from '#shared/resources/access/staff.ts';

export type HeldRole = Staff['body']['roles'][number];

/** Days before the end of a grant from which it is shown as ending soon. */
export const soonDays = 7;

/** Where a grant stands in time. */
export function grantState(
  { expiresAt }: Pick<HeldRole, 'expiresAt'>,
  now: number,
): 'lasting' | 'until' | 'soon' | 'over' {
  if (expiresAt === '') return 'lasting';
  const left = Date.parse(expiresAt) - now;
  if (left <= 0) return 'over';
  return left <= soonDays * 86_400_000 ? 'soon' : 'until';
}

/** Active people who hold the role now. */
export function holdersOf(roleId: string, people: readonly Staff[], now: number): Staff[] {
  return people.filter(
    (person) =>
      person.status === 'active' &&
      person.body.roles.some((held) => held.roleId === roleId && grantState(held, now) !== 'over'),
  );
}

/** Roles that hold a permission. */
export function rolesWith(permission: string, roles: readonly Role[]): Role[] {
  return roles.filter((role) => role.body.permissions.some((pattern) => permissionMatches(pattern, permission)));
}

/** Active people who can give the missing right to somebody: they may manage roles, or edit people. */
export function whomToAsk(people: readonly Staff[], roles: readonly Role[], now: number): Staff[] {
  const managing = new Set(rolesWith('roles.manage', roles).map((role) => role.id));
  return people.filter(
    (person) =>
      person.status === 'active' &&
      person.body.roles.some((held) => managing.has(held.roleId) && grantState(held, now) !== 'over'),
  );
}
