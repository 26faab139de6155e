import { unreachable } from '../../../../kernel/exhaustive.ts';
import { jsonEqual } from '../../../../kernel/json.ts';
import type { Trigger } from '../../../../resources/automation/trigger.ts';
import { recordFields } from '../../events/recordFields.ts';
import { parsePattern, patternMatches } from '../../patterns/eventPattern.ts';
import { changePath } from '../../steps/prepareAction.ts';
import { parseSchedule } from '../../values/occurrences.ts';
import { recordEventName } from '../recordEventName.ts';
import { silentKinds } from '../recordEvents.ts';
import { isDirected } from '../triggerEvents.ts';
import type { Report, RuleKnowledge } from './ruleProblem.ts';

/** What is wrong with what sets the rule off. */
export function checkTrigger(trigger: Trigger, knowledge: RuleKnowledge, report: Report): void {
  switch (trigger.type) {
    case 'event':
      checkPattern(trigger.pattern, 'trigger.pattern', knowledge, report);
      return;
    case 'record':
      checkKind(trigger.kind, knowledge, report);
      return;
    case 'field_change': {
      checkKind(trigger.kind, knowledge, report);
      checkField(trigger.kind, trigger.field, knowledge, report);
      if (trigger.from !== undefined && jsonEqual(trigger.from, trigger.to))
        report('warning', 'trigger.to', 'never_fires', { reason: 'same_value' });
      return;
    }
    case 'date': {
      const resource = knowledge.resources.find(({ kind }) => kind === trigger.kind);
      if (!resource) {
        report('error', 'trigger.kind', 'unknown_kind', { kind: trigger.kind });
        return;
      }
      const type = checkField(trigger.kind, trigger.field, knowledge, report);
      if (type !== undefined && type !== 'instant' && type !== 'date' && type !== 'any')
        report('error', 'trigger.field', 'not_a_date_field', { kind: trigger.kind, field: trigger.field });
      return;
    }
    case 'schedule':
      checkSchedule(trigger, report);
      return;
    case 'webhook':
    case 'manual':
      return;
    default:
      unreachable(trigger);
  }
}

/** A pattern of a trigger or of a wait: can it be read, and is there anything it fits? */
export function checkPattern(
  text: string,
  path: string,
  { eventTypes, resources }: RuleKnowledge,
  report: Report,
): void {
  const pattern = parsePattern(text);
  if (!pattern.ok) {
    report('error', path, 'bad_pattern', { message: pattern.error });
    return;
  }
  const { segments, rest } = pattern.value;
  if (segments.every((segment) => segment === '*')) {
    report('warning', path, 'broad_pattern', { pattern: text });
    return;
  }
  if (!eventTypes || segments[0] === '*') return;
  if (segments[0] === 'record') {
    const known = resources.some(({ kind }) =>
      verbs.some((verb) => patternMatches(pattern.value, recordEventName(kind, verb))),
    );
    if (!known && !(rest && segments.length === 1)) report('warning', path, 'unknown_event_type', { name: text });
    return;
  }
  const fitting = eventTypes.filter(({ body }) => patternMatches(pattern.value, `${body.module}.${body.code}`));
  if (fitting.length === 0) {
    if (!isDirected(text)) report('warning', path, 'unknown_event_type', { name: text });
  } else if (fitting.every(({ body }) => !body.isActive))
    report('warning', path, 'inactive_event_type', { name: text });
}

function checkKind(kind: string, { resources }: RuleKnowledge, report: Report): void {
  if (!resources.some((resource) => resource.kind === kind)) report('error', 'trigger.kind', 'unknown_kind', { kind });
  else if (silentKinds.has(kind)) report('warning', 'trigger.kind', 'kind_without_events', { kind });
}

/** The type of the field, undefined where it is not known. */
function checkField(kind: string, field: string, { resources }: RuleKnowledge, report: Report) {
  const resource = resources.find((one) => one.kind === kind);
  if (!resource) return undefined;
  const fields = recordFields(resource);
  const path = field in envelopeFields ? field : changePath(field);
  const found = fields.find((one) => one.path === path);
  const inside = fields.some((one) => (one.type === 'object' || one.type === 'any') && path.startsWith(`${one.path}.`));
  if (!found && !inside) report('error', 'trigger.field', 'unknown_field', { kind, field });
  return found?.type;
}

const verbs = ['created', 'updated', 'deleted'] as const;
const envelopeFields = {
  status: true,
  assignedTo: true,
  createdAt: true,
  updatedAt: true,
  createdBy: true,
  updatedBy: true,
};

function checkSchedule({ cron, timeZone }: Extract<Trigger, { type: 'schedule' }>, report: Report): void {
  if (!isTimeZone(timeZone)) {
    report('error', 'trigger.timeZone', 'bad_time_zone', { found: timeZone });
    return;
  }
  const schedule = parseSchedule(cron, timeZone);
  if (!schedule.ok) report('error', 'trigger.cron', 'bad_schedule', { message: schedule.error });
}

function isTimeZone(timeZone: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone }).resolvedOptions().timeZone !== '';
  } catch {
    return false;
  }
}
