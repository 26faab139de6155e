import * as z from 'zod';
import type { Json } from '#shared/kernel/json.ts';
import type { Resource } from '#shared/records/defineResource.ts';
import { hintOf } from '#shared/records/fields.ts';
import type { FieldHint } from '#shared/records/fields.ts';
import type { FilterOperator, ListFilter } from '#renderer/data/replicaApi.ts';

const filterSchema = z.object({
  path: z.string(),
  operator: z.enum([
    'is',
    'is_not',
    'contains',
    'is_empty',
    'is_not_empty',
    'less',
    'greater',
    'between',
    'in',
  ] satisfies FilterOperator[]),
  value: z.json().optional(),
});

/** How a person looks at the list of a kind. */
export const listViewSchema = z.object({
  filters: z.array(filterSchema),
  search: z.string(),
  sort: z.array(z.object({ path: z.string(), descending: z.boolean() })),
  /** Paths of the columns shown, in order. */
  columns: z.array(z.string()),
});
export type ListView = z.infer<typeof listViewSchema>;

/** Kinds of comparison that a list offers; each has its own operators and its own input. */
export type FilterType = 'text' | 'number' | 'money' | 'choice' | 'instant' | 'boolean' | 'reference' | 'status';

const operators: Readonly<Record<FilterType, readonly FilterOperator[]>> = {
  text: ['contains', 'is', 'is_not', 'is_empty', 'is_not_empty'],
  number: ['is', 'is_not', 'less', 'greater', 'between'],
  money: ['is', 'less', 'greater', 'between'],
  choice: ['in', 'is_not', 'is_empty'],
  instant: ['less', 'greater', 'between', 'is_empty', 'is_not_empty'],
  boolean: ['is'],
  reference: ['is', 'is_not', 'is_empty', 'is_not_empty'],
  status: ['in', 'is_not'],
};

export function operatorsOf(type: FilterType): readonly FilterOperator[] {
  return operators[type];
}

/** What a list knows of one path: how to compare it, and what it refers to. */
export interface ListField {
  path: string;
  type: FilterType;
  hint: FieldHint;
}

const reference = (kind: string): FieldHint => ({ widget: 'reference', kind });

function typeOf(hint: FieldHint): FilterType {
  switch (hint.widget) {
    case 'number':
    case 'money':
    case 'choice':
    case 'boolean':
    case 'reference':
      return hint.widget;
    case 'instant':
    case 'date':
      return 'instant';
    case 'text':
    case 'multiline':
    case 'email':
    case 'url':
    case 'color':
    case 'code':
    case 'tags':
    case 'json':
      return 'text';
  }
}

/** Every path a list can show, sort and filter by: the descriptor's columns first, then the rest. */
export function listFields(resource: Resource): ListField[] {
  const envelope: ListField[] = [
    ...(resource.states
      ? [{ path: 'status', type: 'status' as const, hint: { widget: 'text' as const } satisfies FieldHint }]
      : []),
    ...(resource.scope === 'platform'
      ? []
      : [{ path: 'tenantId', type: 'reference' as const, hint: reference('tenant') }]),
    { path: 'assignedTo', type: 'reference', hint: reference('staff') },
    { path: 'createdAt', type: 'instant', hint: { widget: 'instant' } },
    { path: 'createdBy', type: 'reference', hint: reference('staff') },
    { path: 'updatedAt', type: 'instant', hint: { widget: 'instant' } },
    { path: 'updatedBy', type: 'reference', hint: reference('staff') },
  ];
  const body = Object.entries(resource.body.shape)
    .filter(([name]) => !resource.secretFields.includes(name))
    .map(([name, schema]): ListField => {
      const hint = hintOf(schema);
      return { path: `body.${name}`, type: typeOf(hint), hint };
    });
  const known = new Map([...body, ...envelope].map((field) => [field.path, field]));
  const first = resource.list.columns.flatMap((column) => known.get(column.path) ?? []);
  return [...new Map([...first, ...known.values()].map((field) => [field.path, field])).values()];
}

/** The view a kind opens with. */
export function defaultView(resource: Resource): ListView {
  const sort = resource.list.defaultSort;
  return {
    filters: [],
    search: '',
    sort: [{ path: sort.replace(/^-/, ''), descending: sort.startsWith('-') }],
    columns: resource.list.columns.filter((column) => column.shown !== false).map((column) => column.path),
  };
}

/** A view as it was kept, without paths that the kind no longer has; the default where nothing usable was kept. */
export function readView(resource: Resource, kept: unknown): ListView {
  const parsed = listViewSchema.safeParse(kept);
  const standard = defaultView(resource);
  if (!parsed.success) return standard;
  const paths = new Set(listFields(resource).map((field) => field.path));
  const columns = parsed.data.columns.filter((path) => paths.has(path));
  return {
    filters: parsed.data.filters.filter((filter) => paths.has(filter.path)),
    search: parsed.data.search,
    sort: parsed.data.sort.filter((one) => paths.has(one.path)),
    columns: columns.length > 0 ? columns : standard.columns,
  };
}

/** A filter that can be asked: operators that compare have something to compare with. */
export function isComplete(filter: ListFilter): boolean {
  const filled = (value: Json | undefined) => value !== undefined && value !== null && value !== '';
  if (filter.operator === 'is_empty' || filter.operator === 'is_not_empty') return true;
  if (filter.operator === 'in') return Array.isArray(filter.value) && filter.value.length > 0;
  if (filter.operator === 'between')
    return Array.isArray(filter.value) && filter.value.length === 2 && filter.value.every(filled);
  return filled(filter.value);
}

/** Filters from a link, `?status=failed&body.plan=free,starter`; paths the kind does not have are left out. */
export function filtersOfQuery(resource: Resource, query: string): ListFilter[] {
  const fields = new Map(listFields(resource).map((field) => [field.path, field]));
  return [...new URLSearchParams(query)].flatMap(([path, text]): ListFilter[] => {
    const field = fields.get(path);
    if (!field || text === '') return [];
    if (field.type === 'boolean') return [{ path, operator: 'is', value: text === 'true' }];
    if (field.type === 'number' || field.type === 'money') {
      return Number.isFinite(Number(text)) ? [{ path, operator: 'is', value: Number(text) }] : [];
    }
    if (field.type === 'choice' || field.type === 'status') return [{ path, operator: 'in', value: text.split(',') }];
    return [{ path, operator: field.type === 'text' ? 'contains' : 'is', value: text }];
  });
}
