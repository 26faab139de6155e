import type { Step } from '#shared/resources/automation/step.ts';
import { editableBranches } from '../steps/stepTree.ts';
import type { Selection } from './editorStore.ts';

/** Where in the editor a problem is shown. */
export interface ProblemPlace {
  selection: Selection;
  /** The rest of the path inside that part: `pattern`, `template`, `settings.value`, '' for the part as a whole. */
  field: string;
}

/** Finds the part of the editor that a path of the rule's body belongs to. */
export function problemPlace(path: string, steps: readonly Step[]): ProblemPlace {
  const [top = '', ...rest] = path.split('.');
  if (top === 'trigger' || top === 'conditions') return { selection: { part: top }, field: rest.join('.') };
  if (top !== 'steps') return { selection: { part: 'settings' }, field: path };
  return stepPlace(rest, steps) ?? { selection: { part: 'settings' }, field: path };
}

function stepPlace([index = '', ...rest]: readonly string[], steps: readonly Step[]): ProblemPlace | undefined {
  const step = /^\d+$/.test(index) ? steps[Number(index)] : undefined;
  if (!step) return undefined;
  for (const branch of editableBranches(step)) {
    const names = branch.name.split('.');
    if (names.every((name, at) => rest[at] === name)) {
      const inner = stepPlace(rest.slice(names.length), branch.steps);
      if (inner) return inner;
    }
  }
  return { selection: { part: 'step', id: step.id }, field: rest.join('.') };
}

/**
 * The indexes of a comparison and the field in it: `0.conditions.2.value` and `conditions.0.conditions.2.value` are both
 * the value of the third part of the first.
 */
export function conditionPlace(field: string): { path: number[]; field: string } {
  const names = field.split('.').filter((name) => name !== 'conditions' && name !== '');
  const first = names.findIndex((name) => !/^\d+$/.test(name));
  const count = first < 0 ? names.length : first;
  return { path: names.slice(0, count).map(Number), field: names.slice(count).join('.') };
}
