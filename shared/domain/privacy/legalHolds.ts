import { isTombstone } from '../../records/envelope.ts';
import type { RecordEnvelope, RecordState } from '../../records/envelope.ts';
import { textIn } from '../../records/readBody.ts';
import type { Subject } from './subject.ts';

/** A hold that keeps things as they are. */
export interface ActiveHold {
  id: string;
  name: string;
  tenantId: string;
  subjectId: string;
  from: string;
  until: string;
}

export function activeHolds(records: readonly RecordState[]): ActiveHold[] {
  return records.flatMap((record) =>
    isTombstone(record) || record.kind !== 'legalHold' || record.status !== 'active'
      ? []
      : [
          {
            id: record.id,
            name: textIn(record.body, 'name'),
            tenantId: record.tenantId,
            subjectId: textIn(record.body, 'subjectId'),
            from: textIn(record.body, 'from'),
            until: textIn(record.body, 'until'),
          },
        ],
  );
}

/** The first hold that forbids to change or remove the record; a hold about somebody covers what is theirs and about them. */
export function holdOn(record: RecordEnvelope, subject: Subject, holds: readonly ActiveHold[]): ActiveHold | undefined {
  const at = textIn(record.body, 'at') || textIn(record.body, 'occurredAt') || record.createdAt;
  return holds.find(
    (hold) =>
      (hold.tenantId === '' || hold.tenantId === record.tenantId) &&
      (hold.from === '' || at >= hold.from) &&
      (hold.until === '' || at < hold.until) &&
      (hold.subjectId === '' || subject.ids.has(hold.subjectId) || concerns(record, hold.subjectId)),
  );
}

function concerns(record: RecordEnvelope, id: string): boolean {
  return (
    record.id === id ||
    record.createdBy === id ||
    ['actorId', 'resourceId', 'entityId', 'relatedId'].some((name) => record.body[name] === id)
  );
}
