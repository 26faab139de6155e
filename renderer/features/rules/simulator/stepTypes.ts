import type { StepType } from '#shared/resources/automation/step.ts';

/** Every type of step, in the order the console shows them. */
export const stepTypes: readonly StepType[] = [
  'email',
  'notification',
  'meeting',
  'action',
  'webhook',
  'approval',
  'aiDecision',
  'condition',
  'loop',
  'wait',
  'transform',
  'runJob',
  'pluginAction',
];
