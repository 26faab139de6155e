import type { JsonObject } from '../../../kernel/json.ts';
import type { Resource } from '../../../records/defineResource.ts';
import type { EventType } from '../../../resources/automation/eventType.ts';
import type { Rule } from '../../../resources/automation/rule.ts';

export interface RuleProblem {
  /** In the rule's body: `trigger.pattern`, `conditions.0.value`, `steps.1.then.0.template`. */
  path: string;
  /** What is wrong, as a code that each language turns into words; `details` fills them. */
  code: string;
  /** 'error': an active rule cannot be saved with it. */
  severity: 'error' | 'warning' | 'hint';
  details: JsonObject;
}

/** What else there is. Leave a list out where it is not known: what would need it is not judged. */
export interface RuleKnowledge {
  eventTypes?: readonly EventType[];
  /** All rules, the one that is checked may be among them. */
  rules?: readonly Rule[];
  resources: readonly Resource[];
}

/** Everything wrong or doubtful with a rule, errors first. `rule.id` may be ''. */
export function checkRule(
  _rule: { id: string; tenantId: string; body: Rule['body'] },
  _knowledge: RuleKnowledge,
): RuleProblem[] {
  throw new Error('being written');
}
