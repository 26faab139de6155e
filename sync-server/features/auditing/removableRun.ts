import { isUnderFloor } from '#shared/domain/audit/dataClasses.ts';
import type { RecordEnvelope } from '#shared/records/envelope.ts';
import { legalHold } from '#shared/resources/audit/legalHold.ts';

export interface RemovableRun {
  /** From the beginning of what is left, without a hole. */
  entries: readonly RecordEnvelope[];
  /** A hold covers the entry that follows. */
  isHeld: boolean;
  /** The entry that follows is about security, and younger than such entries may go. */
  isUnderFloor: boolean;
  /** Nothing that follows may go. */
  isDone: boolean;
}

/**
 * Of entries in the order of their numbers those that may go: older than `before` (milliseconds), not held, and not about security
 * before their time; SPEC.md, G1.
 */
export function removableRun(
  entries: readonly RecordEnvelope[],
  {
    before,
    now,
    isHeld,
    more,
  }: { before: number; now: number; isHeld: (entry: RecordEnvelope) => boolean; more: boolean },
): RemovableRun {
  const run: RecordEnvelope[] = [];
  const stop = (why: Partial<RemovableRun> = {}): RemovableRun => ({
    entries: run,
    isHeld: false,
    isUnderFloor: false,
    isDone: true,
    ...why,
  });
  for (const entry of entries) {
    if (!(Date.parse(String(entry.body['at'])) < before)) return stop();
    if (isHeld(entry)) return stop({ isHeld: true });
    if (isUnderFloor(entry.body, now)) return stop({ isUnderFloor: true });
    run.push(entry);
  }
  return stop({ isDone: !more });
}

/** Whether one of the active holds covers an entry of this chain. */
export function holdsOver(tenantId: string, holds: readonly RecordEnvelope[]): (entry: RecordEnvelope) => boolean {
  const over = holds.flatMap((record) => {
    if (record.status !== 'active' || (record.tenantId !== '' && record.tenantId !== tenantId)) return [];
    const { data } = legalHold.body.safeParse(record.body);
    // One that cannot be read holds everything.
    const { subjectId = '', from = '', until = '' } = data ?? {};
    return [
      {
        subjectId,
        from: from === '' ? Number.NEGATIVE_INFINITY : Date.parse(from),
        until: until === '' ? Number.POSITIVE_INFINITY : Date.parse(until),
      },
    ];
  });
  return ({ body }) => {
    const at = Date.parse(String(body['at']));
    return over.some(
      (hold) =>
        at >= hold.from &&
        at < hold.until &&
        (hold.subjectId === '' || hold.subjectId === body['resourceId'] || hold.subjectId === body['actorId']),
    );
  };
}
