import type { JsonObject } from '../../../kernel/json.ts';
import type { ActionName, StepOf } from '../../../resources/automation/step.ts';
import { unreachable } from '../../../kernel/exhaustive.ts';
import type { Scope } from '../scope.ts';
import { actionSettings } from './actionSettings.ts';
import type { ActionSettings } from './actionSettings.ts';
import type { PreparedStep } from './preparedStep.ts';
import { PreparationFault } from './renderer.ts';
import type { Renderer } from './renderer.ts';

const day = 86_400_000;
const priorities = ['low', 'normal', 'high', 'urgent'];

/** What an action asks the store for. @throws PreparationFault */
export function prepareAction(step: StepOf<'action'>, scope: Scope, render: Renderer): PreparedStep {
  switch (step.action) {
    case 'update_field':
      return updateField(settingsOf(step, 'update_field'), scope, render);
    case 'create_entity': {
      const { kind, tenantId, assignedTo, fields } = settingsOf(step, 'create_entity');
      return {
        type: 'createRecord',
        kind,
        tenantId: tenantId === undefined ? scope.event.tenantId : render.line(tenantId, 'settings.tenantId'),
        assignedTo: render.line(assignedTo, 'settings.assignedTo'),
        body: render.object(fields, 'settings.fields'),
      };
    }
    case 'assign_user': {
      const settings = settingsOf(step, 'assign_user');
      const about = recordOf(settings, scope, render);
      if (settings.strategy !== 'fixed')
        return { type: 'assignRecord', ...about, choose: { by: settings.strategy, role: settings.role } };
      const staffId = render.line(settings.staffId, 'settings.staffId');
      if (staffId === '') throw new PreparationFault('settings.staffId', 'the person to assign is empty');
      return { type: 'assignRecord', ...about, choose: { by: 'fixed', staffId } };
    }
    case 'add_tag':
    case 'remove_tag': {
      const settings = settingsOf(step, step.action);
      const named = [...(settings.tag === undefined ? [] : [settings.tag]), ...(settings.tags ?? [])];
      const tags = [...new Set(named.map((tag, index) => render.line(tag, `settings.tags.${index}`)))].filter(Boolean);
      const [add, remove] = step.action === 'add_tag' ? [tags, []] : [[], tags];
      return { type: 'tagRecord', ...recordOf(settings, scope, render), field: settings.field, add, remove };
    }
    case 'enrol_user': {
      const settings = settingsOf(step, 'enrol_user');
      const [userId, courseId, title] = (['userId', 'courseId', 'title'] as const).map((name) =>
        render.line(settings[name], `settings.${name}`),
      );
      if (!userId) throw new PreparationFault('settings.userId', 'the person to enrol is empty');
      if (!courseId) throw new PreparationFault('settings.courseId', 'the course is empty');
      return {
        type: 'emitEvent',
        module: 'lms',
        code: 'student.enrolled',
        tenantId: scope.event.tenantId,
        entityType: 'course',
        entityId: courseId.slice(0, 64),
        data: { userId, courseId, ...(title ? { title } : {}) },
      };
    }
    case 'update_status': {
      const settings = settingsOf(step, 'update_status');
      const value = render.line(settings.status, 'settings.status');
      if (value === '') throw new PreparationFault('settings.status', 'the new status is empty');
      return {
        type: 'changeRecord',
        ...recordOf(settings, scope, render),
        changes: [{ path: 'status', value }],
        reason: render.line(settings.reason, 'settings.reason'),
      };
    }
    case 'create_task':
      return createTask(settingsOf(step, 'create_task'), scope, render);
    case 'emit_event': {
      const settings = settingsOf(step, 'emit_event');
      const dot = settings.event.indexOf('.');
      const named = (name: 'entityType' | 'entityId') => {
        const source = settings[name];
        return source === undefined ? scope.event[name] : render.line(source, `settings.${name}`);
      };
      return {
        type: 'emitEvent',
        module: settings.event.slice(0, dot),
        code: settings.event.slice(dot + 1),
        tenantId: scope.event.tenantId,
        entityType: named('entityType'),
        entityId: named('entityId'),
        data: render.object(settings.data, 'settings.data'),
      };
    }
    default:
      return unreachable(step.action);
  }
}

/** Path of a field as changes name it: `plan` → `body.plan`; `assignedTo` and what begins with `body.` stay. */
export function changePath(field: string): string {
  return field === 'status' || field === 'assignedTo' || field.startsWith('body.') ? field : `body.${field}`;
}

function updateField(settings: ActionSettings<'update_field'>, scope: Scope, render: Renderer): PreparedStep {
  const path = changePath(settings.field);
  if (path === 'status')
    throw new PreparationFault('settings.field', 'a status has rules of its own; use the action update_status');
  const value = render.value(settings.value, 'settings.value');
  return { type: 'changeRecord', ...recordOf(settings, scope, render), changes: [{ path, value }], reason: '' };
}

function createTask(settings: ActionSettings<'create_task'>, scope: Scope, render: Renderer): PreparedStep {
  const priority = render.line(settings.priority, 'settings.priority') || 'normal';
  if (!priorities.includes(priority))
    throw new PreparationFault('settings.priority', `'${priority.slice(0, 60)}' is none of ${priorities.join(', ')}`);
  const title = render.line(settings.title, 'settings.title').slice(0, 200);
  if (title === '') throw new PreparationFault('settings.title', 'the title of the task is empty');
  const assignedTo = render.line(settings.assignedTo, 'settings.assignedTo');
  const body: JsonObject = {
    title,
    description: render.text(settings.description, 'settings.description').slice(0, 10_000),
    dueAt: dueAfter(settings.dueInDays, scope, render),
    priority,
    relatedKind: scope.record?.kind ?? scope.event.entityType.slice(0, 40),
    relatedId: scope.record?.id ?? scope.event.entityId,
  };
  const assign =
    assignedTo === '' && settings.role !== '' ? { by: 'least_loaded' as const, role: settings.role } : null;
  return {
    type: 'createRecord',
    kind: 'task',
    tenantId: scope.event.tenantId,
    assignedTo,
    ...(assign ? { assign } : {}),
    body,
  };
}

/** ISO 8601, '' for no date. */
function dueAfter(given: number | string, scope: Scope, render: Renderer): string {
  const path = 'settings.dueInDays';
  const rendered = typeof given === 'number' ? String(given) : render.line(given, path);
  if (rendered === '') return '';
  const days = Number(rendered);
  if (!(days >= 0 && days <= 3650))
    throw new PreparationFault(path, `'${rendered.slice(0, 60)}' is not a number of days from 0 to 3650`);
  return new Date(Date.parse(scope.now) + Math.round(days * day)).toISOString();
}

function settingsOf<Name extends ActionName>(step: StepOf<'action'>, name: Name): ActionSettings<Name> {
  const parsed = actionSettings[name].safeParse(step.settings);
  if (parsed.success) return parsed.data as ActionSettings<Name>;
  const issue = parsed.error.issues[0];
  const path = ['settings', ...(issue?.path ?? [])].map(String).join('.');
  throw new PreparationFault(path, `the settings of ${name} are not valid: ${issue?.message ?? 'unknown reason'}`);
}

/** The record an action is about: the one its settings name, or the event's. */
function recordOf(
  settings: { kind?: string | undefined; id?: string | undefined },
  scope: Scope,
  render: Renderer,
): { kind: string; id: string } {
  const { record } = scope;
  if (settings.id === undefined) {
    if (record && (settings.kind === undefined || settings.kind === record.kind))
      return { kind: record.kind, id: record.id };
    const what = settings.kind === undefined ? 'a record' : `a record of kind '${settings.kind}'`;
    throw new PreparationFault('settings', `the event is not about ${what}; name one with kind and id`);
  }
  const id = render.line(settings.id, 'settings.id');
  if (id === '') throw new PreparationFault('settings.id', 'the id of the record is empty');
  const kind = settings.kind ?? (record?.id === id ? record.kind : undefined);
  if (kind === undefined)
    throw new PreparationFault('settings.kind', `of which kind is the record ${id}? Name its kind`);
  return { kind, id };
}
