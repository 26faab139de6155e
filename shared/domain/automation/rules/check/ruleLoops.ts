import type { JsonObject } from '../../../../kernel/json.ts';
import { branchesOf } from '../../../../resources/automation/step.ts';
import type { Step } from '../../../../resources/automation/step.ts';
import { parsePattern, patternMatches } from '../../patterns/eventPattern.ts';
import { changePath } from '../../steps/prepareAction.ts';
import { catalogueEventNames } from '../catalogueEvents.ts';
import { recordEventName } from '../recordEventName.ts';
import { patternOfTrigger } from '../ruleSubscriptions.ts';
import { isDirected } from '../triggerEvents.ts';
import { createVariables } from './knownVariables.ts';
import type { CheckedRule, RuleKnowledge } from './ruleProblem.ts';

/** An event that a step brings about, with the field it changes where that is known. */
interface Caused {
  path: string;
  event: string;
  field?: string;
}

export interface RuleLoop {
  /** Of the step that begins it. */
  path: string;
  event: string;
  /** Names of the rules on the way, this one last; just this one when its own step sets it off. */
  rules: string[];
}

/**
 * The shortest way on which the rule may set itself off: through events and changes that its steps make, and through other
 * active rules that listen to them. Conditions may still prevent it: that is why it is a warning.
 */
export function loopBack(rule: CheckedRule, knowledge: RuleKnowledge): RuleLoop | undefined {
  const others = (knowledge.rules ?? []).filter(
    (other) => other.id !== rule.id && other.body.isActive && reaches(rule, other),
  );
  const caused = new Map<CheckedRule, Caused[]>();
  const causedBy = (one: CheckedRule) => {
    const known = caused.get(one) ?? causedEvents(one, knowledge);
    caused.set(one, known);
    return known;
  };
  const seen = new Set<CheckedRule>();
  let open: { first: Caused; last: Caused; names: string[] }[] = causedBy(rule).map((first) => ({
    first,
    last: first,
    names: [],
  }));
  while (open.length > 0) {
    const next: typeof open = [];
    for (const { first, last, names } of open) {
      if (setsOff(last, rule)) return { path: first.path, event: last.event, rules: [...names, rule.body.name] };
      for (const other of others) {
        if (seen.has(other) || !setsOff(last, other)) continue;
        seen.add(other);
        for (const one of causedBy(other)) next.push({ first, last: one, names: [...names, other.body.name] });
      }
    }
    open = next;
  }
  return undefined;
}

function reaches(rule: CheckedRule, other: CheckedRule): boolean {
  return rule.tenantId === '' || other.tenantId === '' || rule.tenantId === other.tenantId;
}

function setsOff({ event, field }: Caused, { body: { trigger } }: CheckedRule): boolean {
  const pattern = parsePattern(patternOfTrigger(trigger));
  if (!pattern.ok || isDirected(event) || !patternMatches(pattern.value, event)) return false;
  if (trigger.type !== 'field_change' || field === undefined) return true;
  const wanted = changePath(trigger.field);
  return wanted === field || wanted.startsWith(`${field}.`) || field.startsWith(`${wanted}.`);
}

function causedEvents(rule: CheckedRule, knowledge: RuleKnowledge): Caused[] {
  const { recordKind } = createVariables(rule.body.trigger, { resources: knowledge.resources });
  const found: Caused[] = [];
  const walk = (steps: readonly Step[], path: string): void =>
    steps.forEach((step, index) => {
      const here = `${path}.${index}`;
      if (step.type === 'action')
        for (const caused of causedByAction(step.action, step.settings, recordKind))
          found.push({ path: here, ...caused });
      for (const branch of branchesOf(step)) walk(branch.steps, `${here}.${branch.name}`);
    });
  walk(rule.body.steps, 'steps');
  return found;
}

function causedByAction(
  action: Extract<Step, { type: 'action' }>['action'],
  settings: JsonObject,
  recordKind: string | undefined,
): Omit<Caused, 'path'>[] {
  const text = (name: string) => (typeof settings[name] === 'string' ? settings[name] : undefined);
  const kind = text('kind') ?? recordKind;
  const changed = (field: string | undefined): Omit<Caused, 'path'>[] => {
    if (kind === undefined || field === undefined) return [];
    const others = field === 'status' || kind === 'flag' || kind === 'member' ? (catalogueEventNames[kind] ?? []) : [];
    const own = others.filter((name) => !/\.(created|deleted|invited|requested|detected)$/.test(name));
    return [{ event: recordEventName(kind, 'updated'), field }, ...own.map((event) => ({ event }))];
  };
  const made = (of: string): Omit<Caused, 'path'>[] => [
    { event: recordEventName(of, 'created') },
    ...(catalogueEventNames[of] ?? [])
      .filter((name) => /\.(created|invited|requested|detected|changed)$/.test(name))
      .map((event) => ({ event })),
  ];
  switch (action) {
    case 'emit_event':
      return text('event') === undefined ? [] : [{ event: text('event')! }];
    case 'enrol_user':
      return [{ event: 'lms.student.enrolled' }];
    case 'create_task':
      return made('task');
    case 'create_entity':
      return kind === undefined ? [] : made(kind);
    case 'update_status':
      return changed('status');
    case 'assign_user':
      return changed('assignedTo');
    case 'add_tag':
    case 'remove_tag':
      return changed(changePath(text('field') ?? 'tags'));
    case 'update_field':
      return changed(changePath(text('field') ?? ''));
  }
}
