import type { Json } from '../../../kernel/json.ts';
import type { ConditionGroup, ConditionOperator } from '../../../resources/automation/condition.ts';

/** Why a comparison does not hold although it might seem to, as a code that each language turns into its own words. */
export type ComparisonReason =
  /** The two values cannot be ordered with each other (SPEC C3). */
  | 'not_comparable'
  /** The field holds no text, no list, no instant where the operator needs one. */
  | 'wrong_type'
  /** What to compare with is missing or of the wrong shape. */
  | 'bad_value'
  /** The regular expression cannot be run. */
  | 'bad_pattern'
  /** The text is longer than what regular expressions are tried on. */
  | 'text_too_long'
  /** The event is no change of a record. */
  | 'no_change_known';

/** One comparison and what came of it; plain data, without words. */
export interface ComparisonResult {
  type: 'comparison';
  /** Where it stands in the group: `conditions.0.conditions.2`. */
  path: string;
  field: string;
  operator: ConditionOperator;
  /** What the field holds; undefined where it is missing. */
  actual: Json | undefined;
  /** What it was compared with: the literal, or what the other field holds. */
  expected: Json | undefined;
  /** Path of that other field. */
  expectedField?: string;
  /** Of `changed`, `changed_to`, `changed_from`: what the field held before. */
  previous?: Json | undefined;
  holds: boolean;
  reason?: ComparisonReason;
}

/** `decidedBy` is the comparison that settled it: the first that failed or the first that held. undefined in an empty group. */
export interface ConditionResult {
  holds: boolean;
  decidedBy: ComparisonResult | undefined;
}

/** A group and everything in it, also what did not matter any more. */
export interface GroupExplanation {
  type: 'group';
  /** '' for the whole. */
  path: string;
  match: ConditionGroup['match'];
  holds: boolean;
  conditions: (GroupExplanation | ComparisonResult)[];
}

/** The plain answer with the whole tree behind it. */
export interface ConditionExplanation extends ConditionResult {
  tree: GroupExplanation;
}
