import type { Clock } from '#shared/kernel/sources.ts';
import { isTombstone } from '#shared/records/envelope.ts';
import type { RecordEnvelope } from '#shared/records/envelope.ts';
import { requireResource } from '#shared/resources/registry.ts';
import type { Job } from '../storage/store.ts';
import type { SyncCore } from './syncCore.ts';

type Handler = (job: Job) => Promise<void>;

/** Server-side work that writes make. Every handler leaves a record it can recognise, so that a second run changes nothing. */
export function createJobHandlers(core: Pick<SyncCore, 'write'>, clock: Clock): Readonly<Record<string, Handler>> {
  const now = () => new Date(clock()).toISOString();
  return {
    /** The notification takes the job's id: a second one cannot exist. */
    notifyAssignee: (job) =>
      core.write(1, async (batch) => {
        const recordId = String(job.payload['recordId'] ?? '');
        await batch.load([job.id, recordId]);
        const record = batch.get(recordId);
        if (batch.get(job.id) || !record || isTombstone(record)) return;
        const at = now();
        const title = requireResource(record.kind).titleOf(record);
        const notification: RecordEnvelope = {
          id: job.id,
          kind: 'notification',
          tenantId: record.tenantId,
          status: 'unread',
          assignedTo: String(job.payload['assignedTo'] ?? ''),
          createdAt: at,
          createdBy: 'system',
          updatedAt: at,
          updatedBy: 'system',
          version: 1,
          body: {
            level: 'info',
            subject: `${String(job.payload['by'] ?? '')}: ${title}`.slice(0, 400),
            message: '',
            relatedKind: record.kind,
            relatedId: record.id,
          },
        };
        batch.append(notification);
      }),
  };
}
