import { create } from 'zustand';
import { onPersonChanged } from '#renderer/data/session/personChanged.ts';
import { noRunFilters } from './runFilters.ts';
import type { RunFilters } from './runFilters.ts';

type Sort = { path: string; descending: boolean }[];

interface RunListState {
  /** How the list is looked at; Back finds it as it was. */
  filters: RunFilters;
  sort: Sort;
  narrow: (part: Partial<RunFilters>) => void;
  order: (sort: Sort) => void;
  reset: () => void;
}

export const useRunListStore = create<RunListState>((set) => ({
  filters: noRunFilters,
  sort: [{ path: 'body.startedAt', descending: true }],
  narrow: (part) => set(({ filters }) => ({ filters: { ...filters, ...part } })),
  order: (sort) => set({ sort }),
  reset: () => set({ filters: noRunFilters }),
}));
onPersonChanged(() => useRunListStore.setState(useRunListStore.getInitialState()));
