import { isTombstone } from '../../records/envelope.ts';
import type { RecordState } from '../../records/envelope.ts';
import type { AccessUse, RoleRights } from './accessTypes.ts';
import { fieldDifferences } from './fieldDifferences.ts';
import type { FieldDifference } from './compareRights.ts';
import { decideAccess } from './decideAccess.ts';
import { allPermissions } from './permissionCatalogue.ts';
import type { Principal } from './principal.ts';
import { principalFor, rolesById } from './principalFor.ts';
import { placesCover, placesOf } from './reach.ts';

export interface RoleChange {
  /** Id of the role's record; one that no record has stands for a new role, which nobody holds yet. */
  roleId: string;
  /** What the role would be; null = it would be gone. */
  after: RoleRights | null;
}

export interface SimulationInput {
  roles: Iterable<RecordState>;
  staff: Iterable<RecordState>;
  change: RoleChange;
  uses: Iterable<AccessUse>;
  /** Milliseconds since the epoch. */
  now: number;
}

/** How far a permission would reach less, or more: no longer (or for the first time) anywhere, or in fewer (more) places. */
export interface PermissionShift {
  permission: string;
  extent: 'whole' | 'part';
}

/** Recorded uses of one permission that would be decided otherwise. */
export interface ChangedUse {
  permission: string;
  /** Decisions in all. */
  count: number;
  /** UTC day of the last one, `2026-11-21`. */
  lastDay: string;
  /** Sorted; '' = the platform. */
  tenants: string[];
}

export interface SimulatedPerson {
  staffId: string;
  name: string;
  lost: PermissionShift[];
  gained: PermissionShift[];
  fields: FieldDifference[];
  /** What was allowed and would be refused. */
  refused: ChangedUse[];
  /** What was refused and would be allowed. */
  allowed: ChangedUse[];
}

export interface Simulation {
  /** People for whom anything would change, those with refusals first, then by name. */
  people: SimulatedPerson[];
  /** Who holds the role now. */
  holders: number;
  /** Recorded decisions that were looked at. */
  decisions: number;
}

/** Who would lose or gain what, if a role were otherwise: by what they hold, and by what they did. */
export function simulateRoleChange({ roles, staff, change, uses, now }: SimulationInput): Simulation {
  const current = rolesById(roles);
  const changed = new Map(current);
  const role = current.get(change.roleId);
  if (!change.after) changed.delete(change.roleId);
  else if (role) {
    const { permissions, tenants, fieldRules } = change.after;
    const rules = fieldRules.map((rule) => ({ ...rule }));
    changed.set(change.roleId, { ...role, permissions: [...permissions], tenants: [...tenants], fieldRules: rules });
  }
  const holders = new Map<string, { before: Principal; after: Principal; person: SimulatedPerson }>();
  for (const record of staff) {
    if (isTombstone(record) || record.kind !== 'staff') continue;
    const source = { staff: record, now };
    const [before, after] = [principalFor({ ...source, roles: current }), principalFor({ ...source, roles: changed })];
    if (!before || !after || !role || !before.grants.some((grant) => grant.role === role.key)) continue;
    const person: SimulatedPerson = {
      staffId: before.id,
      name: before.name,
      ...shiftsBetween(before, after),
      fields: fieldDifferences(before, after),
      refused: [],
      allowed: [],
    };
    holders.set(before.id, { before, after, person });
  }
  const decisions = replay(holders, uses);
  const people = [...holders.values()].map(({ person }) => person).filter(isTouched);
  const rank = (one: SimulatedPerson) => one.refused.reduce((sum, use) => sum + use.count, 0);
  people.sort((left, right) => rank(right) - rank(left) || left.name.localeCompare(right.name));
  return { people, holders: holders.size, decisions };
}

function isTouched(person: SimulatedPerson): boolean {
  const { lost, gained, fields, refused, allowed } = person;
  return [lost, gained, fields, refused, allowed].some((one) => one.length > 0);
}

function shiftsBetween(before: Principal, after: Principal): Pick<SimulatedPerson, 'lost' | 'gained'> {
  const lost: PermissionShift[] = [];
  const gained: PermissionShift[] = [];
  for (const permission of allPermissions) {
    const [had, has] = [placesOf(before, permission), placesOf(after, permission)];
    if (!placesCover(has, had)) lost.push({ permission, extent: has.length === 0 ? 'whole' : 'part' });
    if (!placesCover(had, has)) gained.push({ permission, extent: had.length === 0 ? 'whole' : 'part' });
  }
  return { lost, gained };
}

type Changed = ReadonlyMap<string, { before: Principal; after: Principal; person: SimulatedPerson }>;

/** The same question is asked of a person over and over, so each is decided once. */
function replay(people: Changed, uses: Iterable<AccessUse>): number {
  const decided = new Map<string, 'same' | 'refused' | 'allowed'>();
  const found = new Map<string, ChangedUse & { places: Set<string> }>();
  let decisions = 0;
  for (const use of uses) {
    decisions += use.allowed + use.denied;
    const one = people.get(use.staffId);
    if (!one) continue;
    const key = `${use.staffId}|${use.permission}|${use.tenantId}|${use.own ? 1 : 0}`;
    let outcome = decided.get(key);
    if (outcome === undefined) {
      const target = { tenantId: use.tenantId, createdBy: use.own ? use.staffId : '' };
      const [was, is] = [one.before, one.after].map((person) => decideAccess(person, use.permission, target).allowed);
      outcome = was === is ? 'same' : is ? 'allowed' : 'refused';
      decided.set(key, outcome);
    }
    if (outcome === 'same') continue;
    const count = outcome === 'refused' ? use.allowed : use.denied;
    if (count > 0) addUse(found, one.person[outcome], `${use.staffId}|${outcome}|${use.permission}`, use, count);
  }
  for (const use of found.values()) use.tenants.push(...[...use.places].sort());
  for (const { person } of people.values()) {
    person.refused = person.refused.map(plain).sort((left, right) => right.count - left.count);
    person.allowed = person.allowed.map(plain).sort((left, right) => right.count - left.count);
  }
  return decisions;
}

function addUse(
  found: Map<string, ChangedUse & { places: Set<string> }>,
  list: ChangedUse[],
  key: string,
  use: AccessUse,
  count: number,
): void {
  let entry = found.get(key);
  if (!entry) {
    entry = { permission: use.permission, count: 0, lastDay: '', tenants: [], places: new Set() };
    found.set(key, entry);
    list.push(entry);
  }
  entry.count += count;
  if (use.day > entry.lastDay) entry.lastDay = use.day;
  entry.places.add(use.tenantId);
}

function plain({ permission, count, lastDay, tenants }: ChangedUse): ChangedUse {
  return { permission, count, lastDay, tenants };
}
