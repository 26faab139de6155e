import type { JsonObject } from '../../../kernel/json.ts';
import type { Rule } from '../../../resources/automation/rule.ts';
import type { CompiledConditions } from '../conditions/evaluateConditions.ts';
import type { ComparisonResult, ConditionExplanation } from '../conditions/conditionResult.ts';
import type { EventPattern } from '../patterns/eventPattern.ts';
import type { EventFacts, ScopeView } from '../scope.ts';

/** A rule, or one of its revisions, with everything prepared that does not depend on the event. */
export interface CompiledRule {
  id: string;
  name: string;
  tenantId: string;
  revision: number;
  priority: number;
  isActive: boolean;
  body: Rule['body'];
  /** Names of the events it listens to; undefined = its pattern cannot be read, and it never runs. */
  pattern: EventPattern | undefined;
  conditions: CompiledConditions;
}

export type RuleDecision =
  /** `decidedBy`: the comparison that settled it; undefined where there are no conditions. */
  | { decision: 'run'; decidedBy: ComparisonResult | undefined }
  | { decision: 'not'; because: 'inactive' }
  /** `pattern` = what it listens to. */
  | { decision: 'not'; because: 'trigger'; pattern: string }
  /** The event is of another tenant, or of the platform. */
  | { decision: 'not'; because: 'tenant'; ruleTenantId: string }
  /** The record was changed, but not that field, or not from or to that value. */
  | { decision: 'not'; because: 'field_change'; field: string; found: JsonObject | undefined }
  | { decision: 'not'; because: 'conditions'; decidedBy: ComparisonResult | undefined };

/** The decision with every step on the way to it, also those after it was settled. */
export interface RuleExplanation {
  decision: RuleDecision;
  isActive: boolean;
  tenant: { fits: boolean; ruleTenantId: string; eventTenantId: string };
  trigger: { fits: boolean; pattern: string; event: string };
  fieldChange: { fits: boolean; field: string; found: JsonObject | undefined } | undefined;
  conditions: ConditionExplanation;
}

/** @param revision another revision's body and number instead of the record's own. */
export function compileRule(_record: Rule, _revision?: { revision: number; body: Rule['body'] }): CompiledRule {
  throw new Error('being written');
}

/**
 * Whether a rule runs for an event: the one answer of server, simulator and explanations. `view` is `scopeView` of the
 * event's scope; its `rule` may be any. Limits, cooldowns and concurrency are the server's and not looked at. Never throws.
 */
export function decideRule(_rule: CompiledRule, _event: EventFacts, _view: ScopeView): RuleDecision {
  throw new Error('being written');
}

/** The same decision, explained. */
export function explainRule(_rule: CompiledRule, _event: EventFacts, _view: ScopeView): RuleExplanation {
  throw new Error('being written');
}
