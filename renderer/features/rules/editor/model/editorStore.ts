import { temporal } from 'zundo';
import type { TemporalState } from 'zundo';
import { createStore } from 'zustand/vanilla';
import type { StoreApi } from 'zustand/vanilla';
import { jsonEqual } from '#shared/kernel/json.ts';
import type { Step } from '#shared/resources/automation/step.ts';
import type { RuleDraft } from './keptDraft.ts';
import type { RuleContent } from './ruleContent.ts';

/** What the panel beside the flow shows. */
export type Selection = { part: 'trigger' | 'conditions' | 'settings' } | { part: 'step'; id: string };

export interface EditorState {
  draft: RuleDraft;
  selection: Selection;
  /** A field to be focused in the panel, as problems name it; '' = none. */
  focus: string;
  clipboard: Step | undefined;
  /** Changes of one `run` that follow each other closely are taken back together, as the letters of a word. */
  change: (change: Partial<RuleContent>, run?: string) => void;
  changeSteps: (change: (steps: Step[]) => Step[], run?: string) => void;
  setTenant: (tenantId: string) => void;
  /** Keeps a text that is no value yet; undefined forgets it. */
  setUnfinished: (place: string, text: string | undefined) => void;
  replace: (draft: RuleDraft) => void;
  select: (selection: Selection, focus?: string) => void;
  copy: (step: Step) => void;
}

export type EditorStore = StoreApi<EditorState> & { temporal: StoreApi<TemporalState<{ draft: RuleDraft }>> };

/** Steps back that are remembered. */
export const rememberedSteps = 200;
/** Milliseconds between two changes that still belong together. */
const togetherFor = 900;

/** The store of one open rule: its draft with undo and redo, and what is chosen in it. `clock` in milliseconds. */
export function createEditorStore(draft: RuleDraft, selection: Selection, clock: () => number): EditorStore {
  let lastRun = '';
  let lastAt = -Infinity;
  const store: EditorStore = createStore<EditorState>()(
    temporal(
      (set, get) => {
        const write = (next: RuleDraft, run = '') => {
          if (jsonEqual(next, get().draft)) return;
          const together = run !== '' && run === lastRun && clock() - lastAt < togetherFor;
          lastRun = run;
          lastAt = clock();
          if (together) store.temporal.getState().pause();
          set({ draft: next });
          if (together) store.temporal.getState().resume();
        };
        const change = (part: Partial<RuleContent>, run?: string) => {
          const { draft } = get();
          write({ ...draft, content: { ...draft.content, ...part } }, run);
        };
        return {
          draft,
          selection,
          focus: '',
          clipboard: undefined,
          change,
          changeSteps: (edit, run) => change({ steps: edit(get().draft.content.steps) }, run),
          setTenant: (tenantId) => write({ ...get().draft, tenantId }),
          setUnfinished: (place, text) => {
            const { draft } = get();
            const { [place]: _former, ...others } = draft.unfinished;
            write(
              { ...draft, unfinished: text === undefined ? others : { ...others, [place]: text } },
              `text ${place}`,
            );
          },
          replace: (next) => write(next),
          select: (chosen, focus = '') => set({ selection: chosen, focus }),
          copy: (step) => set({ clipboard: step }),
        };
      },
      {
        partialize: ({ draft }) => ({ draft }),
        limit: rememberedSteps,
        equality: (past, current) => past.draft === current.draft,
      },
    ),
  );
  return store;
}
