import type { Clock } from '#shared/kernel/sources.ts';
import type { InboxEntry } from '../replicaApi.ts';
import { ownerOfDraft } from './cleanDrafts.ts';
import type { Leftovers } from './leftovers.ts';

/** Puts into the inbox which drafts of this person an erasure changed or removed; saved views and searches are not told of. */
export async function tellCleaned(
  leftovers: Pick<Leftovers, 'cleaned' | 'cleanedTold'>,
  putInbox: (entries: readonly InboxEntry[]) => Promise<void>,
  clock: Clock,
): Promise<void> {
  const notes = leftovers.cleaned();
  if (notes.length === 0) return;
  const at = new Date(clock()).toISOString();
  await putInbox(
    notes.flatMap(({ key, outcome }): InboxEntry[] => {
      const { kind, id } = ownerOfDraft(key);
      if (kind === '') return [];
      return [{ type: 'draft_cleaned', id: `cleaned:${key}:${at}`, recordId: id, kind, at, resolved: false, outcome }];
    }),
  );
  leftovers.cleanedTold();
}
