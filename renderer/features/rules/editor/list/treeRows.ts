import type { Step } from '#shared/resources/automation/step.ts';
import { editableBranches, ruleList } from '../steps/stepTree.ts';
import type { Slot, StepListName } from '../steps/stepTree.ts';

/** A line of the list of steps: a step, or the name of a branch with what is in it below. */
export type TreeRow = {
  key: string;
  /** 1 = the rule's own steps. */
  level: number;
  /** Counts from 1, as screen readers say it. */
  position: number;
  size: number;
  /** Where a step comes when it is added after this line. */
  after: Slot;
} & ({ type: 'step'; step: Step } | { type: 'branch'; owner: Step; name: string; count: number });

/** The lines of the list from top to bottom; branches that are closed hide what is in them. */
export function treeRows(steps: readonly Step[], closed: ReadonlySet<string>): TreeRow[] {
  const walk = (list: readonly Step[], name: StepListName, level: number): TreeRow[] =>
    list.flatMap((step, index): TreeRow[] => {
      const place = { level, position: index + 1, size: list.length };
      const row: TreeRow = { key: step.id, ...place, type: 'step', step, after: { ...name, index: index + 1 } };
      const branches = closed.has(step.id) ? [] : editableBranches(step);
      return [
        row,
        ...branches.flatMap((branch, at): TreeRow[] => {
          const key = `${step.id}/${branch.name}`;
          const own = { owner: step.id, branch: branch.name };
          const head: TreeRow = {
            key,
            level: level + 1,
            position: at + 1,
            size: branches.length,
            type: 'branch',
            owner: step,
            name: branch.name,
            count: branch.steps.length,
            after: { ...own, index: 0 },
          };
          return [head, ...(closed.has(key) ? [] : walk(branch.steps, own, level + 2))];
        }),
      ];
    });
  return walk(steps, ruleList, 1);
}

/** Whether there is anything below a line that could be opened and closed. */
export function opens(row: TreeRow): boolean {
  return row.type === 'step' ? editableBranches(row.step).length > 0 : row.count > 0;
}

/** The line a line hangs below; undefined for the rule's own steps. */
export function parentOf(rows: readonly TreeRow[], index: number): TreeRow | undefined {
  const level = rows[index]?.level ?? 1;
  return rows.slice(0, index).findLast((row) => row.level < level);
}
