import { noConditions } from '#shared/resources/automation/condition.ts';
import type { Step, StepType } from '#shared/resources/automation/step.ts';
import { stepIdFrom } from './stepIds.ts';

/** The types of steps in the order in which they are offered, in groups. */
export const stepTypeGroups = [
  { name: 'tell', types: ['email', 'notification', 'meeting', 'webhook'] },
  { name: 'change', types: ['action', 'runJob', 'pluginAction'] },
  { name: 'control', types: ['condition', 'loop', 'wait', 'approval'] },
  { name: 'compute', types: ['transform', 'aiDecision'] },
] as const satisfies readonly { name: string; types: readonly StepType[] }[];

/** A step of a type with nothing filled in; `name` in the person's language. */
export function newStep(type: StepType, name: string, taken: ReadonlySet<string>): Step {
  const common = {
    id: stepIdFrom(name, taken, type),
    name,
    delayMinutes: 0,
    retry: { max: 3, backoffSeconds: 30 },
    onError: 'stop' as const,
  };
  switch (type) {
    case 'email':
      return { ...common, type, to: '', cc: '', replyTo: '', subject: '', format: 'text', template: '' };
    case 'action':
      return { ...common, type, action: 'update_field', settings: {} };
    case 'meeting':
      return {
        ...common,
        type,
        title: '',
        attendees: '',
        startsAt: '',
        durationMinutes: 30,
        location: '',
        description: '',
      };
    case 'wait':
      return { ...common, type, until: { for: 'duration', minutes: 60 } };
    case 'webhook':
      return { ...common, type, method: 'POST', url: '', headers: {}, body: '', secret: '' };
    case 'notification':
      return { ...common, type, to: '', subject: '', message: '', level: 'info' };
    case 'approval':
      return {
        ...common,
        type,
        permission: 'approvals.approve',
        question: '',
        escalateAfterMinutes: 0,
        escalateTo: '',
        expireAfterMinutes: 0,
        onReject: 'stop',
      };
    case 'transform':
      return { ...common, type, variables: {} };
    case 'runJob':
      return { ...common, type, job: '', settings: {} };
    case 'pluginAction':
      return { ...common, type, plugin: '', action: '', settings: {} };
    case 'condition':
      return { ...common, type, conditions: noConditions, then: [], otherwise: [] };
    case 'loop':
      return { ...common, type, over: '', cap: 100, steps: [] };
    case 'aiDecision':
      return {
        ...common,
        type,
        question: '',
        timeoutSeconds: 30,
        options: [
          { id: 'yes', label: '', steps: [] },
          { id: 'no', label: '', steps: [] },
        ],
        fallback: [],
      };
  }
}
