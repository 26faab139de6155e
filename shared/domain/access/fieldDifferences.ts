import { resources } from '../../resources/registry.ts';
import type { FieldDifference, FieldUse } from './compareRights.ts';
import { decideAccess } from './decideAccess.ts';
import { fieldUse } from './fieldAccess.ts';
import type { Principal } from './principal.ts';

/**
 * Fields that a person may use otherwise than before, in any tenant that either of the two speaks of or in one that neither
 * does. Where tenants differ, the greatest loss is told. What they may no longer view at all is not told here.
 */
export function fieldDifferences(before: Principal, after: Principal): FieldDifference[] {
  const rules = [before, after].flatMap((one) => one.grants.flatMap((grant) => grant.fieldRules));
  const named = new Map(rules.map(({ resource, field }) => [`${resource}.${field}`, { resource, field }]));
  const tenants = new Set(
    [before, after].flatMap((one) => one.grants.flatMap(({ tenants: held }) => (held === '*' ? ['-'] : held))),
  );
  const found: FieldDifference[] = [];
  for (const [, { resource, field }] of [...named].sort(([left], [right]) => (left < right ? -1 : 1))) {
    const kind = resources.find((one) => one.permission === resource && field in one.body.shape);
    if (!kind) continue;
    const changes = [...tenants].flatMap((tenantId) => {
      const target = { tenantId, createdBy: before.id };
      const sees = (one: Principal) => decideAccess(one, `${resource}.view`, target).allowed;
      if (!sees(before) || !sees(after)) return [];
      const [was, is] = [before, after].map((one) => fieldUse(one, kind, target, field));
      return was && is && was !== is ? [{ resource, field, before: was, after: is }] : [];
    });
    changes.sort((left, right) => worth(left.after) - worth(left.before) - (worth(right.after) - worth(right.before)));
    if (changes[0]) found.push(changes[0]);
  }
  return found;
}

const worth = (use: FieldUse): number => ({ hidden: 0, read_only: 1, edit: 2 })[use];
