import { branchesOf } from '#shared/resources/automation/step.ts';
import type { Step, StepBranch } from '#shared/resources/automation/step.ts';

/** A list of steps: the rule's own (`owner` ''), or one inside a step, named as `branchesOf` names it. */
export interface StepListName {
  owner: string;
  branch: string;
}

/** A place between two steps, or at an end of a list; `index` counts from 0. */
export interface Slot extends StepListName {
  index: number;
}

export const ruleList: StepListName = { owner: '', branch: '' };

/** The lists inside a step that can be filled: those for its error also while they are empty. */
export function editableBranches(step: Step): StepBranch[] {
  const branches = branchesOf(step);
  return step.onError === 'branch' && !step.errorSteps ? [...branches, { name: 'errorSteps', steps: [] }] : branches;
}

/** The same step with another list in one of its branches; unchanged where it has no branch of that name. */
export function withBranch(step: Step, name: string, list: Step[]): Step {
  if (name === 'errorSteps') return { ...step, errorSteps: list };
  if (step.type === 'condition') {
    if (name === 'then') return { ...step, then: list };
    return name === 'otherwise' ? { ...step, otherwise: list } : step;
  }
  if (step.type === 'loop') return name === 'steps' ? { ...step, steps: list } : step;
  if (step.type !== 'aiDecision') return step;
  if (name === 'fallback') return { ...step, fallback: list };
  const options = step.options.map((option, index) =>
    name === `options.${index}.steps` ? { ...option, steps: list } : option,
  );
  return { ...step, options };
}

/** Every step with those of all branches, in the order in which they are read. */
export function allSteps(steps: readonly Step[]): Step[] {
  return steps.flatMap((step) => [step, ...branchesOf(step).flatMap((branch) => allSteps(branch.steps))]);
}

/** A step and where it stands; undefined where no step has the id. */
export function findStep(
  steps: readonly Step[],
  id: string,
  list: StepListName = ruleList,
): { step: Step; slot: Slot } | undefined {
  for (const [index, step] of steps.entries()) {
    if (step.id === id) return { step, slot: { ...list, index } };
    for (const branch of branchesOf(step)) {
      const found = findStep(branch.steps, id, { owner: step.id, branch: branch.name });
      if (found) return found;
    }
  }
  return undefined;
}

/** The steps of a list; undefined where there is no such list. */
export function listAt(steps: readonly Step[], { owner, branch }: StepListName): readonly Step[] | undefined {
  if (owner === '') return steps;
  const step = findStep(steps, owner)?.step;
  return step && editableBranches(step).find((one) => one.name === branch)?.steps;
}

/** Every list put through `change`, innermost first. Lists that stay the same object keep their step the same object. */
function mapLists(steps: Step[], change: (list: Step[], name: StepListName) => Step[], name = ruleList): Step[] {
  let touched = false;
  const inner = steps.map((step) => {
    let next = step;
    for (const branch of editableBranches(step)) {
      const before = [...branch.steps];
      const after = mapLists(before, change, { owner: step.id, branch: branch.name });
      if (after !== before) next = withBranch(next, branch.name, after);
    }
    touched ||= next !== step;
    return next;
  });
  return change(touched ? inner : steps, name);
}

/** Puts steps into a place; an index beyond the end is the end. Unchanged where there is no such list. */
export function insertSteps(steps: Step[], slot: Slot, added: readonly Step[]): Step[] {
  return mapLists(steps, (list, name) =>
    name.owner === slot.owner && name.branch === slot.branch
      ? [...list.slice(0, slot.index), ...added, ...list.slice(slot.index)]
      : list,
  );
}

/** Takes a step out, with everything in it. */
export function removeStep(steps: Step[], id: string): Step[] {
  return mapLists(steps, (list) =>
    list.some((step) => step.id === id) ? list.filter((step) => step.id !== id) : list,
  );
}

/** Changes one step where it stands; its id may change too. */
export function changeStep(steps: Step[], id: string, change: (step: Step) => Step): Step[] {
  return mapLists(steps, (list) =>
    list.some((step) => step.id === id) ? list.map((step) => (step.id === id ? change(step) : step)) : list,
  );
}

/** Whether the place is inside the step, where it cannot be moved to. */
export function isInside(step: Step, slot: StepListName): boolean {
  return slot.owner !== '' && allSteps([step]).some((one) => one.id === slot.owner);
}

/**
 * Moves a step, with everything in it, to a place as it was before the move. Unchanged for a place inside the step itself
 * and for one that does not exist: nothing is ever lost.
 */
export function moveStep(steps: Step[], id: string, slot: Slot): Step[] {
  const found = findStep(steps, id);
  if (!found || isInside(found.step, slot) || !listAt(steps, slot)) return steps;
  const sameList = found.slot.owner === slot.owner && found.slot.branch === slot.branch;
  const index = sameList && found.slot.index < slot.index ? slot.index - 1 : slot.index;
  if (sameList && index === found.slot.index) return steps;
  return insertSteps(removeStep(steps, id), { ...slot, index }, [found.step]);
}

/** Every place where a step could stand, in reading order. */
export function slotsOf(steps: readonly Step[], list: StepListName = ruleList): Slot[] {
  return [
    ...steps.flatMap((step, index): Slot[] => [
      { ...list, index },
      ...editableBranches(step).flatMap((branch) => slotsOf(branch.steps, { owner: step.id, branch: branch.name })),
    ]),
    { ...list, index: steps.length },
  ];
}

/** The place one before or after a step in reading order, in and out of branches; undefined at the ends. */
export function neighbourSlot(steps: readonly Step[], id: string, direction: 'up' | 'down'): Slot | undefined {
  const found = findStep(steps, id);
  if (!found) return undefined;
  const places = slotsOf(steps).filter((slot) => !isInside(found.step, slot));
  const here = places.findIndex(
    (slot) => slot.owner === found.slot.owner && slot.branch === found.slot.branch && slot.index === found.slot.index,
  );
  // The place behind the step is where it stands already.
  return direction === 'up' ? places[here - 1] : places[here + 2];
}
