import { create } from 'zustand';
import { onPersonChanged } from '#renderer/data/session/personChanged.ts';
import { noRuleFilters } from './ruleFilters.ts';
import type { RuleFilters } from './ruleFilters.ts';

type Sort = { path: string; descending: boolean }[];

interface RuleListState {
  /** How the list is looked at; Back finds it as it was. */
  filters: RuleFilters;
  sort: Sort;
  narrow: (part: Partial<RuleFilters>) => void;
  order: (sort: Sort) => void;
  reset: () => void;
}

export const useRuleListStore = create<RuleListState>((set) => ({
  filters: noRuleFilters,
  sort: [
    { path: 'body.priority', descending: true },
    { path: 'body.name', descending: false },
  ],
  narrow: (part) => set(({ filters }) => ({ filters: { ...filters, ...part } })),
  order: (sort) => set({ sort }),
  reset: () => set({ filters: noRuleFilters }),
}));
onPersonChanged(() => useRuleListStore.setState(useRuleListStore.getInitialState()));
