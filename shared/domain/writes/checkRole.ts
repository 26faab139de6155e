import type { Problem } from '../../kernel/errors.ts';
import { problemOf, saying } from '../../kernel/sentences/sentence.ts';
import { role } from '../../resources/access/role.ts';
import { isKnownPattern, permissionCatalogue } from '../access/permissionCatalogue.ts';
import type { CheckedWrite } from './checkDecider.ts';

/** What a role newly names must exist; what it named before, in an older or newer version, may stay. */
export function checkRole({ stored, record }: CheckedWrite): Problem | undefined {
  const next = role.body.safeParse(record.body);
  const earlier = role.body.safeParse(stored?.body ?? {});
  if (!next.success) return undefined;
  const had = earlier.success ? earlier.data : undefined;
  const unknown = next.data.permissions.find((one) => !had?.permissions.includes(one) && !isKnownPattern(one));
  if (unknown !== undefined)
    return problemOf('invalid', saying('not_a_permission', { permission: unknown }), {
      path: 'body.permissions',
      details: { permission: unknown },
    });
  const named = new Set(had?.fieldRules.map((rule) => `${rule.resource}.${rule.field}`));
  const strange = next.data.fieldRules.find(
    ({ resource, field }) => !named.has(`${resource}.${field}`) && !isField(resource, field),
  );
  return (
    strange &&
    problemOf('invalid', saying('not_a_field', { resource: strange.resource, field: strange.field }), {
      path: 'body.fieldRules',
      details: { field: `${strange.resource}.${strange.field}` },
    })
  );
}

function isField(resource: string, field: string): boolean {
  return permissionCatalogue.some(
    (entry) => entry.resource === resource && entry.fields.some((one) => one.name === field),
  );
}
