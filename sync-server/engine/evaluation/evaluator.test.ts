import { afterEach, describe, expect, it } from 'vitest';
import type { Scope } from '#shared/domain/automation/scope.ts';
import { prepareStep } from '#shared/domain/automation/steps/prepareStep.ts';
import type { StepFault } from '#shared/domain/automation/steps/preparedStep.ts';
import type { Step } from '#shared/resources/automation/step.ts';
import { createEvaluator } from './evaluator.ts';
import type { Evaluator } from './evaluator.ts';

const common = { name: 'Tell', delayMinutes: 0, retry: { max: 0, backoffSeconds: 1 }, onError: 'stop' } as const;
const tell = (message: string): Step => ({
  ...common,
  id: 'tell',
  type: 'notification',
  to: 'role:support',
  subject: 'Course {{ event.data.course }}',
  message,
  level: 'info',
});
/** No expression of it exceeds its own bounds; all together take seconds. */
const endless: Step = {
  ...common,
  id: 'count',
  type: 'transform',
  variables: Object.fromEntries(
    Array.from({ length: 200 }, (_, index) => [`sum${index}`, '$sum([1..4000].($ * 2 + 1))']),
  ),
};
const scopeOf = (ruleId: string, vars: Scope['vars'] = {}): Scope => ({
  event: {
    id: 'event-1',
    name: 'lms.course.completed',
    module: 'lms',
    code: 'course.completed',
    tenantId: 'tenant-1',
    entityType: '',
    entityId: '',
    data: { course: 'Chemistry' },
    triggeredBy: '',
    source: 'api',
    occurredAt: '2026-03-01T08:00:00.000Z',
    depth: 0,
    chain: [],
  },
  record: null,
  before: null,
  tenant: null,
  rule: { id: ruleId, name: 'Tell', revision: 1 },
  run: { id: 'run-1' },
  steps: {},
  vars,
  now: '2026-03-01T08:00:00.000Z',
});

async function faultOf(evaluator: Evaluator, step: Step, scope: Scope): Promise<StepFault> {
  const prepared = await evaluator.prepare(step, scope);
  if (prepared.ok) throw new Error('the step was prepared');
  return prepared.error;
}

describe('the preparation of steps on the server', () => {
  let evaluator: Evaluator;
  afterEach(() => evaluator.close());

  it('gives what the console shows for the same step and scope', async () => {
    evaluator = createEvaluator();
    const steps = [
      tell('مرحبا {{ vars.name }}, {{ nobody.there }}'),
      tell('plain'),
      tell('{{ broken'),
      {
        ...common,
        id: 'ask',
        type: 'aiDecision',
        question: '{{ event.name }}?',
        timeoutSeconds: 5,
        options: [{ id: 'a', label: 'A', steps: [tell('x')] }],
        fallback: [tell('y')],
      },
    ] satisfies Step[];
    const scope = scopeOf('rule-1', { name: 'Élodie\uD800' });
    for (const step of steps) expect(await evaluator.prepare(step, scope)).toEqual(await prepareStep(step, scope));
  });

  it('is stopped when it takes too long, and says so', async () => {
    evaluator = createEvaluator({ timeoutMs: 60 });
    const fault = await faultOf(evaluator, endless, scopeOf('rule-1'));
    expect(fault).toEqual({
      path: '',
      message: 'the step took longer than 60 ms to prepare; simplify its templates or expressions',
      retriable: true,
    });
    for (let round = 0; round < 5; round++) {
      await faultOf(evaluator, endless, scopeOf('rule-1'));
      expect(await evaluator.prepare(tell('{{ vars.x }}'), scopeOf('rule-2'))).toMatchObject({ ok: true });
    }
  });

  it('is stopped when it needs too much memory, and the server lives on', async () => {
    evaluator = createEvaluator({ workers: 1, memoryMegabytes: 32, timeoutMs: 20_000 });
    const many = Array.from({ length: 600_000 }, (_, index) => ({ a: index, b: [index, index] }));
    expect(await faultOf(evaluator, tell('{{ vars.many.size }}'), scopeOf('rule-1', { many }))).toEqual({
      path: '',
      message: 'the step needed more than 32 MB of memory to prepare; make what it computes smaller',
      retriable: false,
    });
    expect(await evaluator.prepare(tell('{{ vars.x }}'), scopeOf('rule-2'))).toMatchObject({ ok: true });
  });

  it('does not wait for a rule that has exceeded its bounds before, however often that one comes', async () => {
    evaluator = createEvaluator({ workers: 2, timeoutMs: 60 });
    await faultOf(evaluator, endless, scopeOf('greedy'));
    const order: string[] = [];
    const greedy = Array.from({ length: 6 }, () =>
      faultOf(evaluator, endless, scopeOf('greedy')).then(() => order.push('greedy')),
    );
    const modest = Array.from({ length: 20 }, () =>
      evaluator.prepare(tell('{{ vars.x }}'), scopeOf('modest')).then(() => order.push('modest')),
    );
    await Promise.all([...greedy, ...modest]);
    expect(order.filter((who) => who === 'modest')).toHaveLength(20);
    expect(order.slice(-6)).toEqual(Array.from({ length: 6 }, () => 'greedy'));
  });

  it('of a step without templates needs no process', async () => {
    evaluator = createEvaluator({ workers: 0 });
    expect(await evaluator.prepare({ ...tell('Hello'), subject: 'Hello' } as Step, scopeOf('rule-1'))).toMatchObject({
      ok: true,
      value: { prepared: { message: 'Hello' } },
    });
  });

  it('is a retriable fault when the server stops before it is done', async () => {
    evaluator = createEvaluator({ workers: 1, timeoutMs: 5000 });
    const waiting = [1, 2, 3].map(() => faultOf(evaluator, endless, scopeOf('rule-1')));
    await evaluator.close();
    for (const fault of await Promise.all(waiting))
      expect(fault).toMatchObject({ message: 'the server is stopping', retriable: true });
    expect(await faultOf(evaluator, tell('{{ a }}'), scopeOf('rule-1'))).toMatchObject({ retriable: true });
  });
});
