import * as z from 'zod';
import type { Principal } from '#shared/domain/access/principal.ts';
import type { Problem } from '#shared/kernel/errors.ts';
import { issueSaying } from '#shared/kernel/sentences/issueSaying.ts';
import { problemOf, saying } from '#shared/kernel/sentences/sentence.ts';
import { failure, success } from '#shared/kernel/result.ts';
import type { Result } from '#shared/kernel/result.ts';
import { collectionSchema } from '#shared/protocol/messages.ts';
import type { RecordState } from '#shared/records/envelope.ts';
import type { StoreReader } from '../storage/store.ts';
import { viewOf } from '../sync/visibility.ts';

const queryShape = z.object({
  collection: collectionSchema,
  kind: z.string().max(40).default(''),
  tenant: z.string().max(64).default(''),
  before: z.coerce.number().int().min(1).max(Number.MAX_SAFE_INTEGER).default(Number.MAX_SAFE_INTEGER),
  limit: z.coerce.number().int().min(1).max(1000).default(200),
  since: z.iso.datetime().optional(),
  until: z.iso.datetime().optional(),
});

export interface OlderRecords {
  /** Newest first. */
  documents: RecordState[];
  /** `before` of the next page; null at the end. */
  before: number | null;
}

const scanSize = 1000;
const mostScanned = 20_000;

/**
 * A page of records below a sequence and inside [since, until) by `updatedAt`, as this person may see them. May be short,
 * or empty with a next page.
 */
export async function olderRecords(
  store: StoreReader,
  principal: Principal,
  parameters: unknown,
  query: unknown,
): Promise<Result<OlderRecords, Problem>> {
  const parsed = queryShape.safeParse({ ...(query as object), ...(parameters as object) });
  if (!parsed.success) {
    const issue = parsed.error.issues[0];
    const path = issue?.path.map(String).join('.') ?? '';
    return failure({
      ...problemOf('invalid_message', saying('request_not_valid', { path, why: issueSaying(issue) })),
      path,
    });
  }
  const { collection, kind, tenant, limit, since, until } = parsed.data;
  const view = viewOf(principal);
  const documents: RecordState[] = [];
  let before = parsed.data.before;
  for (let scanned = 0; scanned < mostScanned; scanned += scanSize) {
    const changes = await store.recordsBefore({
      collection,
      kind,
      tenantId: tenant,
      before,
      limit: scanSize,
      updatedSince: since === undefined ? undefined : Date.parse(since),
      updatedBefore: until === undefined ? undefined : Date.parse(until),
    });
    for (const change of changes) {
      if (documents.length === limit) return success({ documents, before });
      before = change.head.sequence;
      const shown = view.show(change);
      if (shown) documents.push(shown);
    }
    if (changes.length < scanSize) return success({ documents, before: null });
  }
  return success({ documents, before });
}
