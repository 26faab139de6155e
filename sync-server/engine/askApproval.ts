import { createHash } from 'node:crypto';
import type { ScopeBase } from '#shared/domain/automation/run/scopeOf.ts';
import type { RunState, StepOutcome } from '#shared/domain/automation/run/runState.ts';
import { approvalSubject } from '#shared/domain/automation/simulation/approvalSubject.ts';
import type { PreparedStep } from '#shared/domain/automation/steps/preparedStep.ts';
import { canonicalJson } from '#shared/kernel/canonicalJson.ts';
import type { JsonObject } from '#shared/kernel/json.ts';
import type { Step } from '#shared/resources/automation/step.ts';
import { idInStep, writeInStep } from './databaseSteps/stepContext.ts';
import type { StepContext } from './databaseSteps/stepContext.ts';
import { serverRecord } from './serverRecord.ts';
import { wellFormed } from './wellFormed.ts';

const minute = 60_000;

export interface ApprovalSubject {
  subject: JsonObject;
  /** SHA-256 of its canonical JSON, hexadecimal. */
  hash: string;
}

/** What the person decides on, as the store is now. `state` stands at the approval. */
export async function subjectOf(
  steps: readonly Step[],
  state: RunState,
  base: ScopeBase,
  askedAt: number,
): Promise<ApprovalSubject> {
  // Rendered as of the asking: time alone makes nothing different from what was approved.
  const subject = wellFormed(await approvalSubject(steps, state, base, askedAt)) as JsonObject;
  return { subject, hash: createHash('sha256').update(canonicalJson(subject)).digest('hex') };
}

type Asking = Omit<Extract<PreparedStep, { type: 'approval' }>, 'type' | 'onReject'>;

/** Writes the question with what it is about. A step that asked before asks under a new id. */
export async function askApproval(
  context: StepContext,
  stepId: string,
  prepared: Asking,
  { subject, hash }: ApprovalSubject,
): Promise<StepOutcome> {
  const { batch, now } = context;
  const id = await newApprovalId(context);
  const expires = prepared.expireAfterMinutes === 0 ? undefined : now + prepared.expireAfterMinutes * minute;
  const dueAt = expires === undefined ? '' : new Date(expires).toISOString();
  const record = serverRecord(now, {
    id,
    kind: 'approval',
    tenantId: context.tenantId,
    status: 'pending',
    body: {
      question: prepared.question.slice(0, 2000) || context.stepName,
      runId: context.runId,
      stepId,
      permission: prepared.permission,
      subjectKind: context.entityType.slice(0, 40),
      subjectId: context.entityId,
      subject,
      subjectHash: hash,
      dueAt,
      comment: '',
    },
  });
  await writeInStep(context, record);
  if (prepared.escalateAfterMinutes > 0 && prepared.escalateTo !== '')
    batch.enqueue(
      'escalateApproval',
      { approvalId: id, role: prepared.escalateTo },
      { id: `escalate:${id}`, dueAt: now + prepared.escalateAfterMinutes * minute, tenantId: context.tenantId },
    );
  return {
    outcome: 'waiting',
    waiting: { for: 'approval', until: dueAt, detail: id },
    until: expires ?? Number.MAX_SAFE_INTEGER,
  };
}

/** The question and the wait for its answer are one transaction, so an id that is taken was asked under before. */
async function newApprovalId(context: StepContext): Promise<string> {
  for (let round = 0; ; round += 1) {
    const id = idInStep(context, 'approval', String(round));
    await context.batch.load([id]);
    if (!context.batch.get(id)) return id;
  }
}
