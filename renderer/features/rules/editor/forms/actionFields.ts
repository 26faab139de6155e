import type { ActionName } from '#shared/resources/automation/step.ts';

/** One setting of an action. Its label is `form.action.<name>`, its help `formHelp.action.<name>` where there is one. */
export interface ActionField {
  name: string;
  input:
    | 'template'
    | 'area'
    | 'kind'
    | 'recordField'
    | 'bodyFields'
    | 'status'
    | 'tags'
    | 'strategy'
    | 'staff'
    | 'role'
    | 'event'
    | 'data'
    | 'priority';
  required?: boolean;
  /** Shown only while another setting has this value. */
  when?: { name: string; is: readonly string[] };
}

const target: readonly ActionField[] = [
  { name: 'kind', input: 'kind' },
  { name: 'id', input: 'template' },
];

/** The forms of the actions; the shapes are those of shared/domain/automation/steps/actionSettings.ts. */
export const actionFields: Readonly<Record<ActionName, { fields: readonly ActionField[]; target: boolean }>> = {
  update_field: {
    fields: [
      { name: 'field', input: 'recordField', required: true },
      { name: 'value', input: 'template', required: true },
    ],
    target: true,
  },
  create_entity: {
    fields: [
      { name: 'kind', input: 'kind', required: true },
      { name: 'fields', input: 'bodyFields', required: true },
      { name: 'assignedTo', input: 'template' },
      { name: 'tenantId', input: 'template' },
    ],
    target: false,
  },
  assign_user: {
    fields: [
      { name: 'strategy', input: 'strategy', required: true },
      { name: 'staffId', input: 'staff', required: true, when: { name: 'strategy', is: ['fixed'] } },
      { name: 'role', input: 'role', required: true, when: { name: 'strategy', is: ['round_robin', 'least_loaded'] } },
    ],
    target: true,
  },
  add_tag: {
    fields: [
      { name: 'tags', input: 'tags', required: true },
      { name: 'field', input: 'recordField' },
    ],
    target: true,
  },
  remove_tag: {
    fields: [
      { name: 'tags', input: 'tags', required: true },
      { name: 'field', input: 'recordField' },
    ],
    target: true,
  },
  enrol_user: {
    fields: [
      { name: 'userId', input: 'template', required: true },
      { name: 'courseId', input: 'template', required: true },
      { name: 'title', input: 'template' },
    ],
    target: false,
  },
  update_status: {
    fields: [
      { name: 'status', input: 'status', required: true },
      { name: 'reason', input: 'template' },
    ],
    target: true,
  },
  create_task: {
    fields: [
      { name: 'title', input: 'template', required: true },
      { name: 'description', input: 'area' },
      { name: 'priority', input: 'priority' },
      { name: 'dueInDays', input: 'template' },
      { name: 'assignedTo', input: 'staff' },
      { name: 'role', input: 'role' },
    ],
    target: false,
  },
  emit_event: {
    fields: [
      { name: 'event', input: 'event', required: true },
      { name: 'data', input: 'data' },
      { name: 'entityType', input: 'template' },
      { name: 'entityId', input: 'template' },
    ],
    target: false,
  },
};

export const targetFields = target;
