import { describe, expect, it } from 'vitest';
import { actionSettings } from '#shared/domain/automation/steps/actionSettings.ts';
import { actionNames, stepsSchema } from '#shared/resources/automation/step.ts';
import type { StepType } from '#shared/resources/automation/step.ts';
import { newStep, stepTypeGroups } from '../steps/newStep.ts';
import { actionFields, targetFields } from './actionFields.ts';
import { fieldValue, withField } from './fieldValue.ts';
import { stepFields } from './stepFields.ts';
import { textOfValue, valueOfText } from './typedText.ts';

const types = stepTypeGroups.flatMap((group): readonly StepType[] => group.types);

describe('the forms of steps', () => {
  it('begin every type as a step that can be stored, and are offered for every type', () => {
    expect(types.toSorted()).toEqual(Object.keys(stepFields).toSorted());
    for (const type of types) {
      const parsed = stepsSchema.safeParse([newStep(type, 'Step', new Set())]);
      expect([type, parsed.success]).toEqual([type, true]);
    }
  });

  it('ask for fields that the steps have', () => {
    for (const type of types) {
      const step = newStep(type, 'Step', new Set());
      for (const { path } of stepFields[type]) {
        expect([type, path, fieldValue(step, path) !== undefined]).toEqual([type, path, true]);
      }
    }
  });

  it('change one field and leave the others alone', () => {
    const step = newStep('wait', 'Pause', new Set());
    expect(withField(step, 'until.minutes', 5)).toEqual({ ...step, until: { for: 'duration', minutes: 5 } });
    const decision = newStep('aiDecision', 'Ask', new Set());
    expect(fieldValue(withField(decision, 'options.1.label', 'No'), 'options.1.label')).toBe('No');
    expect(fieldValue(withField(decision, 'options.1.label', 'No'), 'options.0.id')).toBe('yes');
    expect(withField({ ...step, delayMinutes: 3 }, 'delayMinutes', undefined)).not.toHaveProperty('delayMinutes');
  });
});

describe('the forms of actions', () => {
  const filled = {
    template: 'x',
    area: 'x',
    kind: 'tenant',
    recordField: 'body.plan',
    bodyFields: { name: 'x' },
    status: 'ACTIVE',
    tags: ['x'],
    strategy: 'fixed',
    staff: 'x',
    role: 'support',
    event: 'crm.customer.created',
    data: { a: 1 },
    priority: 'high',
  };

  it('make settings that each action takes, filled whole and with what is required only', () => {
    for (const action of actionNames) {
      const { fields, target } = actionFields[action];
      const shown = fields.filter(({ when }) => !when || when.is.includes('fixed'));
      const whole = [...shown, ...(target ? targetFields : [])].map((field) => [field.name, filled[field.input]]);
      const needed = shown.filter((field) => field.required).map((field) => [field.name, filled[field.input]]);
      for (const entries of [whole, needed]) {
        const parsed = actionSettings[action].safeParse(Object.fromEntries(entries));
        expect([action, parsed.error?.issues]).toEqual([action, undefined]);
      }
    }
  });
});

describe('a typed value', () => {
  it('is a number or a flag where the field holds such, else the text as it is', () => {
    expect(valueOfText('12', 'number')).toBe(12);
    expect(valueOfText('12', 'text')).toBe('12');
    expect(valueOfText('{{ event.data.n }}', 'number')).toBe('{{ event.data.n }}');
    expect(valueOfText('true', 'boolean')).toBe(true);
    expect(textOfValue([1, 2])).toBe('[1,2]');
    expect(textOfValue(undefined)).toBe('');
  });
});
