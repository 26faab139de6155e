import { eventsOfWrite } from '#shared/domain/automation/rules/recordEvents.ts';
import type { JsonObject } from '#shared/kernel/json.ts';
import { jsonEqual } from '#shared/kernel/json.ts';
import { isTombstone } from '#shared/records/envelope.ts';
import type { RecordEnvelope, RecordState } from '#shared/records/envelope.ts';
import { recordDifferences } from '#shared/records/recordDifferences.ts';
import type { FieldDifference } from '#shared/records/recordDifferences.ts';
import type { Cause } from '#shared/resources/events/cause.ts';
import { requireResource } from '#shared/resources/registry.ts';
import type { AuditNote, AuditedWrite } from './auditTrail.ts';
import { roleNotes } from './roleNotes.ts';

type MakeRecord = (kind: string, tenantId: string, body: JsonObject, more?: Partial<RecordEnvelope>) => RecordEnvelope;

/** What events that a write makes are to know of their origin. */
export interface WriteCause {
  /** Depth of those events. */
  depth: number;
  chain: readonly Cause[];
}

interface FollowUpJob {
  type: string;
  payload: JsonObject;
  tenantId?: string;
}

export interface FollowUps {
  /** The record to store, with the fields the server sets. */
  record: RecordState;
  /** Of that record from the one before. */
  differences: readonly FieldDifference[];
  /** Append-only records that belong to the write. */
  records: RecordEnvelope[];
  /** Pending events that the write is. */
  events: RecordEnvelope[];
  jobs: FollowUpJob[];
  /** Entries of the audit log that say more plainly than the fields what the write did. */
  notes: AuditNote[];
}

interface FollowUpSources {
  /** What is known of another record in this transaction. */
  recordOf?: (id: string) => RecordState | undefined;
  make: MakeRecord;
  /** The server's time, ISO 8601. */
  at: string;
  /** Whether an event of this name is worth storing. */
  wants: (eventName: string) => boolean;
  cause?: WriteCause;
}

type Given = Pick<AuditedWrite, 'after' | 'actor' | 'reason'>;

/** What an accepted write brings with it, in the same transaction. */
export function followUpsOf(before: RecordState | undefined, write: Given, sources: FollowUpSources): FollowUps {
  const previous = before && !isTombstone(before) ? before : undefined;
  const result: FollowUps = { record: write.after, differences: [], records: [], events: [], jobs: [], notes: [] };
  if (write.after.kind === 'rule') followRule(result, previous, write, sources);
  if (write.after.kind === 'staff') result.notes.push(...roleNotes(previous, write, sources));
  result.differences = recordDifferences(previous, result.record);
  result.events = eventsOf(previous, write, result, sources);
  const { record } = result;
  if (isTombstone(record)) return result;
  if (record.kind === 'tenant' && previous?.status !== record.status)
    result.records.push(
      sources.make('lifecycleEntry', record.tenantId, {
        from: previous?.status ?? '',
        to: record.status,
        reason: write.reason,
        triggeredBy: write.actor.id,
        triggerSource: write.actor.id === 'system' ? 'system' : 'user',
        at: sources.at,
      }),
    );
  result.jobs.push(...jobsOf(previous, record, write));
  return result;
}

/** A new revision when anything but the server's own fields changed; since when the rule is paused. */
function followRule(
  result: FollowUps,
  previous: RecordEnvelope | undefined,
  { after, actor }: Given,
  { make, at }: FollowUpSources,
): void {
  const changed = (revision: number) =>
    result.jobs.push({ type: 'ruleChanged', payload: { ruleId: after.id, revision, at }, tenantId: after.tenantId });
  if (isTombstone(after)) return void changed(0);
  const { serverFields } = requireResource(after.kind);
  const content = (body: JsonObject) =>
    Object.fromEntries(Object.entries(body).filter(([name]) => !serverFields.includes(name)));
  if (previous && jsonEqual(content(previous.body), content(after.body))) return;
  const revision = Number(previous?.body['revision'] ?? 0) + 1;
  const [wasActive, isActive] = [previous?.body['isActive'] === true, after.body['isActive'] === true];
  const keptSince = previous?.body['pausedAt'] ?? '';
  const pausedAt = isActive ? '' : wasActive ? at : keptSince;
  const record = { ...after, body: { ...after.body, revision, pausedAt } };
  result.record = record;
  result.records.push(
    make('ruleRevision', after.tenantId, {
      ruleId: after.id,
      revision,
      name: String(after.body['name'] ?? ''),
      snapshot: record.body,
      savedBy: actor.id,
      savedAt: at,
    }),
  );
  changed(revision);
}

function eventsOf(
  previous: RecordEnvelope | undefined,
  { actor, reason }: Given,
  { record, differences }: FollowUps,
  { make, at, wants, cause }: FollowUpSources,
): RecordEnvelope[] {
  return eventsOfWrite(requireResource(record.kind), previous, record, { reason, differences, wants }).map((event) => {
    const { tenantId, data, ...named } = event;
    const body = {
      ...named,
      data,
      triggeredBy: actor.id,
      occurredAt: at,
      depth: cause?.depth ?? 0,
      chain: cause ? cause.chain.map((link) => ({ ...link })) : [],
      matched: 0,
      attempts: 0,
      failure: '',
      error: '',
    };
    return make('event', tenantId, body, { status: 'pending' });
  });
}

function jobsOf(previous: RecordEnvelope | undefined, record: RecordEnvelope, { actor }: Given): FollowUpJob[] {
  const jobs: FollowUpJob[] = [];
  const { tenantId } = record;
  const handedOn =
    record.assignedTo !== '' && record.assignedTo !== actor.id && record.assignedTo !== previous?.assignedTo;
  if (handedOn && record.kind !== 'notification') {
    const payload = { recordId: record.id, assignedTo: record.assignedTo, by: actor.name };
    jobs.push({ type: 'notifyAssignee', payload, tenantId });
  }
  if (record.kind === 'command' && !previous)
    jobs.push({ type: 'executeCommand', payload: { commandId: record.id }, tenantId });
  // One that is refused after it failed has something to forget.
  const begins = record.status === 'approved' && previous?.status !== 'approved';
  const isGivenUp = record.status === 'refused' && previous?.status === 'failed';
  if (record.kind === 'privacyRequest' && (begins || isGivenUp))
    jobs.push({ type: 'privacyRequest', payload: { requestId: record.id }, tenantId });
  if (record.kind === 'approval' && previous?.status === 'pending' && record.status !== 'pending')
    jobs.push({ type: 'approvalDecided', payload: { approvalId: record.id }, tenantId });
  return jobs;
}
