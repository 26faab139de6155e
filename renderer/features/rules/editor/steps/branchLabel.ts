import type { AutomationWords } from '#renderer/data/hooks/useAutomationWords.ts';
import type { Step } from '#shared/resources/automation/step.ts';

/** What a branch is called; an answer of a decision that has no words yet goes by its id. */
export function branchLabel(step: Step, branch: string, words: Pick<AutomationWords, 'branch'>): string {
  const said = words.branch(step, branch);
  if (said !== '' || step.type !== 'aiDecision') return said;
  return step.options[Number(/^options\.(\d+)\./.exec(branch)?.[1])]?.id ?? branch;
}
