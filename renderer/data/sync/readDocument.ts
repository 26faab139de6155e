import type * as z from 'zod';
import type { Problem } from '#shared/kernel/errors.ts';
import { issueSaying } from '#shared/kernel/sentences/issueSaying.ts';
import { problemOf, saying } from '#shared/kernel/sentences/sentence.ts';
import { isJsonObject } from '#shared/kernel/json.ts';
import type { Json } from '#shared/kernel/json.ts';
import type { ReplicatedCollection } from '#shared/records/collections.ts';
import { envelopeSchema, tombstoneSchema } from '#shared/records/envelope.ts';
import type { RecordEnvelope, RecordState } from '#shared/records/envelope.ts';
import { quickCheckOf } from '#shared/records/quickCheck.ts';
import { resourceByKind } from '#shared/resources/registry.ts';

export type ReadDocument =
  | { ok: true; record: RecordState }
  | { ok: false; id: string; kind: string; version: number; problem: Problem; document: Json };

interface PartialBody {
  isValid: (body: unknown) => boolean;
  safeParse: (body: unknown) => { success: boolean; error?: unknown };
}

const partialBodies = new Map<string, PartialBody>();
const isEnvelope = quickCheckOf(envelopeSchema);
const envelopeFields = Object.keys(envelopeSchema.shape).length;

/** Checks a document of the server against its kind. Fields may be missing, since this person may not see them all. */
export function readDocument(collection: ReplicatedCollection, raw: unknown): ReadDocument {
  const envelope = readEnvelope(raw);
  if (!envelope.success) return invalid(raw, envelope.error.issues[0], '');
  const record = envelope.data;
  const resource = resourceByKind(record.kind);
  if (!resource || resource.collection !== collection) {
    const problem = problemOf('invalid', saying('sent_kind_unknown', { kind: record.kind, collection }), {
      path: 'kind',
    });
    return { ok: false, id: record.id, kind: record.kind, version: record.version, problem, document: raw as Json };
  }
  if ('_deleted' in record) return { ok: true, record };
  let partial = partialBodies.get(record.kind);
  if (!partial) {
    const schema = resource.body.partial();
    partial = { isValid: quickCheckOf(schema), safeParse: (given) => schema.safeParse(given) };
    partialBodies.set(record.kind, partial);
  }
  if (partial.isValid(record.body)) return { ok: true, record };
  const body = partial.safeParse(record.body) as ReturnType<typeof resource.body.safeParse>;
  return body.success ? { ok: true, record } : invalid(raw, body.error.issues[0], 'body.');
}

function readEnvelope(raw: unknown): ReturnType<typeof tombstoneSchema.safeParse | typeof envelopeSchema.safeParse> {
  if (isJsonObject(raw) && raw['_deleted'] === true) return tombstoneSchema.safeParse(raw);
  // Nothing would be left out of it.
  if (isEnvelope(raw) && Object.keys(raw as RecordEnvelope).length === envelopeFields)
    return { success: true, data: raw as RecordEnvelope };
  return envelopeSchema.safeParse(raw);
}

function invalid(
  raw: unknown,
  issue: z.core.$ZodIssue | undefined,
  prefix: string,
): Extract<ReadDocument, { ok: false }> {
  const fields = isJsonObject(raw) ? raw : {};
  const text = (name: string) => (typeof fields[name] === 'string' ? fields[name] : '');
  const path = `${prefix}${issue?.path.map(String).join('.') ?? ''}`;
  return {
    ok: false,
    id: text('id') || JSON.stringify(raw).slice(0, 60),
    kind: text('kind'),
    version: typeof fields['version'] === 'number' ? fields['version'] : 0,
    problem: {
      ...problemOf(
        'invalid',
        saying('sent_not_valid', { kind: text('kind') || 'document', path, why: issueSaying(issue) }),
      ),
      path,
    },
    document: raw as Json,
  };
}
