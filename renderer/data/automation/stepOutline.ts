import { branchesOf } from '#shared/resources/automation/step.ts';
import type { Step, StepType } from '#shared/resources/automation/step.ts';

/** What became of a step in a run; `not_taken` = the run went another way, `pending` = it may still come. */
export type OutlineMark = 'success' | 'failed' | 'skipped' | 'waiting' | 'running' | 'pending' | 'not_taken';

/** A step as a line of an outline, with what hangs below it. */
export interface OutlineNode {
  key: string;
  type: StepType;
  title: string;
  /** What kind of step it is. */
  kind: string;
  /** What it does, in short; may be ''. */
  detail: string;
  mark?: OutlineMark | undefined;
  branches: { key: string; label: string; nodes: OutlineNode[]; taken?: boolean | undefined }[];
}

export interface OutlineWords {
  stepKind: (step: Step) => string;
  stepDetail: (step: Step) => string;
  branch: (step: Step, name: string) => string;
}

/** What a run tells about its steps. */
export interface OutlinePath {
  markOf: (stepId: string) => OutlineMark;
  /** Whether the list of that name inside the step was entered. */
  took: (stepId: string, branch: string) => boolean;
}

/** The steps of a rule as an outline; with a path, marked by what a run did. Empty error branches are left out. */
export function stepOutline(steps: readonly Step[], words: OutlineWords, path?: OutlinePath): OutlineNode[] {
  return steps.map((step) => ({
    key: step.id,
    type: step.type,
    title: step.name,
    kind: words.stepKind(step),
    detail: words.stepDetail(step),
    ...(path ? { mark: path.markOf(step.id) } : {}),
    branches: branchesOf(step)
      .filter((branch) => branch.steps.length > 0)
      .map((branch) => ({
        key: branch.name,
        label: words.branch(step, branch.name),
        nodes: stepOutline(branch.steps, words, path),
        ...(path ? { taken: path.took(step.id, branch.name) } : {}),
      })),
  }));
}
