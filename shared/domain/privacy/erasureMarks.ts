import { isTombstone } from '../../records/envelope.ts';
import type { RecordState } from '../../records/envelope.ts';

const marks = /@(?:anonymised|erased)\.invalid|\[erased\]|\bPerson [0-9a-f]{8}\b/u;

/**
 * Whether a person was taken out of the record, by what stands in their place. What somebody typed into it before, and has
 * not sent, may hold them still: it is dropped and not kept aside.
 */
export function marksErasure(record: RecordState): boolean {
  return isTombstone(record) ? record.erased === true : marks.test(JSON.stringify(record.body));
}
