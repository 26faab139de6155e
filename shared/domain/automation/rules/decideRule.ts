import type { JsonObject } from '../../../kernel/json.ts';
import type { Rule } from '../../../resources/automation/rule.ts';
import {
  compileConditions,
  conditionsHold,
  evaluateConditions,
  explainConditions,
} from '../conditions/evaluateConditions.ts';
import type { CompiledConditions } from '../conditions/evaluateConditions.ts';
import type { ComparisonResult, ConditionExplanation } from '../conditions/conditionResult.ts';
import { parsePattern, patternMatches } from '../patterns/eventPattern.ts';
import type { EventPattern } from '../patterns/eventPattern.ts';
import type { EventFacts, ScopeView } from '../scope.ts';
import { fieldChangeOf, fitsFieldChange } from './fieldChange.ts';
import { patternOfTrigger } from './ruleSubscriptions.ts';
import { isDirected } from './triggerEvents.ts';

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
  /** The event is of another tenant, or of the platform. */
  | { decision: 'not'; because: 'tenant'; ruleTenantId: string }
  /** `pattern` = what it listens to. */
  | { decision: 'not'; because: 'trigger'; pattern: string }
  /** The record was changed, but not that field, or not from or to that value; `found` is its change. */
  | { decision: 'not'; because: 'field_change'; field: string; found: JsonObject | undefined }
  | { decision: 'not'; because: 'conditions'; decidedBy: ComparisonResult | undefined };

/** The decision with every step on the way to it, also those after it was settled. */
export interface RuleExplanation {
  decision: RuleDecision;
  isActive: boolean;
  tenant: { fits: boolean; ruleTenantId: string; eventTenantId: string };
  trigger: { fits: boolean; pattern: string; event: string };
  /** Of rules that wait for a field's change. */
  fieldChange: { fits: boolean; field: string; found: JsonObject | undefined } | undefined;
  conditions: ConditionExplanation;
}

/** @param revision another revision's body and number instead of the record's own. */
export function compileRule(
  record: Pick<Rule, 'id' | 'tenantId' | 'body'>,
  revision?: { revision: number; body: Rule['body'] },
): CompiledRule {
  const body = revision?.body ?? record.body;
  const pattern = parsePattern(patternOfTrigger(body.trigger));
  return {
    id: record.id,
    name: body.name,
    tenantId: record.tenantId,
    revision: revision?.revision ?? body.revision,
    priority: body.priority,
    isActive: body.isActive,
    body,
    pattern: pattern.ok ? pattern.value : undefined,
    conditions: compileConditions(body.conditions),
  };
}

/**
 * Whether a rule runs for an event: the one answer of server, simulator and explanations (SPEC D1). `view` is `scopeView` of
 * the event's scope; its `rule` may be any. Limits, cooldowns and concurrency are the server's and not looked at. Never throws.
 */
export function decideRule(rule: CompiledRule, event: EventFacts, view: ScopeView): RuleDecision {
  const refusal = decideWithoutConditions(rule, event);
  if (refusal) return refusal;
  const { holds, decidedBy } = evaluateConditions(rule.conditions, view);
  return holds ? { decision: 'run', decidedBy } : { decision: 'not', because: 'conditions', decidedBy };
}

/** Whether the decision is to run, without what it rests on. */
export function ruleRuns(rule: CompiledRule, event: EventFacts, view: ScopeView): boolean {
  return decideWithoutConditions(rule, event) === undefined && conditionsHold(rule.conditions, view);
}

/** The same decision, explained. */
export function explainRule(rule: CompiledRule, event: EventFacts, view: ScopeView): RuleExplanation {
  const conditions = explainConditions(rule.conditions, view);
  const { holds, decidedBy } = conditions;
  const { trigger } = rule.body;
  const found = trigger.type === 'field_change' ? fieldChangeOf(event.data, trigger.field) : undefined;
  return {
    decision:
      decideWithoutConditions(rule, event) ??
      (holds ? { decision: 'run', decidedBy } : { decision: 'not', because: 'conditions', decidedBy }),
    isActive: rule.isActive,
    tenant: { fits: seesTenant(rule, event), ruleTenantId: rule.tenantId, eventTenantId: event.tenantId },
    trigger: { fits: listensTo(rule, event), pattern: patternOfTrigger(trigger), event: event.name },
    fieldChange:
      trigger.type === 'field_change'
        ? { fits: fitsFieldChange(trigger, found), field: trigger.field, found }
        : undefined,
    conditions,
  };
}

function decideWithoutConditions(rule: CompiledRule, event: EventFacts): RuleDecision | undefined {
  if (!rule.isActive) return { decision: 'not', because: 'inactive' };
  if (!seesTenant(rule, event)) return { decision: 'not', because: 'tenant', ruleTenantId: rule.tenantId };
  const { trigger } = rule.body;
  if (!listensTo(rule, event))
    return { decision: 'not', because: 'trigger', pattern: rule.pattern?.text ?? patternOfTrigger(trigger) };
  if (trigger.type !== 'field_change' || event.name === 'rule.started') return undefined;
  const found = fieldChangeOf(event.data, trigger.field);
  return fitsFieldChange(trigger, found)
    ? undefined
    : { decision: 'not', because: 'field_change', field: trigger.field, found };
}

/** A tenant's rule sees its tenant's events; one of the platform sees all. */
function seesTenant(rule: CompiledRule, event: EventFacts): boolean {
  return rule.tenantId === '' || rule.tenantId === event.tenantId;
}

function listensTo({ id, pattern }: CompiledRule, event: EventFacts): boolean {
  if (!pattern) return false;
  if (!isDirected(event.name)) return patternMatches(pattern, event.name);
  return event.data['ruleId'] === id && (event.name === 'rule.started' || pattern.text === event.name);
}
