import type { StepType } from '#shared/resources/automation/step.ts';

/** One input of a step's form. Its label is `form.<type>.<path>`, its help `formHelp.<type>.<path>` where there is one. */
export interface StepField {
  /** Dotted path in the step. */
  path: string;
  input:
    | 'template'
    | 'area'
    | 'html'
    | 'expression'
    | 'text'
    | 'number'
    | 'minutes'
    | 'choice'
    | 'role'
    | 'permission'
    | 'pattern'
    | 'json';
  required?: boolean;
  /** Of a choice; words are `choice.<last name of the path>.<option>`. */
  options?: readonly string[];
  min?: number;
  max?: number;
}

/** The forms of the steps that need nothing special, field by field. What is missing here has a form of its own. */
export const stepFields: Readonly<Record<StepType, readonly StepField[]>> = {
  email: [
    { path: 'to', input: 'template', required: true },
    { path: 'subject', input: 'template', required: true },
    { path: 'format', input: 'choice', options: ['text', 'html'] },
    { path: 'template', input: 'html', required: true },
    { path: 'cc', input: 'template' },
    { path: 'replyTo', input: 'template' },
  ],
  notification: [
    { path: 'to', input: 'template', required: true },
    { path: 'level', input: 'choice', options: ['info', 'warning', 'critical'] },
    { path: 'subject', input: 'template', required: true },
    { path: 'message', input: 'area' },
  ],
  meeting: [
    { path: 'title', input: 'template', required: true },
    { path: 'attendees', input: 'template', required: true },
    { path: 'startsAt', input: 'template', required: true },
    { path: 'durationMinutes', input: 'number', min: 5, max: 1440 },
    { path: 'location', input: 'template' },
    { path: 'description', input: 'area' },
  ],
  webhook: [
    { path: 'method', input: 'choice', options: ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'] },
    { path: 'url', input: 'template', required: true },
    { path: 'body', input: 'area' },
    { path: 'secret', input: 'text' },
  ],
  approval: [
    { path: 'question', input: 'template', required: true },
    { path: 'permission', input: 'permission', required: true },
    { path: 'onReject', input: 'choice', options: ['stop', 'continue'] },
    { path: 'escalateAfterMinutes', input: 'minutes' },
    { path: 'escalateTo', input: 'role' },
    { path: 'expireAfterMinutes', input: 'minutes' },
  ],
  loop: [
    { path: 'over', input: 'expression', required: true },
    { path: 'cap', input: 'number', min: 1, max: 10_000 },
  ],
  aiDecision: [
    { path: 'question', input: 'area', required: true },
    { path: 'timeoutSeconds', input: 'number', min: 1, max: 600 },
  ],
  pluginAction: [
    { path: 'plugin', input: 'text', required: true },
    { path: 'action', input: 'text', required: true },
    { path: 'settings', input: 'json' },
  ],
  runJob: [],
  action: [],
  wait: [],
  condition: [],
  transform: [],
};
