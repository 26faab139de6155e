import type { ConditionOperator } from '../../../resources/automation/condition.ts';
import type { RuleDecision } from '../rules/decideRule.ts';
import type { EventFacts } from '../scope.ts';

type Because = Extract<RuleDecision, { decision: 'not' }>['because'];

/** How often one comparison was what stood in the way. */
export interface FailedCondition {
  /** In the rule's conditions: `conditions.0.conditions.2`. */
  path: string;
  field: string;
  operator: ConditionOperator;
  count: number;
}

/** What a stretch of history is for one rule. */
export interface HistoryCount {
  matched: number;
  notMatched: Record<Because, number>;
  /** The commonest first. */
  failedConditions: FailedCondition[];
  /** Tenants it would have run for, with how often; the commonest first, at most 1000. */
  tenants: { tenantId: string; count: number }[];
  tenantCount: number;
}

/** Counts decisions one by one. */
export function createHistoryCount(): {
  add: (event: Pick<EventFacts, 'tenantId'>, decision: RuleDecision) => void;
  result: () => HistoryCount;
} {
  let matched = 0;
  const notMatched: HistoryCount['notMatched'] = { inactive: 0, tenant: 0, trigger: 0, field_change: 0, conditions: 0 };
  const failed = new Map<string, FailedCondition>();
  const tenants = new Map<string, number>();
  return {
    add: ({ tenantId }, decision) => {
      if (decision.decision === 'run') {
        matched += 1;
        if (tenantId !== '') tenants.set(tenantId, (tenants.get(tenantId) ?? 0) + 1);
        return;
      }
      notMatched[decision.because] += 1;
      if (decision.because !== 'conditions' || !decision.decidedBy) return;
      const { path, field, operator } = decision.decidedBy;
      const known = failed.get(path);
      if (known) known.count += 1;
      else failed.set(path, { path, field, operator, count: 1 });
    },
    result: () => ({
      matched,
      notMatched: { ...notMatched },
      failedConditions: [...failed.values()].sort((left, right) => right.count - left.count),
      tenants: [...tenants]
        .map(([tenantId, count]) => ({ tenantId, count }))
        .sort((left, right) => right.count - left.count)
        .slice(0, 1000),
      tenantCount: tenants.size,
    }),
  };
}
