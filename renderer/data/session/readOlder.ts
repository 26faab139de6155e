import * as z from 'zod';
import type { Problem } from '#shared/kernel/errors.ts';
import { problemOf, saying } from '#shared/kernel/sentences/sentence.ts';
import { failure, success } from '#shared/kernel/result.ts';
import type { Result } from '#shared/kernel/result.ts';
import { isTombstone } from '#shared/records/envelope.ts';
import type { OlderRecords } from '../storageReport.ts';
import { collectionOfKind } from '../storage/localData.ts';
import { readDocument } from '../sync/readDocument.ts';
import type { Account } from './account.ts';
import { refusalSchema } from './answerSchemas.ts';

const answerSchema = z.object({ documents: z.array(z.unknown()), before: z.int().nullable() });

export interface OlderQuestion {
  serverUrl: string;
  account: Pick<Account, 'accessToken'>;
  kind: string;
  tenantId: string;
  /** ISO 8601: only records changed before it. */
  until: string;
  /** Where the last page ended. */
  before: number | undefined;
}

const pageSize = 200;

/** A page of what the server has beyond the window. What cannot be read is left out: it is only looked at. */
export async function readOlder(question: OlderQuestion): Promise<Result<OlderRecords, Problem>> {
  const { serverUrl, account, kind, tenantId, until, before } = question;
  const token = await account.accessToken();
  if (!token.ok) return token;
  const collection = collectionOfKind(kind);
  const address = new URL(`/v1/records/${collection}`, serverUrl);
  const parameters = { kind, tenant: tenantId, until, limit: String(pageSize) };
  for (const [name, value] of Object.entries(parameters)) if (value !== '') address.searchParams.set(name, value);
  if (before !== undefined) address.searchParams.set('before', String(before));
  let body: unknown;
  try {
    const response = await fetch(address, { headers: { authorization: `Bearer ${token.value}` } });
    body = await response.json();
  } catch {
    return failure(problemOf('unavailable', saying('unreachable_older')));
  }
  const answer = answerSchema.safeParse(body);
  if (!answer.success) {
    const refusal = refusalSchema.safeParse(body);
    return failure(refusal.success ? refusal.data.error : problemOf('invalid_message', saying('answer_not_readable')));
  }
  const rows = answer.data.documents.flatMap((raw) => {
    const read = readDocument(collection, raw);
    return read.ok && !isTombstone(read.record) ? [read.record] : [];
  });
  return success({ rows, next: answer.data.before ?? undefined });
}
