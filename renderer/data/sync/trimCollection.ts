import type { RecordView } from '#shared/domain/access/recordView.ts';
import type { Clock } from '#shared/kernel/sources.ts';
import type { ReplicatedCollection } from '#shared/records/collections.ts';
import { resourceByKind } from '#shared/resources/registry.ts';
import { collectionOfKind } from '../storage/localData.ts';
import type { LocalData } from '../storage/localData.ts';
import { trimDocument, trimEntry } from './trimDocument.ts';

interface TrimContext {
  collection: ReplicatedCollection;
  data: LocalData;
  clock: Clock;
  pause: () => Promise<void>;
}

const pageSize = 1000;

/** Removes from this computer what the view does not show: records, fields, and what the inbox tells of them. */
export async function trimCollection({ collection, data, clock, pause }: TrimContext, view: RecordView): Promise<void> {
  const at = new Date(clock()).toISOString();
  for (let after = ''; ;) {
    const page = await data.store.ids(collection, { after, limit: pageSize });
    await data.update(collection, page, (documents) =>
      [...documents.values()].flatMap((document) => trimDocument(view, document, at) ?? []),
    );
    const last = page.at(-1);
    if (!last || page.length < pageSize) break;
    after = last;
    await pause();
  }
  const entries = [...data.inbox().values()].filter((entry) => collectionOf(entry.kind) === collection);
  const trimmed = entries.map((entry) => ({ entry, left: trimEntry(view, entry) }));
  await data.putInbox(trimmed.flatMap(({ entry, left }) => (left && left !== entry ? [left] : [])));
  await data.removeInbox(trimmed.flatMap(({ entry, left }) => (left ? [] : [entry.id])));
}

/** Undefined for a kind that this console does not know. */
function collectionOf(kind: string): ReplicatedCollection | undefined {
  return resourceByKind(kind) && collectionOfKind(kind);
}
