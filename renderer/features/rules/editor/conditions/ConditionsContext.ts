import { createContext, useContext } from 'react';
import type { Comparison } from '#shared/resources/automation/condition.ts';
import type { ScopeVariable } from '../code/scopeVariables.ts';

/** What the parts of one condition builder share. */
export interface ConditionsScope {
  variables: readonly ScopeVariable[];
  /** What is wrong with a part: `path` as the query builder counts, `field` '' for the part as a whole. */
  problemAt: (path: readonly number[]) => { message: string; isError: boolean }[];
  change: (path: readonly number[], change: (comparison: Comparison) => Comparison) => void;
}

export const ConditionsContext = createContext<ConditionsScope | undefined>(undefined);

/** @throws Error outside of a condition builder: a bug of the builder. */
export function useConditionsScope(): ConditionsScope {
  const scope = useContext(ConditionsContext);
  if (!scope) throw new Error('useConditionsScope needs a ConditionsContext above it; ConditionBuilder provides it');
  return scope;
}
