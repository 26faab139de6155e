import { useState } from 'react';
import type { Json } from '#shared/kernel/json.ts';
import type { Step } from '#shared/resources/automation/step.ts';
import { useKnowledge } from '../model/KnowledgeContext.ts';
import { useEditorStore } from '../model/useEditor.ts';
import { countMentions, stepIdFrom } from '../steps/stepIds.ts';
import { allSteps } from '../steps/stepTree.ts';
import { useRenameStep } from './useRenameStep.ts';

/**
 * What happens once a step's name was written: a step that was never stored and that nothing names yet takes its id from
 * it, as long as its id still is the one made of the name before.
 */
export function useNameStep(step: Step): () => void {
  const store = useEditorStore();
  const { storedStepIds } = useKnowledge();
  const rename = useRenameStep();
  const [named, setNamed] = useState(step.name);
  return () => {
    const { steps, conditions } = store.getState().draft.content;
    const others = new Set(allSteps(steps).flatMap((one) => (one.id === step.id ? [] : [one.id])));
    const own = stepIdFrom(named, others, step.type) === step.id;
    const next = stepIdFrom(step.name, others, step.type);
    setNamed(step.name);
    const mentions = countMentions({ steps, conditions } as unknown as Json, step.id);
    if (!own || next === step.id || mentions > 0 || storedStepIds.has(step.id)) return;
    rename(step.id, next, false);
  };
}
