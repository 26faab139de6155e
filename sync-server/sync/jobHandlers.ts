import type { Principal } from '#shared/domain/access/principal.ts';
import { recordViewOf } from '#shared/domain/access/recordView.ts';
import { wantsNotification } from '#shared/domain/notifications/preferences.ts';
import type { Clock } from '#shared/kernel/sources.ts';
import { isTombstone } from '#shared/records/envelope.ts';
import type { RecordEnvelope } from '#shared/records/envelope.ts';
import { requireResource } from '#shared/resources/registry.ts';
import type { Job } from '../storage/store.ts';
import type { SyncCore } from './syncCore.ts';

type Handler = (job: Job) => Promise<void>;

/** Server-side work that writes make. Every handler leaves a record it can recognise, so that a second run changes nothing. */
export function createJobHandlers(
  core: Pick<SyncCore, 'write'>,
  clock: Clock,
  principalOf: (staffId: string) => Principal | undefined,
): Readonly<Record<string, Handler>> {
  const now = () => new Date(clock()).toISOString();
  return {
    /** The notification takes the job's id: a second one cannot exist. */
    notifyAssignee: (job) =>
      core.write(1, async (batch) => {
        const recordId = String(job.payload['recordId'] ?? '');
        const assignedTo = String(job.payload['assignedTo'] ?? '');
        await batch.load([job.id, recordId, assignedTo]);
        const record = batch.get(recordId);
        if (batch.get(job.id) || !record || isTombstone(record)) return;
        const person = batch.get(assignedTo);
        if (person && !isTombstone(person) && !wantsNotification(person.body, 'assignments')) return;
        const at = now();
        const title = titleFor(principalOf(assignedTo), record);
        const by = String(job.payload['by'] ?? '');
        const notification: RecordEnvelope = {
          id: job.id,
          kind: 'notification',
          tenantId: record.tenantId,
          status: 'unread',
          assignedTo,
          createdAt: at,
          createdBy: 'system',
          updatedAt: at,
          updatedBy: 'system',
          version: 1,
          body: {
            level: 'info',
            subject: (title === undefined ? by : `${by}: ${title}`).slice(0, 400),
            message: '',
            relatedKind: record.kind,
            relatedId: record.id,
          },
        };
        batch.append(notification);
      }),
  };
}

/** Undefined where the person may not see the record, or a field that its title is made of. */
function titleFor(person: Principal | undefined, record: RecordEnvelope): string | undefined {
  const shown = person && recordViewOf(person).show(record);
  if (!shown || isTombstone(shown)) return undefined;
  const { titleFields, titleOf } = requireResource(record.kind);
  const hidden = titleFields.some((name) => Object.hasOwn(record.body, name) && !Object.hasOwn(shown.body, name));
  return hidden ? undefined : titleOf(record);
}
