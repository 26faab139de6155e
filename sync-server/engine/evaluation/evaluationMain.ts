// Entry of an evaluation process: prepares steps one after the other until its parent is gone.
import type { Scope } from '#shared/domain/automation/scope.ts';
import { prepareStep } from '#shared/domain/automation/steps/prepareStep.ts';
import type { Preparation, StepFault } from '#shared/domain/automation/steps/preparedStep.ts';
import { failure } from '#shared/kernel/result.ts';
import type { Result } from '#shared/kernel/result.ts';
import { longestPreparation } from './evaluationMessages.ts';
import type { EvaluationReply, EvaluationTask } from './evaluationMessages.ts';

/** Processor time of this thread: a busy machine takes none of the time that a rule has. */
const clock = () => sum(process.threadCpuUsage());
const used = () => sum(process.cpuUsage());
const sum = ({ user, system }: NodeJS.CpuUsage) => (user + system) / 1000;
const done = (id: number, result: Result<Preparation, StepFault>) => send({ type: 'done', id, result, used: used() });
const send = (reply: EvaluationReply) => process.send?.(reply);
const failed = (id: number, message: string) => done(id, failure({ path: '', message, retriable: false }));

async function answer({ id, step, scope }: EvaluationTask): Promise<void> {
  const result = await prepareStep(step, scope, { clock });
  if (result.ok && JSON.stringify(result.value).length > longestPreparation)
    failed(id, `the step came out longer than ${longestPreparation} characters; make it shorter`);
  else done(id, result);
}

process.on('disconnect', () => process.exit());
process.on('message', (task: EvaluationTask) => {
  answer(task).catch((error: unknown) => {
    // A fault of ours, not of the rule: the step fails, the process and the server go on.
    failed(task.id, `the step could not be prepared: ${error instanceof Error ? error.message : String(error)}`);
  });
});

/** What the first step of a process would pay for: compiling what prepares, and a first rendering. */
async function warmUp(): Promise<void> {
  const now = new Date(0).toISOString();
  const facts = { id: '', name: '', module: '', code: '', tenantId: '', entityType: '', entityId: '', data: {} };
  const scope: Scope = {
    event: { ...facts, triggeredBy: '', source: '', occurredAt: now, depth: 0, chain: [] },
    record: null,
    before: null,
    tenant: null,
    rule: { id: '', name: '', revision: 0 },
    run: { id: '' },
    steps: {},
    vars: {},
    now,
  };
  const common = {
    id: 'warm',
    name: 'Warm',
    delayMinutes: 0,
    retry: { max: 0, backoffSeconds: 1 },
    onError: 'stop',
  } as const;
  const words = '{% for n in (1..20) %}{{ n | plus: 1 | append: now | upcase }}{% endfor %}';
  await prepareStep({ ...common, type: 'transform', variables: { total: '$sum([1..20].($ * 2))' } }, scope, { clock });
  await prepareStep(
    {
      ...common,
      type: 'approval',
      permission: '',
      question: words,
      escalateAfterMinutes: 0,
      escalateTo: '',
      expireAfterMinutes: 0,
      onReject: 'stop',
    },
    scope,
    { clock },
  );
}

// A fault here would come again with the first step, and is told there.
await warmUp().catch(() => undefined);
send({ type: 'ready', used: used() });
