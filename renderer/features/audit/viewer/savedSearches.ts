import { useCallback, useMemo } from 'react';
import * as z from 'zod';
import { create } from 'zustand';
import { usePrincipal } from '#renderer/data/hooks/usePrincipal.ts';

const searchesSchema = z.array(z.object({ name: z.string().min(1).max(60), query: z.string().max(4000) }));
export type SavedSearch = z.infer<typeof searchesSchema>[number];

interface Searches {
  kept: Readonly<Record<string, SavedSearch[]>>;
  keep: (key: string, searches: SavedSearch[]) => void;
}

const useSearches = create<Searches>((set) => ({
  kept: {},
  keep: (key, searches) => {
    localStorage.setItem(key, JSON.stringify(searches));
    set((state) => ({ kept: { ...state.kept, [key]: searches } }));
  },
}));

function readKept(key: string): SavedSearch[] {
  try {
    const parsed = searchesSchema.safeParse(JSON.parse(localStorage.getItem(key) ?? '[]'));
    return parsed.success ? parsed.data : [];
  } catch {
    return [];
  }
}

/** Searches of the log that a person named, kept on this computer. One name is one search. */
export function useSavedSearches() {
  const me = usePrincipal()?.id ?? '';
  const key = `steward.audit.searches.${me}`;
  const inWindow = useSearches((state) => state.kept[key]);
  const keep = useSearches((state) => state.keep);
  const searches = useMemo(() => inWindow ?? readKept(key), [inWindow, key]);
  return {
    searches,
    save: useCallback(
      (name: string, query: string) =>
        keep(key, [...searches.filter((one) => one.name !== name), { name, query }].slice(-50)),
      [keep, key, searches],
    ),
    remove: useCallback(
      (name: string) =>
        keep(
          key,
          searches.filter((one) => one.name !== name),
        ),
      [keep, key, searches],
    ),
  };
}
