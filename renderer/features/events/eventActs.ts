import type { RecordEnvelope } from '#shared/records/envelope.ts';

/** An event that can be processed again. */
export function canRetry({ status }: Pick<RecordEnvelope, 'status'>): boolean {
  return status === 'failed' || status === 'ignored';
}

/** An event that somebody may put aside. */
export function canIgnore({ status }: Pick<RecordEnvelope, 'status'>): boolean {
  return status === 'failed';
}
