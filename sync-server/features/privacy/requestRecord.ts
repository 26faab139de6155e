import type { JsonObject } from '#shared/kernel/json.ts';
import type { RecordEnvelope } from '#shared/records/envelope.ts';
import { server } from './ports.ts';

/** The next version of a record, changed by the server. `at` in milliseconds since the epoch. */
export function changed(
  record: RecordEnvelope,
  at: number,
  { status = record.status, body = {} }: { status?: string; body?: JsonObject },
): RecordEnvelope {
  return {
    ...record,
    status,
    updatedAt: new Date(at).toISOString(),
    updatedBy: server.id,
    version: record.version + 1,
    body: { ...record.body, ...body },
  };
}
