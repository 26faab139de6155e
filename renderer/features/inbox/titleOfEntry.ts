import { unreachable } from '#shared/kernel/exhaustive.ts';
import { isJsonObject } from '#shared/kernel/json.ts';
import type { RecordState } from '#shared/records/envelope.ts';
import type { InboxEntry } from '#renderer/data/replicaApi.ts';

/** The name of the record an entry is about, from whichever of its states still has one; its id where none has. */
export function titleOfEntry(entry: InboxEntry, words: { title: (record: RecordState | undefined) => string }): string {
  switch (entry.type) {
    case 'conflict':
      return words.title(entry.theirs) || words.title(entry.mine) || words.title(entry.base) || entry.recordId;
    case 'rejection':
      return words.title(entry.mine) || words.title(entry.current) || words.title(entry.base) || entry.recordId;
    case 'invalid_document': {
      const body = isJsonObject(entry.document) ? entry.document['body'] : undefined;
      const name = isJsonObject(body) ? (body['name'] ?? body['title']) : undefined;
      return typeof name === 'string' && name !== '' ? name : entry.recordId;
    }
    case 'draft_cleaned':
      return entry.recordId;
    default:
      return unreachable(entry);
  }
}
