import { isTombstone } from '#shared/records/envelope.ts';
import type { RecordEnvelope } from '#shared/records/envelope.ts';
import type { ListRequest, RowKey } from '#shared/replica/listRequest.ts';
import type { RxDocumentData } from 'rxdb';
import { fromStored } from '../storage/localDocument.ts';
import type { StoredDocument } from '../storage/localDocument.ts';
import type { ThreadRead } from '../read/threadRead.ts';
import type { FromThread, ToThread } from './threadMessages.ts';

/** What a simulation reads of the replica, unsent edits as they were made here. */
export interface ThreadReads {
  /** Every row of a list, page by page; the next page is asked for before the one before is done with. */
  pages: (list: ListRequest) => AsyncIterable<RecordEnvelope[]>;
  /** Records of a kind by id, in one read; those that are not here are missing. Each is read once. */
  find: (kind: string, ids: readonly string[]) => Promise<ReadonlyMap<string, RecordEnvelope>>;
}

const pageSize = 1000;
/** Records kept of one kind; beyond it they are read again. */
const keptRecords = 20_000;

type Answer = Extract<ToThread, { type: 'text' | 'unreadable' }>;

/** Reads through the window, which passes on what the engine sends. `receive` takes its answers. */
export function createThreadReads(post: (message: FromThread) => void): {
  reads: ThreadReads;
  receive: (answer: Answer) => void;
} {
  const waiting = new Map<
    number,
    { resolve: (answer: { text: string; last: RowKey | null }) => void; reject: (error: Error) => void }
  >();
  let numbers = 0;
  const ask = (read: ThreadRead): Promise<{ text: string; last: RowKey | null }> =>
    new Promise((resolve, reject) => {
      const number = ++numbers;
      waiting.set(number, { resolve, reject });
      post({ type: 'read', number, read });
    });
  const known = new Map<string, Map<string, RecordEnvelope | null>>();
  return {
    receive: (answer) => {
      const asked = waiting.get(answer.number);
      waiting.delete(answer.number);
      if (answer.type === 'text') asked?.resolve(answer);
      else asked?.reject(new Error(answer.message));
    },
    reads: {
      pages: async function* (list) {
        const after = (key: RowKey | null) => ask({ read: 'after', list, after: key, limit: pageSize });
        let page = await after(null);
        while (page.last) {
          const next = after(page.last);
          // Somebody who stops looking leaves it unanswered.
          next.catch(() => undefined);
          yield recordsOf(page.text);
          page = await next;
        }
      },
      find: async (kind, ids) => {
        let kept = known.get(kind);
        if (!kept || kept.size > keptRecords) known.set(kind, (kept = new Map()));
        const held = kept;
        const missing = [...new Set(ids)].filter((id) => id !== '' && !held.has(id));
        if (missing.length > 0) {
          const { text } = await ask({ read: 'find', kind, ids: missing });
          for (const id of missing) held.set(id, null);
          for (const record of recordsOf(text)) if (record.kind === kind) held.set(record.id, record);
        }
        return new Map(ids.flatMap((id) => (held.get(id) ? [[id, held.get(id)!]] : [])));
      },
    },
  };
}

function recordsOf(text: string): RecordEnvelope[] {
  return (JSON.parse(text) as RxDocumentData<StoredDocument>[]).flatMap((stored) => {
    const { record } = fromStored(stored);
    return isTombstone(record) ? [] : [record];
  });
}
