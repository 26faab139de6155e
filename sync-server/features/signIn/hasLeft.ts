import { isTombstone } from '#shared/records/envelope.ts';
import type { RecordState } from '#shared/records/envelope.ts';
import type { StoreReader } from '../../storage/store.ts';

/**
 * Whether a staff record says that its person is let in no more. A record that this version of the server cannot read lets
 * nobody in either, but is no reason to end what somebody has.
 */
export function hasLeft(record: RecordState | undefined): boolean {
  return record !== undefined && (isTombstone(record) || record.status === 'disabled');
}

/** Those of the people who are disabled or deleted. */
export async function thoseWhoLeft(store: StoreReader, staffIds: readonly string[]): Promise<ReadonlySet<string>> {
  const records = await store.getRecords([...new Set(staffIds)]);
  return new Set(staffIds.filter((id) => hasLeft(records.get(id))));
}
