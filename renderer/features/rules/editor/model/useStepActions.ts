import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { Step, StepType } from '#shared/resources/automation/step.ts';
import { newStep } from '../steps/newStep.ts';
import { copyStep } from '../steps/stepIds.ts';
import { allSteps, findStep, insertSteps, moveStep, neighbourSlot, removeStep } from '../steps/stepTree.ts';
import type { Slot } from '../steps/stepTree.ts';
import { useEditorStore } from './useEditor.ts';

/** What can be done with steps, from the flow and from the list alike. */
export interface StepActions {
  add: (type: StepType, slot: Slot) => void;
  remove: (id: string) => void;
  duplicate: (id: string) => void;
  /** One place up or down in reading order, in and out of branches. */
  nudge: (id: string, direction: 'up' | 'down') => void;
  move: (id: string, slot: Slot) => void;
  copy: (id: string) => void;
  cut: (id: string) => void;
  paste: (slot: Slot) => void;
}

export function useStepActions(): StepActions {
  const store = useEditorStore();
  const { t } = useTranslation('automation');
  return useMemo(() => {
    const steps = (): Step[] => store.getState().draft.content.steps;
    const taken = () => new Set(allSteps(steps()).map((step) => step.id));
    const write = (next: Step[]) => store.getState().changeSteps(() => next);
    const choose = (id: string) => store.getState().select({ part: 'step', id });
    const remove = (id: string) => {
      const found = findStep(steps(), id);
      const order = allSteps(steps());
      const before = order[order.findIndex((step) => step.id === id) - 1];
      write(removeStep(steps(), id));
      if (found) store.getState().select(before ? { part: 'step', id: before.id } : { part: 'conditions' });
    };
    const copy = (id: string) => {
      const found = findStep(steps(), id);
      if (found) store.getState().copy(found.step);
    };
    const insertCopy = (step: Step, slot: Slot) => {
      const made = copyStep(step, taken());
      write(insertSteps(steps(), slot, [made]));
      choose(made.id);
    };
    return {
      add: (type, slot) => {
        const made = newStep(type, t(`stepType.${type}`), taken());
        write(insertSteps(steps(), slot, [made]));
        store.getState().select({ part: 'step', id: made.id }, 'name');
      },
      remove,
      duplicate: (id) => {
        const found = findStep(steps(), id);
        if (found) insertCopy(found.step, { ...found.slot, index: found.slot.index + 1 });
      },
      nudge: (id, direction) => {
        const slot = neighbourSlot(steps(), id, direction);
        if (slot) write(moveStep(steps(), id, slot));
      },
      move: (id, slot) => write(moveStep(steps(), id, slot)),
      copy,
      cut: (id) => {
        copy(id);
        remove(id);
      },
      paste: (slot) => {
        const { clipboard } = store.getState();
        if (clipboard) insertCopy(clipboard, slot);
      },
    };
  }, [store, t]);
}
