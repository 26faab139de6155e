import type { JsonObject } from '#shared/kernel/json.ts';
import { isTombstone } from '#shared/records/envelope.ts';
import type { RecordEnvelope, RecordState } from '#shared/records/envelope.ts';
import type { AuditedWrite } from './auditTrail.ts';

type MakeRecord = (kind: string, tenantId: string, body: JsonObject, more?: Partial<RecordEnvelope>) => RecordEnvelope;

export interface FollowUps {
  /** The record to store, with the fields the server sets. */
  record: RecordState;
  /** Append-only records that belong to the write. */
  records: RecordEnvelope[];
  jobs: { type: string; payload: JsonObject }[];
}

const tenantEvents: Record<string, string> = {
  CREATED: 'created',
  ACTIVE: 'activated',
  SUSPENDED: 'suspended',
  READ_ONLY: 'read_only',
  ARCHIVED: 'archived',
};

/** What an accepted write brings with it, in the same transaction. `at` is the server's time, ISO 8601. */
export function followUpsOf(
  before: RecordState | undefined,
  write: Pick<AuditedWrite, 'after' | 'actor' | 'reason'>,
  make: MakeRecord,
  at: string,
): FollowUps {
  const { after, actor } = write;
  if (isTombstone(after)) return { record: after, records: [], jobs: [] };
  const previous = before && !isTombstone(before) ? before : undefined;
  const result: { record: RecordEnvelope; records: RecordEnvelope[]; jobs: FollowUps['jobs'] } = {
    record: after,
    records: [],
    jobs: [],
  };
  if (after.kind === 'rule') {
    const revision = Number(previous?.body['revision'] ?? 0) + 1;
    result.record = { ...after, body: { ...after.body, revision } };
    result.records.push(
      make('ruleRevision', after.tenantId, {
        ruleId: after.id,
        revision,
        name: String(after.body['name'] ?? ''),
        snapshot: result.record.body,
        savedBy: actor.id,
        savedAt: at,
      }),
    );
  }
  if (after.kind === 'tenant' && previous?.status !== after.status) {
    const from = previous?.status ?? '';
    const source = actor.id === 'system' ? 'system' : 'user';
    result.records.push(
      make('lifecycleEntry', after.tenantId, {
        from,
        to: after.status,
        reason: write.reason,
        triggeredBy: actor.id,
        triggerSource: source,
        at,
      }),
    );
    const returned = after.status === 'CREATED' && from !== '';
    const code = returned ? undefined : tenantEvents[after.status];
    if (code) {
      const body = {
        module: 'tenant',
        code,
        entityType: 'tenant',
        entityId: after.id,
        data: { from, to: after.status, reason: write.reason },
        triggeredBy: actor.id,
        source: 'console',
        occurredAt: at,
        attempts: 0,
        error: '',
      };
      result.records.push(make('event', after.tenantId, body, { status: 'processed' }));
    }
  }
  const handedOn =
    after.assignedTo !== '' && after.assignedTo !== actor.id && after.assignedTo !== previous?.assignedTo;
  if (handedOn && after.kind !== 'notification') {
    result.jobs.push({
      type: 'notifyAssignee',
      payload: { recordId: after.id, assignedTo: after.assignedTo, by: actor.name },
    });
  }
  if (after.kind === 'command' && !previous)
    result.jobs.push({ type: 'executeCommand', payload: { commandId: after.id } });
  return result;
}
