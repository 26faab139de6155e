import type { ConditionGroup } from '#shared/resources/automation/condition.ts';

/** What conditions look at besides the event, so that nothing else has to be read for a decision. */
export interface RuleReads {
  record: boolean;
  tenant: boolean;
}

export function readsOf(conditions: ConditionGroup): RuleReads {
  const reads: RuleReads = { record: false, tenant: false };
  const note = (path: unknown) => {
    const root = typeof path === 'string' ? path.split('.', 1)[0] : undefined;
    if (root === 'tenant') reads.tenant = true;
    // Operators of change compare `before` with `record`, whatever root they name.
    else if (root !== 'event' && root !== 'now') reads.record = true;
  };
  const walk = (group: ConditionGroup) => {
    for (const condition of group.conditions) {
      if (condition.type === 'group') walk(condition);
      else {
        note(condition.field);
        if (condition.valueSource === 'field') note(condition.value);
        if (condition.operator.startsWith('changed')) reads.record = true;
      }
    }
  };
  walk(conditions);
  return reads;
}
