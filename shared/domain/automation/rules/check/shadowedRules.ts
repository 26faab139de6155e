import { jsonEqual } from '../../../../kernel/json.ts';
import type { Rule } from '../../../../resources/automation/rule.ts';
import { branchesOf } from '../../../../resources/automation/step.ts';
import type { Step } from '../../../../resources/automation/step.ts';
import type { CheckedRule } from './ruleProblem.ts';
import { parsePattern } from '../../patterns/eventPattern.ts';
import type { EventPattern } from '../../patterns/eventPattern.ts';

type OtherRule = Pick<Rule, 'id' | 'tenantId' | 'body'>;

/**
 * The rule that does already what this one does: another active rule that runs before it (higher priority, or the same and
 * a smaller id), for at least the same tenants, at least the same events, under the same conditions or none, with the same
 * steps, names and ids aside. What this rule does then happens twice.
 */
export function shadowing(rule: CheckedRule, others: readonly OtherRule[]): OtherRule | undefined {
  if (rule.body.steps.length === 0) return undefined;
  const steps = stepsWithoutNames(rule.body.steps);
  return others.find(
    (other) =>
      other.id !== rule.id &&
      other.body.isActive &&
      runsBefore(other, rule) &&
      (other.tenantId === '' || other.tenantId === rule.tenantId) &&
      (other.body.conditions.conditions.length === 0 || jsonEqual(other.body.conditions, rule.body.conditions)) &&
      coversTrigger(other.body.trigger, rule.body.trigger) &&
      jsonEqual(stepsWithoutNames(other.body.steps), steps),
  );
}

function runsBefore(other: OtherRule, rule: CheckedRule): boolean {
  const difference = other.body.priority - rule.body.priority;
  return difference > 0 || (difference === 0 && (rule.id === '' || other.id < rule.id));
}

function coversTrigger(wide: Rule['body']['trigger'], narrow: Rule['body']['trigger']): boolean {
  if (wide.type !== 'event' || narrow.type !== 'event') {
    // Rules that are started or called by their own address are set off apart.
    return wide.type !== 'manual' && wide.type !== 'webhook' && jsonEqual(wide, narrow);
  }
  const [outer, inner] = [parsePattern(wide.pattern), parsePattern(narrow.pattern)];
  return outer.ok && inner.ok && coversPattern(outer.value, inner.value);
}

/** Whether every name that fits `narrow` fits `wide`. */
function coversPattern(wide: EventPattern, narrow: EventPattern): boolean {
  const fits = wide.segments.every((segment, index) => {
    const other = narrow.segments[index];
    return other !== undefined && (segment === '*' || segment === other);
  });
  if (!fits) return false;
  if (wide.rest) return narrow.rest || narrow.segments.length > wide.segments.length;
  return !narrow.rest && narrow.segments.length === wide.segments.length;
}

/** The steps as data without ids and names, with outputs still told apart by their place. */
function stepsWithoutNames(steps: readonly Step[]): unknown {
  const places = new Map<string, string>();
  const visit = (list: readonly Step[]) => {
    for (const step of list) {
      places.set(step.id, `step${places.size}`);
      for (const branch of branchesOf(step)) visit(branch.steps);
    }
  };
  visit(steps);
  const renamed = JSON.stringify(steps).replace(
    /steps\.([A-Za-z][A-Za-z0-9_]*)/g,
    (whole, id: string) => `steps.${places.get(id) ?? id}`,
  );
  return JSON.parse(renamed, (key, value: unknown) => (key === 'id' || key === 'name' ? undefined : value)) as unknown;
}
