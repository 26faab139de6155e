import type * as z from 'zod';
import type { CollectionName } from './collections.ts';
import type { RecordEnvelope } from './envelope.ts';
import type { StateMachine } from './stateMachine.ts';

/** How an array or object field of the body is merged; fields not named merge key by key, anything else whole. */
export type MergeRule = 'by-id' | 'set' | 'whole';

export interface ListColumn {
  /** Dotted path: `body.name`, `status`, `updatedAt`. Label key: `fields.<kind>.<path without "body.">`. */
  path: string;
  /** Pixels; the column may grow. */
  width?: number;
  /** Shown unless the person hides it; default true. */
  shown?: boolean;
}

export interface ResourceSpec<Kind extends string, Body extends z.ZodObject> {
  kind: Kind;
  collection: CollectionName;
  /** The resource part of its permissions: `<permission>.view`, `<permission>.edit` … */
  permission: string;
  body: Body;
  states?: StateMachine;
  scope: 'tenant' | 'platform' | 'tenant-or-platform';
  /** 'console' = people may create, edit and delete; 'server' = only the server writes (append-only or computed). */
  writer: 'console' | 'server';
  /** Top-level body fields never shown nor replicated; `[REDACTED]` in the audit log. */
  secretFields?: string[];
  /** Top-level body fields about a natural person, for privacy requests. */
  personalFields?: string[];
  /** Top-level body fields only the server may write. */
  serverFields?: string[];
  /** Sets of top-level body fields that must be unique among live records of the kind (within the tenant if 'tenant'). */
  unique?: { fields: string[]; within: 'platform' | 'tenant' }[];
  merge?: Record<string, MergeRule>;
  list: {
    columns: ListColumn[];
    /** A path, with `-` in front for descending. */
    defaultSort: string;
    /** Top-level body fields searched by text. */
    search: string[];
    /**
     * Paths by which records are looked up: "the entries about this record". The replica keeps an index of each, in the list's
     * order; of several paths together one in their own order.
     */
    lookups?: (string | string[])[];
  };
  /** Layout of the generated form: groups of body fields, label key `groups.<kind>.<name>`. Fields not named come last. */
  form?: { name: string; fields: string[] }[];
  title: (record: RecordEnvelope<z.infer<Body>>) => string;
}

/** A described kind. Everything about a record derives from it: validation, permission, merge, list, form, export. */
export interface Resource<Kind extends string = string, Body extends z.ZodObject = z.ZodObject> extends Required<
  Pick<ResourceSpec<Kind, Body>, 'secretFields' | 'personalFields' | 'serverFields' | 'unique' | 'merge'>
> {
  kind: Kind;
  collection: CollectionName;
  permission: string;
  body: Body;
  states: StateMachine | undefined;
  scope: ResourceSpec<Kind, Body>['scope'];
  writer: ResourceSpec<Kind, Body>['writer'];
  list: Required<Omit<ResourceSpec<Kind, Body>['list'], 'lookups'>> & { lookups: string[][] };
  form: { name: string; fields: string[] }[];
  /** Top-level body fields that the title shows. */
  titleFields: readonly string[];
  /** Never throws, also for a body with missing fields; falls back to the id. */
  titleOf: (record: RecordEnvelope) => string;
}

export type RecordOf<Descriptor extends Resource> =
  Descriptor extends Resource<string, infer Body> ? RecordEnvelope<z.infer<Body>> : never;

/**
 * Describes a kind once. Checks that every named field exists in the body schema.
 * @throws Error at start-up, naming kind and field, when the description contradicts the schema.
 */
export function defineResource<const Kind extends string, Body extends z.ZodObject>(
  spec: ResourceSpec<Kind, Body>,
): Resource<Kind, Body> {
  const fields = Object.keys(spec.body.shape);
  const named = [
    ...(spec.secretFields ?? []),
    ...(spec.personalFields ?? []),
    ...(spec.serverFields ?? []),
    ...(spec.unique ?? []).flatMap((rule) => rule.fields),
    ...Object.keys(spec.merge ?? {}),
    ...spec.list.search,
    ...(spec.form ?? []).flatMap((group) => group.fields),
    ...[...spec.list.columns.map((column) => column.path), ...(spec.list.lookups ?? []).flat()].flatMap((path) =>
      path.startsWith('body.') ? [path.split('.')[1] ?? ''] : [],
    ),
  ];
  for (const field of named) {
    if (!fields.includes(field))
      throw new Error(`resource '${spec.kind}' names the field '${field}', its body has: ${fields.join(', ')}`);
  }
  return {
    kind: spec.kind,
    collection: spec.collection,
    permission: spec.permission,
    body: spec.body,
    states: spec.states,
    scope: spec.scope,
    writer: spec.writer,
    secretFields: spec.secretFields ?? [],
    personalFields: spec.personalFields ?? [],
    serverFields: spec.serverFields ?? [],
    unique: spec.unique ?? [],
    merge: spec.merge ?? {},
    list: { ...spec.list, lookups: (spec.list.lookups ?? []).map((one) => [one].flat()) },
    form: spec.form ?? [],
    titleFields: titleFieldsOf(spec.title),
    titleOf: (record) => {
      const body = spec.body.safeParse(record.body);
      if (!body.success) return typeof record.body['name'] === 'string' ? record.body['name'] : record.id;
      return spec.title({ ...record, body: body.data }) || record.id;
    },
  };
}

/** Found by making a title of an empty body: what one field does not give is looked for in the next. */
function titleFieldsOf<Body>(title: (record: RecordEnvelope<Body>) => string): string[] {
  const read = new Set<string>();
  const text = { createdAt: '', createdBy: '', updatedAt: '', updatedBy: '' };
  for (const value of ['', '-']) {
    const body = new Proxy({} as Body & object, { get: (_body, name) => (read.add(String(name)), value) });
    title({ id: '-', kind: '', tenantId: '', status: '', assignedTo: '', ...text, version: 1, body });
  }
  return [...read];
}
