import { create } from 'zustand';
import { onPersonChanged } from '#renderer/data/session/personChanged.ts';
import type { Json } from '#shared/kernel/json.ts';
import type { Choices, FieldChoice } from './resolution.ts';

interface InboxState {
  /** Id of the entry that shortcuts act on. */
  current: string;
  showResolved: boolean;
  /** Choices not applied yet, by entry and path: they survive scrolling and leaving the page. */
  choices: Readonly<Record<string, Choices>>;
  /** Values being corrected in refused edits, by entry and path. */
  corrections: Readonly<Record<string, Readonly<Record<string, Json>>>>;
  setCurrent: (id: string) => void;
  setShowResolved: (on: boolean) => void;
  choose: (entryId: string, path: string, choice: FieldChoice) => void;
  correct: (entryId: string, path: string, value: Json) => void;
  forget: (entryId: string) => void;
}

export const useInboxStore = create<InboxState>((set) => ({
  current: '',
  showResolved: false,
  choices: {},
  corrections: {},
  setCurrent: (id) => set({ current: id }),
  setShowResolved: (on) => set({ showResolved: on }),
  choose: (entryId, path, choice) =>
    set(({ choices }) => ({ choices: { ...choices, [entryId]: { ...choices[entryId], [path]: choice } } })),
  correct: (entryId, path, value) =>
    set(({ corrections }) => ({
      corrections: { ...corrections, [entryId]: { ...corrections[entryId], [path]: value } },
    })),
  forget: (entryId) =>
    set(({ choices, corrections }) => ({
      choices: without(choices, entryId),
      corrections: without(corrections, entryId),
    })),
}));
onPersonChanged(() => useInboxStore.setState(useInboxStore.getInitialState()));

function without<Value>(record: Readonly<Record<string, Value>>, key: string): Record<string, Value> {
  return Object.fromEntries(Object.entries(record).filter(([name]) => name !== key));
}
