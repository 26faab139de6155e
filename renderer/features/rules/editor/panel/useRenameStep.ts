import type { Json } from '#shared/kernel/json.ts';
import type { Step } from '#shared/resources/automation/step.ts';
import type { RuleContent } from '../model/ruleContent.ts';
import { renameUnfinished } from '../model/unfinished.ts';
import { useEditorStore } from '../model/useEditor.ts';
import { renameMentions } from '../steps/stepIds.ts';
import { changeStep } from '../steps/stepTree.ts';

/** Gives a step another id; `mentions` says whether what names it in the rule goes along. One step back takes all of it back. */
export function useRenameStep(): (from: string, to: string, mentions: boolean) => void {
  const store = useEditorStore();
  return (from, to, mentions) => {
    const { draft, selection } = store.getState();
    const renamed = changeStep(draft.content.steps, from, (step) => ({ ...step, id: to }));
    const steps = mentions ? follow<Step[]>(renamed, from, to) : renamed;
    const conditions = mentions
      ? follow<RuleContent['conditions']>(draft.content.conditions, from, to)
      : draft.content.conditions;
    store.getState().replace({
      ...draft,
      content: { ...draft.content, steps, conditions },
      unfinished: renameUnfinished(draft.unfinished, from, to),
    });
    if (selection.part === 'step' && selection.id === from) store.getState().select({ part: 'step', id: to });
  };
}

/** Rules are plain JSON; only texts in them change, so their shape stays. */
function follow<Part>(part: Part, from: string, to: string): Part {
  return renameMentions(part as unknown as Json, from, to) as unknown as Part;
}
