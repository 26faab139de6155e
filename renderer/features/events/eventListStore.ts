import { create } from 'zustand';
import { onPersonChanged } from '#renderer/data/session/personChanged.ts';
import { noEventFilters } from './eventFilters.ts';
import type { EventFilters } from './eventFilters.ts';

type Sort = { path: string; descending: boolean }[];

interface EventListState {
  /** How the list is looked at; Back finds it as it was. */
  filters: EventFilters;
  sort: Sort;
  /** Key of the group of failed events that is looked at. */
  group: string;
  narrow: (part: Partial<EventFilters>) => void;
  order: (sort: Sort) => void;
  choose: (group: string) => void;
  reset: () => void;
}

export const useEventListStore = create<EventListState>((set) => ({
  filters: noEventFilters,
  sort: [{ path: 'body.occurredAt', descending: true }],
  group: '',
  narrow: (part) => set(({ filters }) => ({ filters: { ...filters, ...part } })),
  order: (sort) => set({ sort }),
  choose: (group) => set({ group }),
  reset: () => set({ filters: noEventFilters }),
}));
onPersonChanged(() => useEventListStore.setState(useEventListStore.getInitialState()));
