import type { OutlineMark, OutlinePath } from '#renderer/data/automation/stepOutline.ts';
import type { StepTrace } from '#shared/resources/runs/run.ts';

/** Strongest last: of many rounds of a loop the step shows the gravest. */
const order: readonly OutlineMark[] = ['not_taken', 'pending', 'skipped', 'success', 'running', 'waiting', 'failed'];

/**
 * What a run did with each step of its rule. A step without a trace may still come while the run goes on; afterwards the
 * run went another way.
 */
export function runPath(traces: readonly StepTrace[], ended: boolean): OutlinePath {
  const marks = new Map<string, OutlineMark>();
  const branches = new Set<string>();
  for (const trace of traces) {
    const mark: OutlineMark = trace.status;
    const before = marks.get(trace.stepId);
    if (before === undefined || order.indexOf(mark) > order.indexOf(before)) marks.set(trace.stepId, mark);
    if (trace.branch !== undefined) branches.add(`${trace.stepId}/${trace.branch}`);
  }
  return {
    markOf: (stepId) => marks.get(stepId) ?? (ended ? 'not_taken' : 'pending'),
    took: (stepId, branch) => branches.has(`${stepId}/${branch}`),
  };
}
