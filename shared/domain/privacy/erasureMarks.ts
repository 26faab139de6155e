import type { Json, JsonObject } from '../../kernel/json.ts';
import { isTombstone } from '../../records/envelope.ts';
import type { RecordState } from '../../records/envelope.ts';

const source = String.raw`@(?:anonymised|erased)\.invalid|\[erased\]|\bPerson [0-9a-f]{8}\b`;
const marks = new RegExp(source, 'u');
const everyMark = new RegExp(source, 'gu');

/** Whether a person was taken out of the record at some time, by what stands in their place. */
export function marksErasure(record: RecordState): boolean {
  return isTombstone(record) ? record.erased === true : marks.test(JSON.stringify(record.body));
}

/**
 * Whether a person was taken out between the two: what somebody typed into the record before, and has not sent, may hold them
 * still. It is dropped and not kept aside. What was taken out long ago says nothing about what was typed since.
 */
export function erasedSince(before: RecordState | undefined, after: RecordState): boolean {
  if (isTombstone(after)) return after.erased === true;
  if (!before || isTombstone(before)) return marksErasure(after);
  return fieldWithNewMark(before.body, after.body) !== undefined;
}

/** The first field of a body with a pseudonym that it did not have before; only an erasure puts them there. */
export function fieldWithNewMark(before: JsonObject, after: JsonObject): string | undefined {
  return Object.keys(after).find((name) => {
    const [held, now] = [before[name], after[name]];
    if (held === now) return false;
    const found = marksIn(now);
    if (found.length === 0) return false;
    const known = new Set(marksIn(held));
    return found.some((mark) => !known.has(mark));
  });
}

function marksIn(value: Json | undefined): string[] {
  if (typeof value === 'string') return value.match(everyMark) ?? [];
  return typeof value === 'object' && value !== null ? (JSON.stringify(value).match(everyMark) ?? []) : [];
}
