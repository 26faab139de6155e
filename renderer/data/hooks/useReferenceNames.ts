import { useCallback, useSyncExternalStore } from 'react';
import { resourceByKind } from '#shared/resources/registry.ts';
import type { Replica } from '../replicaApi.ts';
import { useReplica } from './useReplica.ts';

/** Kinds that other records name by id on nearly every screen. */
const namedKinds = ['staff', 'tenant'] as const;

type Names = ReadonlyMap<string, string>;

/** The names of one replica, read once however many components show them, and dropped with the last of them. */
interface NameStore {
  names: Names;
  listeners: Set<() => void>;
  stop: (() => void) | undefined;
}

const stores = new WeakMap<Replica, NameStore>();

function storeOf(replica: Replica): NameStore {
  const known = stores.get(replica);
  if (known) return known;
  const made: NameStore = { names: new Map(), listeners: new Set(), stop: undefined };
  stores.set(replica, made);
  return made;
}

function start(replica: Replica, store: NameStore): () => void {
  const stops = namedKinds.map((kind) =>
    replica.observeList({ kind }, (list) => {
      const resource = resourceByKind(kind);
      const next = new Map([...store.names].filter(([key]) => !key.startsWith(`${kind}/`)));
      for (const { record } of list.rows) next.set(`${kind}/${record.id}`, resource?.titleOf(record) ?? record.id);
      store.names = next;
      store.listeners.forEach((listener) => listener());
    }),
  );
  return () => stops.forEach((stop) => stop());
}

/** Names of staff and tenants by id; undefined for what this person may not see or is not here. */
export function useReferenceNames(): (kind: string, id: string) => string | undefined {
  const replica = useReplica();
  const subscribe = useCallback(
    (listener: () => void) => {
      const store = storeOf(replica);
      store.listeners.add(listener);
      store.stop ??= start(replica, store);
      return () => {
        store.listeners.delete(listener);
        if (store.listeners.size > 0) return;
        store.stop?.();
        store.stop = undefined;
      };
    },
    [replica],
  );
  const names = useSyncExternalStore(subscribe, () => storeOf(replica).names);
  return useCallback((kind, id) => names.get(`${kind}/${id}`), [names]);
}
