import type { ListRequest, RowKey } from '#shared/replica/listRequest.ts';
import type { TextReads } from './textReads.ts';

/** What a thread beside the window reads: it has no way to write. The window passes these on to the engine. */
export type ThreadRead =
  | { read: 'after'; list: ListRequest; after: RowKey | null; limit: number }
  | { read: 'find'; kind: string; ids: string[] };

/** The window's answer to a read of a thread, by its number: documents as JSON text, with the `last` of a list. */
export type ThreadReadAnswer =
  | { type: 'text'; number: number; text: string; last: RowKey | null }
  | { type: 'unreadable'; number: number; message: string };

/** Reads what a thread asked for. Never rejects: what cannot be read is an answer too. */
export async function answerThreadRead(
  texts: () => TextReads,
  { number, read }: { number: number; read: ThreadRead },
): Promise<ThreadReadAnswer> {
  try {
    if (read.read === 'find')
      return { type: 'text', number, text: await texts().find(read.kind, read.ids), last: null };
    const { documents, last } = await texts().after(read);
    return { type: 'text', number, text: documents, last };
  } catch (error) {
    return { type: 'unreadable', number, message: error instanceof Error ? error.message : String(error) };
  }
}
