import type { Json, JsonObject } from '../../../kernel/json.ts';
import type { Comparison, ConditionGroup, ConditionOperator } from '../../../resources/automation/condition.ts';
import type { ActionName, Step, StepOf, StepType } from '../../../resources/automation/step.ts';
import type { Trigger } from '../../../resources/automation/trigger.ts';

type Own<Type extends StepType> = Omit<StepOf<Type>, 'id' | 'name' | 'delayMinutes' | 'retry' | 'onError' | 'type'>;

/** What every step has, as a new one has it. */
function common(id: string, name: string) {
  return { id, name, delayMinutes: 0, retry: { max: 3, backoffSeconds: 30 }, onError: 'stop' as const };
}

export const onEvent = (pattern: string): Trigger => ({ type: 'event', pattern });

export const all = (...conditions: ConditionGroup['conditions']): ConditionGroup => ({
  type: 'group',
  match: 'and',
  conditions,
});

export function compare(field: string, operator: ConditionOperator, value?: Json): Comparison {
  return { type: 'comparison', field, operator, ...(value === undefined ? {} : { value }) };
}

export function email(id: string, name: string, to: string, subject: string, template: string): Step {
  return { ...common(id, name), type: 'email', to, cc: '', replyTo: '', subject, format: 'text', template };
}

export function notify(
  id: string,
  name: string,
  to: string,
  subject: string,
  message: string,
  level: StepOf<'notification'>['level'] = 'info',
): Step {
  return { ...common(id, name), type: 'notification', to, subject, message, level };
}

export function action(id: string, name: string, kind: ActionName, settings: JsonObject): Step {
  return { ...common(id, name), type: 'action', action: kind, settings };
}

export function approval(id: string, name: string, own: Own<'approval'>): Step {
  return { ...common(id, name), type: 'approval', ...own };
}

export function waitFor(id: string, name: string, until: StepOf<'wait'>['until']): Step {
  return { ...common(id, name), type: 'wait', until };
}

export function meeting(id: string, name: string, own: Own<'meeting'>): Step {
  return { ...common(id, name), type: 'meeting', ...own };
}

export function compute(id: string, name: string, variables: Record<string, string>): Step {
  return { ...common(id, name), type: 'transform', variables };
}

export function decide(
  id: string,
  name: string,
  conditions: ConditionGroup,
  branches: { then: Step[]; otherwise: Step[] },
): Step {
  return { ...common(id, name), type: 'condition', conditions, ...branches };
}
