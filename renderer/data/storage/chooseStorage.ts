import type { RxStorage } from 'rxdb';
import { getRxStorageDexie } from 'rxdb/plugins/storage-dexie';

/** The one place that decides what holds the replica. Nothing else names a storage. */
export function chooseStorage(): RxStorage<unknown, unknown> {
  return getRxStorageDexie();
}
