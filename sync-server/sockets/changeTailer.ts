import type { Clock } from '#shared/kernel/sources.ts';
import type { Changes } from '#shared/protocol/messages.ts';
import { replicatedCollections } from '#shared/records/collections.ts';
import type { ReplicatedCollection } from '#shared/records/collections.ts';
import type { StoreReader } from '../storage/store.ts';
import type { View } from '../sync/visibility.ts';

/** Consoles that see the same of one collection; a message to them is encoded once. */
export interface Room {
  view: View;
  /** Checkpoint of the last message; what follows it has no gap. */
  sentUpTo: number;
  send: (changes: Changes) => void;
}

export interface ChangeTailer {
  start: () => Promise<void>;
  /** Something was committed in these collections. Never rejects. */
  wake: (collections: Iterable<ReplicatedCollection>) => void;
  /** Where a room that is made now begins. */
  position: (collection: ReplicatedCollection) => number;
  stop: () => Promise<void>;
}

interface TailerOptions {
  store: StoreReader;
  rooms: (collection: ReplicatedCollection) => Iterable<Room>;
  now: Clock;
  onFault: (error: unknown) => void;
}

/** Milliseconds between two rounds; what commits meanwhile travels together. */
const pace = 10;
const readAtOnce = 500;

/** Reads the store's change sequence after commits and hands it to the rooms in order. */
export function createChangeTailer({ store, rooms, now, onFault }: TailerOptions): ChangeTailer {
  const positions = new Map<ReplicatedCollection, number>();
  const waiting = new Set<ReplicatedCollection>();
  let timer: NodeJS.Timeout | undefined;
  let round: Promise<void> | undefined;
  let lastRound = 0;
  let stopped = false;

  const schedule = () => {
    if (stopped || timer || round || waiting.size === 0) return;
    timer = setTimeout(
      () => {
        timer = undefined;
        lastRound = now();
        round = tailAll()
          .catch(onFault)
          .finally(() => {
            round = undefined;
            schedule();
          });
      },
      Math.max(0, Math.min(pace, lastRound + pace - now())),
    );
  };
  const tailAll = async () => {
    const collections = [...waiting];
    waiting.clear();
    for (const collection of collections) await tail(collection);
  };
  const isWatched = (collection: ReplicatedCollection) => {
    for (const _room of rooms(collection)) return true;
    return false;
  };
  const tail = async (collection: ReplicatedCollection) => {
    for (;;) {
      if (!isWatched(collection)) {
        const latest = await store.collectionSequence(collection);
        // Somebody who came meanwhile began at the earlier position.
        if (!isWatched(collection)) return void positions.set(collection, latest);
      }
      const position = positions.get(collection) ?? 0;
      const changes = await store.changesSince(collection, position, readAtOnce);
      const last = changes.at(-1);
      if (!last) return;
      for (const room of rooms(collection)) {
        const documents = changes.flatMap((change) => {
          if (change.head.sequence <= room.sentUpTo) return [];
          return room.view.show(change) ?? [];
        });
        if (documents.length === 0) continue;
        room.send({
          collection,
          documents,
          checkpoint: { seq: last.head.sequence },
          since: { seq: room.sentUpTo },
        });
        room.sentUpTo = last.head.sequence;
      }
      positions.set(collection, last.head.sequence);
      if (changes.length < readAtOnce) return;
    }
  };
  return {
    start: async () => {
      for (const collection of replicatedCollections)
        positions.set(collection, await store.collectionSequence(collection));
    },
    wake: (collections) => {
      for (const collection of collections) waiting.add(collection);
      schedule();
    },
    position: (collection) => positions.get(collection) ?? 0,
    stop: async () => {
      stopped = true;
      clearTimeout(timer);
      await round;
    },
  };
}
