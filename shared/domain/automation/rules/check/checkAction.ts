import type * as z from 'zod';
import type { Json, JsonObject } from '../../../../kernel/json.ts';
import { issueSaying } from '../../../../kernel/sentences/issueSaying.ts';
import type { Resource } from '../../../../records/defineResource.ts';
import type { ActionName, StepOf } from '../../../../resources/automation/step.ts';
import { mayRulesChange, mayRulesCreate } from '../writableKinds.ts';
import { actionSettings } from '../../steps/actionSettings.ts';
import { changePath } from '../../steps/prepareAction.ts';
import { checkTemplatesIn, isTemplate } from './checkTexts.ts';
import type { Variables } from './knownVariables.ts';
import type { Report, RuleKnowledge } from './ruleProblem.ts';

const writesRecords: ReadonlySet<ActionName> = new Set<ActionName>([
  'update_field',
  'update_status',
  'create_entity',
  'assign_user',
  'add_tag',
  'remove_tag',
]);

/** What is wrong with the settings of an action. `path` is the step's. */
export function checkAction(
  step: StepOf<'action'>,
  path: string,
  knowledge: RuleKnowledge,
  variables: Variables,
  report: Report,
): void {
  const here = `${path}.settings`;
  checkTemplatesIn(step.settings, here, variables, report);
  const parsed = actionSettings[step.action].safeParse(step.settings);
  if (!parsed.success) {
    for (const issue of parsed.error.issues)
      report('error', [here, ...issue.path].map(String).join('.'), 'bad_settings', detailsOf(issue));
    return;
  }
  const settings: JsonObject = step.settings;
  const kind = typeof settings['kind'] === 'string' ? settings['kind'] : variables.recordKind;
  const resource = knowledge.resources.find((one) => one.kind === kind);
  if (settings['kind'] !== undefined && !resource) {
    report('error', `${here}.kind`, 'unknown_kind', { kind: settings['kind'] });
    return;
  }
  if (resource && writesRecords.has(step.action)) {
    const may = step.action === 'create_entity' ? mayRulesCreate : mayRulesChange;
    if (!may(resource)) {
      report('error', settings['kind'] === undefined ? here : `${here}.kind`, 'closed_kind', { kind: resource.kind });
      return;
    }
  }
  switch (step.action) {
    case 'update_field':
      checkAbout(settings, here, variables, report);
      if (resource) checkFieldValue(resource, String(settings['field']), settings['value'] ?? null, here, report);
      return;
    case 'create_entity':
      if (resource) checkNewRecord(resource, settings['fields'], `${here}.fields`, report);
      return;
    case 'update_status':
      checkAbout(settings, here, variables, report);
      if (resource) checkStatus(resource, String(settings['status']), here, report);
      return;
    case 'add_tag':
    case 'remove_tag': {
      checkAbout(settings, here, variables, report);
      const field = String(settings['field'] ?? 'tags');
      if (resource && !(field in resource.body.shape))
        report('error', `${here}.field`, 'unknown_field', { kind: resource.kind, field });
      return;
    }
    case 'assign_user':
      checkAbout(settings, here, variables, report);
      return;
    case 'emit_event':
      checkEmitted(String(settings['event']), `${here}.event`, knowledge, report);
      return;
    case 'enrol_user':
    case 'create_task':
      return;
  }
}

/** An action without an own record needs one that the event is about. */
function checkAbout(settings: JsonObject, path: string, variables: Variables, report: Report): void {
  if (settings['id'] === undefined && variables.typeOf('record.id') === 'unknown') report('warning', path, 'no_record');
}

function checkFieldValue(resource: Resource, field: string, value: Json, path: string, report: Report): void {
  const { kind } = resource;
  const change = changePath(field);
  if (change === 'assignedTo') return;
  const name = change.slice('body.'.length);
  const schema = change === 'status' ? undefined : resource.body.shape[name];
  if (!schema) report('error', `${path}.field`, 'unknown_field', { kind, field });
  else if (resource.serverFields.includes(name) || resource.secretFields.includes(name))
    report('error', `${path}.field`, 'server_field', { kind, field });
  else checkLiteral(schema, value, `${path}.value`, report);
}

function checkNewRecord(resource: Resource, fields: Json | undefined, path: string, report: Report): void {
  const { kind } = resource;
  const given = typeof fields === 'object' && fields !== null && !Array.isArray(fields) ? fields : {};
  for (const [name, schema] of Object.entries(resource.body.shape)) {
    const value = given[name];
    if (value === undefined) {
      if (!schema.safeParse(undefined).success) report('error', path, 'missing_field', { kind, field: name });
    } else if (resource.serverFields.includes(name))
      report('error', `${path}.${name}`, 'server_field', { kind, field: name });
    else checkLiteral(schema, value, `${path}.${name}`, report);
  }
  for (const name of Object.keys(given))
    if (!(name in resource.body.shape)) report('error', `${path}.${name}`, 'unknown_field', { kind, field: name });
}

/** A value without anything to be filled in must fit its field now. */
function checkLiteral(schema: Resource['body']['shape'][string], value: Json, path: string, report: Report): void {
  if (isTemplate(JSON.stringify(value))) return;
  const parsed = schema.safeParse(value);
  if (!parsed.success) report('error', path, 'bad_value', detailsOf(parsed.error.issues[0]));
}

function detailsOf(issue: z.core.$ZodIssue | undefined): JsonObject {
  return { message: issue?.message ?? '', says: issueSaying(issue) as unknown as JsonObject };
}

function checkStatus(resource: Resource, status: string, path: string, report: Report): void {
  const known = Object.keys(resource.states?.states ?? {});
  if (isTemplate(status) || known.includes(status)) return;
  report('error', `${path}.status`, 'unknown_status', { kind: resource.kind, status, known });
}

function checkEmitted(name: string, path: string, { eventTypes }: RuleKnowledge, report: Report): void {
  if (!eventTypes) return;
  const type = eventTypes.find(({ body }) => `${body.module}.${body.code}` === name);
  if (!type) report('warning', path, 'unknown_event_type', { name });
  else if (!type.body.isActive) report('warning', path, 'inactive_event_type', { name });
}
