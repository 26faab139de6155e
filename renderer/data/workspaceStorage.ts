import { replicatedCollections } from '#shared/records/collections.ts';
import type { StorageReport } from './storageReport.ts';
import { collectionOfKind } from './storage/localData.ts';
import type { LocalStore } from './storage/localStore.ts';
import type { SyncEngine } from './sync/syncEngine.ts';
import { isWindowed } from './sync/windows.ts';
import type { WindowedCollection, Windows } from './sync/windows.ts';

/** What a person may see and decide about the replica's file. */
export interface WorkspaceStorage {
  report: () => Promise<StorageReport>;
  chooseWindow: (collection: WindowedCollection, days: number) => Promise<void>;
  compact: LocalStore['compact'];
  check: LocalStore['check'];
  heldSince: (kind: string) => string | undefined;
  isCaughtUp: (kind: string) => boolean;
}

export function workspaceStorage(store: LocalStore, windows: Windows, engine: SyncEngine): WorkspaceStorage {
  return {
    report: async () => {
      const { bytes, free, engine: name, tables } = await store.size();
      return {
        bytes,
        free,
        engine: name,
        collections: replicatedCollections.map((collection) => {
          const table = tables.find((one) => one.table === collection);
          return {
            collection,
            documents: table?.documents ?? 0,
            oldest: table?.oldest ?? '',
            days: isWindowed(collection) ? windows.daysOf(collection) : undefined,
            fetching: engine.isFetching(collection),
          };
        }),
      };
    },
    chooseWindow: async (collection, days) => {
      await windows.choose(collection, days);
      await engine.fitWindows();
    },
    compact: store.compact,
    check: store.check,
    heldSince: (kind) => windows.sinceOf(collectionOfKind(kind)),
    isCaughtUp: (kind) => {
      const collection = replicatedCollections.find((one) => one === collectionOfKind(kind));
      return collection !== undefined && engine.isCaughtUp(collection);
    },
  };
}
