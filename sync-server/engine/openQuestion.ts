import type { RunState } from '#shared/domain/automation/run/runState.ts';
import { living } from './livingRecord.ts';
import type { EngineBatch } from './ports.ts';
import type { OpenRun } from './runProgress.ts';
import { changedByServer } from './serverRecord.ts';

/** Id of the approval a run waits for. A run that ended waits for nothing, wherever it stands. */
export function approvalAwaited({ status, phase }: RunState): string | undefined {
  return status === 'waiting' && phase.at === 'waiting' && phase.waiting.for === 'approval'
    ? phase.waiting.detail
    : undefined;
}

/** A question whose run does not wait for the answer any more is closed. */
export async function closeQuestion(
  batch: EngineBatch,
  { record, stored }: OpenRun,
  next: RunState,
  now: number,
): Promise<void> {
  const before = approvalAwaited(stored.state);
  if (before === undefined || before === approvalAwaited(next)) return;
  await batch.load([before]);
  const approval = living(batch.get(before), 'approval');
  if (approval?.status !== 'pending') return;
  const reason =
    next.status === 'cancelled' && !next.error.startsWith('The approval was')
      ? `The run was stopped: ${next.error}`
      : 'Nobody decided in time.';
  await batch.write({
    after: changedByServer(approval, now, { status: 'expired' }),
    actor: { id: 'system', name: 'system' },
    reason: reason.slice(0, 2000),
    madeAt: '',
    requestId: record.id,
  });
}
