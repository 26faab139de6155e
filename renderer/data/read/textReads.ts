import type { EngineAnswers } from '#shared/replica/engineCalls.ts';
import type { ListRequest, RowKey } from '#shared/replica/listRequest.ts';

/**
 * Stored documents as the engine sends them, a JSON array in one text, for another thread to read: the window passes it on
 * without parsing. `fromStored` reads a document; those deleted here are among them.
 */
export interface TextReads {
  /** The rows after a key, null = from the beginning; at most 5,000. `last` is null where there are none. */
  after: (request: { list: ListRequest; after: RowKey | null; limit: number }) => Promise<EngineAnswers['listAfter']>;
  /** Records of a kind by id, those that are there. */
  find: (kind: string, ids: readonly string[]) => Promise<string>;
}
