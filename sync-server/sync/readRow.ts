import * as z from 'zod';
import { canonicalJson } from '#shared/kernel/canonicalJson.ts';
import type { Problem } from '#shared/kernel/errors.ts';
import { issueSaying } from '#shared/kernel/sentences/issueSaying.ts';
import { problemOf, saying } from '#shared/kernel/sentences/sentence.ts';
import { isJsonObject } from '#shared/kernel/json.ts';
import type { JsonObject } from '#shared/kernel/json.ts';
import { pushRowSchema } from '#shared/protocol/messages.ts';
import type { PushRow } from '#shared/protocol/messages.ts';
import type { ReplicatedCollection } from '#shared/records/collections.ts';
import type { Resource } from '#shared/records/defineResource.ts';
import { envelopeSchema } from '#shared/records/envelope.ts';
import { resourceByKind } from '#shared/resources/registry.ts';
import { deepestNesting, isNestedTooDeep, isPlainJson } from './nesting.ts';

/** The protocol's row for a living record that is known to be plain JSON: then its body needs no walk and no copy. */
const plainRowSchema = pushRowSchema.extend({
  doc: envelopeSchema.extend({ body: z.custom<JsonObject>(isJsonObject) }),
});

/** A row as a console sent it, read by the protocol's schema, with the kind it names; or what is wrong with it. */
export function readRow(
  raw: unknown,
  collection: ReplicatedCollection,
): { row: PushRow; resource: Resource } | { problem: Problem } {
  const read = readPlainly(raw) ?? readClosely(raw);
  if ('problem' in read) return read;
  const { row } = read;
  const resource = resourceByKind(row.doc.kind);
  if (!resource || resource.collection !== collection) {
    const says = saying('kind_elsewhere', { kind: row.doc.kind, collection });
    return { problem: problemOf('invalid', says, { path: 'kind' }) };
  }
  if (row.doc.kind === 'tenant' && row.doc.tenantId !== row.doc.id) {
    return { problem: problemOf('invalid', saying('tenant_own_id'), { path: 'tenantId' }) };
  }
  return { row, resource };
}

/** Almost every row. Undefined for what is in any way unusual, right or wrong. */
function readPlainly(raw: unknown): { row: PushRow } | undefined {
  if (!isPlainJson(raw) || !isJsonObject(raw)) return undefined;
  const doc = raw['doc'];
  if (!isJsonObject(doc) || Object.hasOwn(doc, '_deleted')) return undefined;
  const parsed = plainRowSchema.safeParse(raw);
  return parsed.success ? { row: parsed.data } : undefined;
}

function readClosely(raw: unknown): { row: PushRow } | { problem: Problem } {
  if (isNestedTooDeep(raw)) {
    return { problem: problemOf('invalid', saying('row_too_deep', { limit: deepestNesting })) };
  }
  const parsed = pushRowSchema.safeParse(raw);
  if (!parsed.success) {
    const issue = parsed.error.issues[0];
    const path = issue?.path.map(String).join('.') ?? '';
    const says = saying('row_not_valid', { path, why: issueSaying(issue) });
    return { problem: { ...problemOf('invalid', says), path } };
  }
  try {
    canonicalJson(parsed.data);
  } catch (error) {
    const why = error instanceof Error ? error.message : 'not JSON';
    return { problem: problemOf('invalid', saying('row_not_storable', { why })) };
  }
  return { row: parsed.data };
}
