// Entry of an evaluation process: prepares steps one after the other until its parent is gone.
import { prepareStep } from '#shared/domain/automation/steps/prepareStep.ts';
import { longestPreparation } from './evaluationMessages.ts';
import type { EvaluationReply, EvaluationTask } from './evaluationMessages.ts';

const clock = () => performance.now();
const send = (reply: EvaluationReply) => process.send?.(reply);

async function answer({ id, step, scope }: EvaluationTask): Promise<void> {
  const result = await prepareStep(step, scope, { clock });
  if (result.ok && JSON.stringify(result.value).length > longestPreparation) {
    const message = `the step came out longer than ${longestPreparation} characters; make it shorter`;
    send({ type: 'done', id, result: { ok: false, error: { path: '', message, retriable: false } } });
  } else send({ type: 'done', id, result });
}

process.on('disconnect', () => process.exit());
process.on('message', (task: EvaluationTask) => {
  answer(task).catch((error: unknown) => {
    // A fault of ours, not of the rule: the step fails, the process and the server go on.
    const message = `the step could not be prepared: ${error instanceof Error ? error.message : String(error)}`;
    send({ type: 'done', id: task.id, result: { ok: false, error: { path: '', message, retriable: false } } });
  });
});
send({ type: 'ready' });
