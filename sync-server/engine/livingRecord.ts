import type { RecordEnvelope, RecordState } from '#shared/records/envelope.ts';
import { isTombstone } from '#shared/records/envelope.ts';

/** The record where it lives; undefined for one that is deleted or never was. With `kind`, only of that kind. */
export function living(record: RecordState | undefined, kind?: string): RecordEnvelope | undefined {
  if (!record || isTombstone(record)) return undefined;
  return kind === undefined || record.kind === kind ? record : undefined;
}
