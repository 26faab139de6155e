import { getPrimaryFieldOfPrimaryKey } from 'rxdb';
import type { RxJsonSchema } from 'rxdb';
import type { TableSpec } from '#shared/replica/engineCalls.ts';
import type { ListSpec } from '#shared/replica/listColumns.ts';

type Scalar = TableSpec['types'][string];
const scalars: Readonly<Record<string, Scalar>> = {
  string: 'string',
  number: 'number',
  integer: 'number',
  boolean: 'boolean',
};

/** Describes a collection's table to the engine: which paths RxDB compares, which are indexed, which kinds are listed. */
export function tableSpecOf<Document>(
  collectionName: string,
  schema: RxJsonSchema<Document>,
  lists: readonly ListSpec[],
): TableSpec {
  if (schema.attachments)
    throw new Error(`'${collectionName}' asks for attachments, which this storage does not keep; keep files elsewhere`);
  const indexes = (schema.indexes ?? []).map((index): string[] => (typeof index === 'string' ? [index] : [...index]));
  return {
    table: collectionName,
    version: schema.version,
    primary: getPrimaryFieldOfPrimaryKey(schema.primaryKey),
    types: Object.fromEntries(scalarPaths(schema.properties, '')),
    indexes,
    lists: [...lists],
  };
}

/** Paths that hold one string, number or boolean; nothing below a list is one. */
function scalarPaths(properties: unknown, prefix: string): [string, Scalar][] {
  if (typeof properties !== 'object' || properties === null) return [];
  return Object.entries(properties as Record<string, { type?: unknown; properties?: unknown }>).flatMap(
    ([name, { type, properties: inner }]): [string, Scalar][] => {
      const path = `${prefix}${name}`;
      if (path.startsWith('_')) return [];
      if (type === 'object') return scalarPaths(inner, `${path}.`);
      const scalar = typeof type === 'string' ? scalars[type] : undefined;
      return scalar ? [[path, scalar]] : [];
    },
  );
}
