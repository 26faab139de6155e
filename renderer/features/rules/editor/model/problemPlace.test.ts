import { describe, expect, it } from 'vitest';
import { newStep } from '../steps/newStep.ts';
import { withBranch } from '../steps/stepTree.ts';
import { conditionPlace, problemPlace } from './problemPlace.ts';

describe('the place of a problem', () => {
  const mail = newStep('email', 'Mail', new Set());
  const ask = newStep('aiDecision', 'Choose', new Set());
  const steps = [newStep('wait', 'Pause', new Set()), withBranch(ask, 'options.1.steps', [mail])];

  it('is the part of the editor and the field in it', () => {
    expect(problemPlace('trigger.pattern', steps)).toEqual({ selection: { part: 'trigger' }, field: 'pattern' });
    expect(problemPlace('priority', steps)).toEqual({ selection: { part: 'settings' }, field: 'priority' });
    expect(problemPlace('steps.0.until.minutes', steps)).toEqual({
      selection: { part: 'step', id: 'pause' },
      field: 'until.minutes',
    });
    expect(problemPlace('steps.1.options.1.steps.0.template', steps)).toEqual({
      selection: { part: 'step', id: 'mail' },
      field: 'template',
    });
    expect(problemPlace('steps.1.options.1.label', steps)).toEqual({
      selection: { part: 'step', id: 'choose' },
      field: 'options.1.label',
    });
    expect(problemPlace('steps.9.name', steps).selection).toEqual({ part: 'settings' });
  });

  it('in conditions is the comparison and its field', () => {
    expect(conditionPlace('conditions.0.conditions.2.value')).toEqual({ path: [0, 2], field: 'value' });
    expect(conditionPlace('0.value')).toEqual({ path: [0], field: 'value' });
    expect(conditionPlace('')).toEqual({ path: [], field: '' });
  });
});
