import { branchesOf } from '../../../resources/automation/step.ts';
import type { Step } from '../../../resources/automation/step.ts';
import type { Frame } from './runState.ts';

/** The list a frame walks through: '' = the rule's steps, `2.then.0.options.1.steps`. undefined where there is none. */
export function listAt(steps: readonly Step[], path: string): readonly Step[] | undefined {
  let list: readonly Step[] = steps;
  let rest = path;
  while (rest !== '') {
    const dot = rest.indexOf('.');
    const step = list[Number(rest.slice(0, dot))];
    const branch = step && branchesOf(step).find(({ name }) => `${rest}.`.startsWith(`${name}.`, dot + 1));
    if (!branch) return undefined;
    list = branch.steps;
    rest = rest.slice(dot + 1 + branch.name.length + 1);
  }
  return list;
}

/** The step that is next or under way; undefined at the end of a list. */
export function stepAt(steps: readonly Step[], frames: readonly Frame[]): Step | undefined {
  const frame = frames.at(-1);
  return frame && listAt(steps, frame.list)?.[frame.index];
}
