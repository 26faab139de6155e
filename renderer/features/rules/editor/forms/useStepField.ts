import { useCallback } from 'react';
import type { Json } from '#shared/kernel/json.ts';
import type { Step } from '#shared/resources/automation/step.ts';
import { useEditorStore } from '../model/useEditor.ts';
import { useFieldProblem } from '../model/useProblems.ts';
import type { FieldProblem } from '../model/useProblems.ts';
import { changeStep } from '../steps/stepTree.ts';
import { fieldValue, withField } from './fieldValue.ts';

/** Changes a step of the open rule; changes of one `run` that follow each other closely are taken back together. */
export function useChangeStep(id: string): (change: (step: Step) => Step, run?: string) => void {
  const store = useEditorStore();
  return useCallback(
    (change, run) =>
      store
        .getState()
        .changeSteps((steps) => changeStep(steps, id, change), run === undefined ? undefined : `${id}/${run}`),
    [store, id],
  );
}

export interface StepFieldControl extends FieldProblem {
  value: Json | undefined;
  set: (value: Json | undefined) => void;
}

/** One field of a step, with what is wrong with it. */
export function useStepField(step: Step, path: string): StepFieldControl {
  const change = useChangeStep(step.id);
  const problem = useFieldProblem({ part: 'step', id: step.id }, path);
  return {
    ...problem,
    value: fieldValue(step, path),
    set: (value) => change((held) => withField(held, path, value), path),
  };
}
