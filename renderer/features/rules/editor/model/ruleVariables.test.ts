import { describe, expect, it } from 'vitest';
import type { EventType } from '#shared/resources/automation/eventType.ts';
import { resourceByKind, resources } from '#shared/resources/registry.ts';
import { newStep } from '../steps/newStep.ts';
import { withBranch } from '../steps/stepTree.ts';
import { problemsOf } from './ruleProblems.ts';
import { emptyContent } from './ruleContent.ts';
import { matchingTypes, ruleVariables } from './ruleVariables.ts';
import type { VariableSources } from './ruleVariables.ts';

const type = (module: string, code: string, properties: EventType['body']['dataSchema']): EventType => ({
  id: `${module}.${code}`,
  kind: 'eventType',
  tenantId: '',
  status: '',
  assignedTo: '',
  createdAt: '',
  createdBy: '',
  updatedAt: '',
  updatedBy: '',
  version: 1,
  body: {
    module,
    code,
    description: { en: '', ar: '', fr: '' },
    dataSchema: { type: 'object', properties },
    isActive: true,
  },
});
const eventTypes = [
  type('payment', 'failed', { amount: { type: 'number' }, reason: { type: 'string' } }),
  type('payment', 'succeeded', { amount: { type: 'string' } }),
  type('user', 'created', { email: { type: 'string' } }),
];
const words = {
  field: (_kind: string, path: string) => path,
  fixed: () => '',
  stepOutput: (name: string) => name,
  calculated: (name: string) => name,
};
const variablesOf = (sources: Partial<VariableSources>) =>
  ruleVariables(
    {
      trigger: { type: 'event', pattern: 'payment.*' },
      steps: [],
      stepId: '',
      eventTypes,
      kinds: [],
      resourceOf: resourceByKind,
      ...sources,
    },
    words,
  );
const paths = (sources: Partial<VariableSources>) => variablesOf(sources).map((variable) => variable.path);

describe('what a rule may read', () => {
  it('is the data of every event that its pattern takes; what they describe differently may be anything', () => {
    expect(matchingTypes('payment.*', eventTypes)).toHaveLength(2);
    expect(matchingTypes('payment..', eventTypes)).toEqual([]);
    const data = variablesOf({}).filter(({ path }) => path.startsWith('event.data'));
    expect(data.map(({ path, type: held }) => [path, held])).toEqual([
      ['event.data.amount', 'any'],
      ['event.data.reason', 'text'],
    ]);
  });

  it('is the record before and after the change where the trigger is one', () => {
    const found = paths({ trigger: { type: 'record', kind: 'tenant', on: 'update' } });
    expect(found).toContain('record.body.plan');
    expect(found).toContain('before.body.plan');
    expect(paths({})).not.toContain('before.body.plan');
  });

  it('is, in a step, what the steps before it gave, and the round of the loop around it', () => {
    const inner = newStep('email', 'Inner', new Set());
    const loop = withBranch(newStep('loop', 'Each', new Set()), 'steps', [inner]);
    const sums = { ...newStep('transform', 'Sums', new Set()), variables: { total: '1' } };
    const steps = [sums, newStep('webhook', 'Call', new Set()), loop, newStep('wait', 'Last', new Set())];
    const known = paths({ steps, stepId: 'inner' });
    expect(known).toEqual(expect.arrayContaining(['vars.total', 'steps.call.output', 'loop.item', 'loop.index']));
    expect(known).not.toContain('steps.last.output');
    expect(paths({ steps, stepId: 'call' })).not.toContain('loop.item');
    expect(paths({ steps })).not.toContain('steps.call.output');
  });
});

describe('what is wrong with a rule that is being written', () => {
  const check = (content: typeof emptyContent, unfinished = {}) =>
    problemsOf({ id: '', tenantId: '', content, unfinished }, { resources, eventTypes, rules: [] });

  it('says that the name is missing before the rule can be stored', () => {
    const [first] = check(emptyContent);
    expect(first).toMatchObject({ code: 'required', path: 'name', structural: true, selection: { part: 'settings' } });
  });

  it('names the step and its field', () => {
    const steps = [newStep('email', 'Mail', new Set())];
    const found = check({ ...emptyContent, name: 'Rule', steps }).filter((problem) => problem.severity === 'error');
    expect(found.map((problem) => [problem.field, problem.structural])).toContainEqual(['to', false]);
    expect(found.every((problem) => problem.selection.part === 'step')).toBe(true);
  });

  it('counts text that is no value yet, but not that of a step that is gone', () => {
    const steps = [newStep('runJob', 'Job', new Set())];
    const found = check({ ...emptyContent, name: 'Rule', steps }, { 'job/settings': '{', 'gone/settings': '{' });
    expect(found.filter((problem) => problem.code === 'unfinished').map((problem) => problem.selection)).toEqual([
      { part: 'step', id: 'job' },
    ]);
  });
});
