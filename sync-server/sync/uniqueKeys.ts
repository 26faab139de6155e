import { canonicalJson } from '#shared/kernel/canonicalJson.ts';
import { hintOf } from '#shared/records/fields.ts';
import type { Resource } from '#shared/records/defineResource.ts';
import { isTombstone } from '#shared/records/envelope.ts';
import type { RecordState } from '#shared/records/envelope.ts';

export interface UniqueKey {
  key: string;
  fields: readonly string[];
}

/** The keys a record occupies; none for a tombstone, undefined for a kind without such rules. E-mail ignores case. */
export function uniqueKeysOf(resource: Resource, record: RecordState): UniqueKey[] | undefined {
  if (resource.unique.length === 0) return undefined;
  if (isTombstone(record)) return [];
  return resource.unique.map(({ fields, within }) => {
    const values = fields.map((name) => {
      const value = record.body[name];
      const schema = resource.body.shape[name];
      return typeof value === 'string' && schema && hintOf(schema).widget === 'email'
        ? value.toLowerCase()
        : (value ?? null);
    });
    return {
      fields,
      key: canonicalJson([resource.kind, within === 'tenant' ? record.tenantId : null, fields, values]),
    };
  });
}
