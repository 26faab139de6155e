import { ComparisonField, ComparisonOperator, ComparisonSource, MatchWord } from './builderInputs.tsx';
import { AddComparison, AddGroup, ClonePart, MovePart, PartWithProblems, RemovePart } from './builderActions.tsx';
import { ComparisonValue } from './ComparisonValue.tsx';

/** The query builder's controls in the console's own look. */
export const builderControls = {
  addRuleAction: AddComparison,
  addGroupAction: AddGroup,
  cloneRuleAction: ClonePart,
  cloneGroupAction: ClonePart,
  combinatorSelector: MatchWord,
  fieldSelector: ComparisonField,
  operatorSelector: ComparisonOperator,
  removeRuleAction: RemovePart,
  removeGroupAction: RemovePart,
  rule: PartWithProblems,
  shiftActions: MovePart,
  valueEditor: ComparisonValue,
  valueSourceSelector: ComparisonSource,
};
