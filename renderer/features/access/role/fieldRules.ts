import type { CatalogueEntry } from '#shared/domain/access/permissionCatalogue.ts';
import type { FieldUse } from '#shared/domain/access/compareRights.ts';
import type { FieldRule } from '#shared/domain/access/principal.ts';
import { catalogueAreas } from './rightsMatrix.ts';

export interface RuledResource {
  resource: string;
  /** Each name once, also where several kinds of the resource have it; secret fields are nobody's. */
  fields: string[];
}

/** Resources whose records have fields that a role may limit, in the order of the matrix. */
export const ruledResources: readonly RuledResource[] = catalogueAreas().flatMap(({ rows }) => rows.flatMap(ruled));

function ruled(entry: CatalogueEntry): RuledResource[] {
  const fields = [...new Set(entry.fields.filter((field) => !field.secret).map((field) => field.name))];
  return fields.length === 0 ? [] : [{ resource: entry.resource, fields }];
}

export function fieldUseOf(rules: readonly FieldRule[], resource: string, field: string): FieldUse {
  return rules.find((rule) => rule.resource === resource && rule.field === field)?.access ?? 'edit';
}

/** The rules with one field used in another way; without a rule it may be edited. */
export function withFieldUse(rules: readonly FieldRule[], resource: string, field: string, use: FieldUse): FieldRule[] {
  const others = rules.filter((rule) => rule.resource !== resource || rule.field !== field);
  const next = use === 'edit' ? others : [...others, { resource, field, access: use }];
  return next.toSorted((left, right) => (nameOf(left) < nameOf(right) ? -1 : 1));
}

const nameOf = ({ resource, field }: FieldRule) => `${resource}.${field}`;
