import type { ReplicatedCollection } from '#shared/records/collections.ts';
import type { RecordEnvelope } from '#shared/records/envelope.ts';

/** What the replica takes up, and how far back its logs reach. */
export interface StorageReport {
  /** Bytes on the disk, and those of them that hold nothing. */
  bytes: number;
  free: number;
  engine: string;
  collections: {
    collection: ReplicatedCollection;
    documents: number;
    /** ISO 8601 of the record changed longest ago; '' where there is none. */
    oldest: string;
    /** Days that are held, 0 = everything; undefined where it cannot be chosen. */
    days: number | undefined;
    /** More is wanted than is here yet: it comes as soon as the server is reached. */
    fetching: boolean;
  }[];
}

/** Records that the server has and this console does not keep. */
export interface OlderRecords {
  rows: readonly RecordEnvelope[];
  /** Where the next page goes on; undefined at the end. */
  next: number | undefined;
}
