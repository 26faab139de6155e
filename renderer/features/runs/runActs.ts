import type { RecordEnvelope } from '#shared/records/envelope.ts';

/** A run that can go on from where it ended. */
export function canRetry({ status }: Pick<RecordEnvelope, 'status'>): boolean {
  return status === 'failed' || status === 'partial' || status === 'cancelled';
}

/** A run that still goes on. */
export function canCancel({ status }: Pick<RecordEnvelope, 'status'>): boolean {
  return status === 'running' || status === 'waiting';
}
