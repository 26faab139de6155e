import type { RoleRights } from './accessTypes.ts';
import { expandPatterns } from './permissionCatalogue.ts';
import type { FieldRule } from './principal.ts';

/** What a role lets its holders do with a field. */
export type FieldUse = 'edit' | FieldRule['access'];

export interface FieldDifference {
  resource: string;
  field: string;
  before: FieldUse;
  after: FieldUse;
}

export interface RightsDifference {
  /** Single permissions, sorted. */
  gained: string[];
  lost: string[];
  fields: FieldDifference[];
  /** Where the role counts; '*' = everywhere. Equal when that did not change. */
  tenants: { before: '*' | string[]; after: '*' | string[]; gained: '*' | string[]; lost: '*' | string[] };
}

/** What one role gives that another does not; wildcards are taken apart. */
export function compareRights(before: RoleRights, after: RoleRights): RightsDifference {
  const [had, has] = [new Set(expandPatterns(before.permissions)), new Set(expandPatterns(after.permissions))];
  return {
    gained: [...has].filter((one) => !had.has(one)),
    lost: [...had].filter((one) => !has.has(one)),
    fields: compareFields(before.fieldRules, after.fieldRules),
    tenants: compareTenants(before.tenants, after.tenants),
  };
}

function compareFields(before: readonly FieldRule[], after: readonly FieldRule[]): FieldDifference[] {
  const named = new Map(
    [...before, ...after].map(({ resource, field }) => [`${resource}.${field}`, { resource, field }]),
  );
  return [...named]
    .sort(([left], [right]) => (left < right ? -1 : 1))
    .map(([, rule]) => ({ ...rule, before: useOf(before, rule), after: useOf(after, rule) }))
    .filter((one) => one.before !== one.after);
}

function useOf(rules: readonly FieldRule[], named: Pick<FieldRule, 'resource' | 'field'>): FieldUse {
  const found = rules.filter((rule) => rule.resource === named.resource && rule.field === named.field);
  if (found.some((rule) => rule.access === 'hidden')) return 'hidden';
  return found.length > 0 ? 'read_only' : 'edit';
}

function compareTenants(before: readonly string[], after: readonly string[]): RightsDifference['tenants'] {
  const reach = (tenants: readonly string[]) => (tenants.length === 0 ? ('*' as const) : [...tenants].sort());
  const without = (these: readonly string[], others: readonly string[]): '*' | string[] => {
    if (others.length === 0) return [];
    return these.length === 0 ? '*' : these.filter((one) => !others.includes(one)).sort();
  };
  return {
    before: reach(before),
    after: reach(after),
    gained: without(after, before),
    lost: without(before, after),
  };
}
