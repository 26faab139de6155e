import { isJsonObject } from '#shared/kernel/json.ts';
import type { RecordEnvelope } from '#shared/records/envelope.ts';

/** An event that can be processed again. */
export function canRetry({ status }: Pick<RecordEnvelope, 'status'>): boolean {
  return status === 'failed' || status === 'ignored';
}

/** An event whose data are kept from the reader. What a write or a rule told always carries something. */
export function isWithheld({ body }: Pick<RecordEnvelope, 'body'>): boolean {
  const { source, data, about } = body;
  const told = source === 'lifecycle' || (source === 'rule' && !Array.isArray(about));
  return told && isJsonObject(data) && Object.keys(data).length === 0;
}

/** An event that somebody may put aside. */
export function canIgnore({ status }: Pick<RecordEnvelope, 'status'>): boolean {
  return status === 'failed';
}
