import { useCallback, useSyncExternalStore } from 'react';
import type { Replica } from '../replicaApi.ts';
import { createNameLookup, systemRoleMark } from './nameLookup.ts';
import type { NameLookup } from './nameLookup.ts';
import { useReplica } from './useReplica.ts';
import { useRoleWords } from './useRoleWords.ts';

/** One lookup per replica, however many components show names. */
const lookups = new WeakMap<Replica, NameLookup>();

function lookupOf(replica: Replica): NameLookup {
  const known = lookups.get(replica);
  if (known) return known;
  const made = createNameLookup(replica);
  lookups.set(replica, made);
  return made;
}

/**
 * Names of records by kind and id, for rendering: undefined for what is not read yet, what this person may not see and
 * what is not here. Asking is enough to have the name read; the component renders again when it arrives.
 */
export function useReferenceNames(): (kind: string, id: string) => string | undefined {
  const lookup = lookupOf(useReplica());
  const { nameOfKey } = useRoleWords();
  const names = useSyncExternalStore(lookup.subscribe, lookup.names);
  return useCallback(
    (kind, id) => {
      lookup.ask(kind, id);
      const name = names.get(`${kind}/${id}`);
      return name?.startsWith(systemRoleMark) ? nameOfKey(name.slice(systemRoleMark.length)) : name;
    },
    [lookup, names, nameOfKey],
  );
}
