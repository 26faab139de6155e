import type { JsonObject } from '../../../../kernel/json.ts';
import type { Resource } from '../../../../records/defineResource.ts';
import type { EventType } from '../../../../resources/automation/eventType.ts';
import type { Rule } from '../../../../resources/automation/rule.ts';
import type { ComparisonProblem } from '../../conditions/checkComparison.ts';

/** What can be wrong with a rule; the words are the screens'. */
export type RuleProblemCode =
  | ComparisonProblem['code']
  // Errors: {message} says what is wrong where another part found it.
  | 'bad_pattern'
  | 'bad_schedule'
  | 'bad_time_zone'
  /** {message, line, column} */
  | 'bad_template'
  /** {message, position} */
  | 'bad_expression'
  | 'bad_settings'
  /** {found} */
  | 'bad_email'
  | 'bad_recipient'
  | 'bad_url'
  | 'bad_date'
  | 'bad_header'
  /** {message} */
  | 'bad_value'
  | 'missing_value'
  /** {kind, field} */
  | 'missing_field'
  /** {kind} */
  | 'unknown_kind'
  /** {kind}: rules may not write such records. */
  | 'closed_kind'
  /** {kind, field} */
  | 'unknown_field'
  | 'not_a_date_field'
  | 'server_field'
  /** {kind, status, known} */
  | 'unknown_status'
  /** {rounds, limit} */
  | 'too_many_rounds'
  // Warnings.
  /** {name} */
  | 'unknown_event_type'
  | 'inactive_event_type'
  /** {name} */
  | 'unknown_variable'
  | 'secret_in_template'
  | 'secret_in_text'
  | 'broad_pattern'
  /** {reason: 'contradiction' | 'same_value', first?, second?} */
  | 'never_fires'
  /** {limit} */
  | 'limit_reached'
  /** {ruleId, ruleName} */
  | 'shadowed'
  /** {rules: names on the way back, event} */
  | 'may_loop'
  /** {permission} */
  | 'unknown_permission'
  | 'no_steps'
  | 'no_error_steps'
  | 'kind_without_events'
  | 'no_record'
  // Hints.
  | 'empty_branches';

export interface RuleProblem {
  /** In the rule's body: `trigger.pattern`, `conditions.conditions.0.value`, `steps.1.then.0.template`. */
  path: string;
  code: RuleProblemCode;
  /** 'error': an active rule cannot be saved with it. */
  severity: 'error' | 'warning' | 'hint';
  /** Fills the words. */
  details: JsonObject;
}

/** What else there is. Leave a list out where it is not known: what would need it is not judged. */
export interface RuleKnowledge {
  eventTypes?: readonly EventType[];
  /** All rules; the one that is checked may be among them. */
  rules?: readonly Pick<Rule, 'id' | 'tenantId' | 'body'>[];
  resources: readonly Resource[];
}

export interface CheckedRule {
  /** '' for a rule that was never saved. */
  id: string;
  tenantId: string;
  body: Rule['body'];
}

/** Takes up what is found. */
export type Report = (
  severity: RuleProblem['severity'],
  path: string,
  code: RuleProblemCode,
  details?: JsonObject,
) => void;
