import { applyOutcome } from '#shared/domain/automation/run/advance.ts';
import { scopeOf } from '#shared/domain/automation/run/scopeOf.ts';
import type { ScopeBase } from '#shared/domain/automation/run/scopeOf.ts';
import { stepAt } from '#shared/domain/automation/run/stepAt.ts';
import { stepKey } from '#shared/domain/automation/run/stepKey.ts';
import { approvalOutcome } from '#shared/domain/automation/run/stepOutcome.ts';
import { prepareStep } from '#shared/domain/automation/steps/prepareStep.ts';
import type { StepOf } from '#shared/resources/automation/step.ts';
import { isJsonObject } from '#shared/kernel/json.ts';
import { numberIn, textIn } from '#shared/records/readBody.ts';
import type { RecordEnvelope } from '#shared/records/envelope.ts';
import type { Job } from '../storage/store.ts';
import { askApproval, subjectOf } from './askApproval.ts';
import { staffOfRole } from './databaseSteps/staffOfRole.ts';
import { derivedId } from './derivedId.ts';
import { wantsNotification } from '#shared/domain/notifications/preferences.ts';
import { living } from './livingRecord.ts';
import { approvalAwaited } from './openQuestion.ts';
import type { EngineBatch } from './ports.ts';
import { keepProgress, openRun, tracesOf } from './runProgress.ts';
import type { OpenRun } from './runProgress.ts';
import { baseOf, inBatch, stepContext } from './runSteps.ts';
import type { StepSources } from './runSteps.ts';
import { serverRecord } from './serverRecord.ts';

type ApprovalSources = Pick<StepSources, 'write' | 'programs' | 'book' | 'clock' | 'random' | 'statistics'>;

/** A decided question: its run goes on, or, when what was approved is not what would be done now, asks anew. */
export function createApprovalHandlers(sources: ApprovalSources): Record<string, (job: Job) => Promise<void>> {
  const { write, clock } = sources;
  return {
    approvalDecided: (job) =>
      write(1, async (batch) => {
        const id = textIn(job.payload, 'approvalId');
        await batch.load([id]);
        const approval = living(batch.get(id), 'approval');
        const run = approval && (await openRun(batch, sources.programs, textIn(approval.body, 'runId')));
        if (run && approvalAwaited(run.stored.state) === id) await resume(batch, sources, run, approval);
      }),
    /** Nobody decided for so long: those who hold the role hear of it. */
    escalateApproval: (job) =>
      write(1, async (batch) => {
        const id = textIn(job.payload, 'approvalId');
        await batch.load([id]);
        const approval = living(batch.get(id), 'approval');
        if (approval?.status !== 'pending') return;
        const people = (await staffOfRole(batch, textIn(job.payload, 'role'), clock())) ?? [];
        for (const staffId of people) await tell(batch, approval, staffId, clock());
      }),
  };
}

async function resume(
  batch: EngineBatch,
  sources: ApprovalSources,
  run: OpenRun,
  approval: RecordEnvelope,
): Promise<void> {
  const { steps } = run.program;
  const { state } = run.stored;
  const step = stepAt(steps, state.frames);
  if (step?.type !== 'approval') return;
  const { status } = approval;
  if (status !== 'approved' && status !== 'rejected' && status !== 'expired') return;
  if (status === 'approved') {
    const base = await baseOf(inBatch(batch), run);
    if (base && (await asksAnew(batch, sources, run, step, approval, base))) return;
  }
  const by = status === 'expired' ? '' : approval.updatedBy;
  const outcome = approvalOutcome(step, { status, by, comment: textIn(approval.body, 'comment') });
  const progress = applyOutcome(steps, state, outcome, sources.clock(), sources.random);
  await keepProgress(batch, sources, run, [progress], 'job');
}

/** True when the world has changed since the question: another question is asked, and the trace says why. */
async function asksAnew(
  batch: EngineBatch,
  sources: ApprovalSources,
  run: OpenRun,
  step: StepOf<'approval'>,
  approval: RecordEnvelope,
  base: ScopeBase,
): Promise<boolean> {
  const { steps } = run.program;
  const { state } = run.stored;
  const then = await subjectOf(steps, state, base, Date.parse(approval.createdAt));
  if (then.hash === textIn(approval.body, 'subjectHash') || state.phase.at !== 'waiting') return false;
  const now = sources.clock();
  const key = stepKey(step.id, state.frames);
  const prepared = await prepareStep(step, scopeOf(state, base, now));
  const question =
    prepared.ok && prepared.value.prepared.type === 'approval'
      ? prepared.value.prepared.question
      : textIn(approval.body, 'question');
  const context = stepContext(batch, run, step, key, now);
  const asked = await askApproval(context, step.id, { ...step, question }, await subjectOf(steps, state, base, now));
  if (asked.outcome !== 'waiting') return false;
  const { waiting, until } = asked;
  const trace = tracesOf(run.record).steps.findLast((one) => one.key === key);
  const before = isJsonObject(trace?.output) ? trace.output : {};
  const output = {
    askedAgain: numberIn(before, 'askedAgain') + 1,
    because: `What would be done has changed since ${approval.id} was approved by ${approval.updatedBy}; it is asked again.`,
    voidApproval: approval.id,
    approval: waiting.detail,
  };
  const next = { ...state, phase: { ...state.phase, waiting, until } };
  await keepProgress(batch, sources, run, [{ state: next, trace: trace && { ...trace, output } }], 'job');
  return true;
}

async function tell(batch: EngineBatch, approval: RecordEnvelope, staffId: string, now: number): Promise<void> {
  const id = derivedId(Date.parse(approval.createdAt), 'escalation', approval.id, staffId);
  await batch.load([id, staffId]);
  if (batch.get(id) || !wantsNotification(living(batch.get(staffId), 'staff')?.body, 'approvals')) return;
  const record = serverRecord(now, {
    id,
    kind: 'notification',
    tenantId: approval.tenantId,
    status: 'unread',
    assignedTo: staffId,
    body: {
      level: 'warning',
      subject: textIn(approval.body, 'question').slice(0, 400),
      message: 'Nobody has decided this yet.',
      relatedKind: 'approval',
      relatedId: approval.id,
    },
  });
  await batch.write({
    after: record,
    actor: { id: 'system', name: 'system' },
    reason: 'An approval waits for too long',
    madeAt: '',
    requestId: approval.id,
  });
}
