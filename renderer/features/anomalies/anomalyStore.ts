import { create } from 'zustand';
import { onPersonChanged } from '#renderer/data/session/personChanged.ts';
import { openFacets } from './triage.ts';
import type { FacetChoice, FacetName } from './triage.ts';

interface AnomalyState {
  selected: string;
  facets: FacetChoice;
  text: string;
  showSnoozed: boolean;
  select: (id: string) => void;
  setFacet: (facet: FacetName, values: readonly string[]) => void;
  setText: (text: string) => void;
  setShowSnoozed: (on: boolean) => void;
  reset: () => void;
}

const everything: FacetChoice = { status: [], severity: [], type: [] };

export const useAnomalyStore = create<AnomalyState>((set) => ({
  selected: '',
  facets: openFacets,
  text: '',
  showSnoozed: false,
  select: (id) => set({ selected: id }),
  setFacet: (facet, values) => set(({ facets }) => ({ facets: { ...facets, [facet]: values } })),
  setText: (text) => set({ text }),
  setShowSnoozed: (on) => set({ showSnoozed: on }),
  reset: () => set({ facets: everything, text: '', showSnoozed: true }),
}));
onPersonChanged(() => useAnomalyStore.setState(useAnomalyStore.getInitialState()));
