import type { ConditionGroup } from '../../../resources/automation/condition.ts';
import type { ScopeView } from '../scope.ts';
import type { ConditionExplanation, ConditionResult } from './conditionResult.ts';

/** Conditions with everything prepared that does not depend on the scope. */
export interface CompiledConditions {
  readonly group: ConditionGroup;
}

export function compileConditions(group: ConditionGroup): CompiledConditions {
  return { group };
}

/** Whether the conditions hold, and which comparison decided it. Never throws. */
export function evaluateConditions(_compiled: CompiledConditions, _view: ScopeView): ConditionResult {
  throw new Error('being written');
}

/** The same answer with every comparison's result. Never throws. */
export function explainConditions(_compiled: CompiledConditions, _view: ScopeView): ConditionExplanation {
  throw new Error('being written');
}
