import type { Server } from 'socket.io';
import { createHash } from 'node:crypto';
import type { Principal } from '#shared/domain/access/principal.ts';
import { replicatedCollections } from '#shared/records/collections.ts';
import type { ReplicatedCollection } from '#shared/records/collections.ts';
import { viewKey, viewOf } from '../sync/visibility.ts';
import type { Room } from './changeTailer.ts';

export interface RoomRegistry {
  /** Rooms of a collection that somebody is in. */
  of: (collection: ReplicatedCollection) => Iterable<Room>;
  /** Names of the rooms of a person, made where they do not exist. */
  namesFor: (principal: Principal) => string[];
  /** Forgets rooms that nobody is in. */
  prune: () => void;
}

interface RegistryOptions {
  io: Pick<Server, 'of'>;
  namespace: string;
  position: (collection: ReplicatedCollection) => number;
  onSent: (documents: number) => void;
}

/** One room per collection and distinct view; Socket.io encodes a message to a room once. */
export function createRoomRegistry({ io, namespace, position, onSent }: RegistryOptions): RoomRegistry {
  const rooms = new Map<ReplicatedCollection, Map<string, Room>>(
    replicatedCollections.map((collection) => [collection, new Map()]),
  );
  const occupied = (name: string) => (io.of(namespace).adapter.rooms.get(name)?.size ?? 0) > 0;
  return {
    of: function* (collection) {
      for (const [name, room] of rooms.get(collection) ?? []) if (occupied(name)) yield room;
    },
    namesFor: (principal) =>
      replicatedCollections.map((collection) => {
        const name = `${collection}:${createHash('sha256').update(viewKey(principal, collection)).digest('base64url')}`;
        const known = rooms.get(collection);
        if (!known?.has(name) || !occupied(name))
          known?.set(name, {
            view: viewOf(principal),
            sentUpTo: position(collection),
            send: (changes) => {
              onSent(changes.documents.length);
              io.of(namespace).to(name).emit('changes', changes);
            },
          });
        return name;
      }),
    prune: () => {
      for (const known of rooms.values()) for (const name of known.keys()) if (!occupied(name)) known.delete(name);
    },
  };
}
