import { findInJson, findSubject, holdsPersonalData } from '#shared/domain/privacy/findSubject.ts';
import { addToSums, sumsAsJson } from '#shared/domain/privacy/financialSums.ts';
import type { FinancialSums } from '#shared/domain/privacy/financialSums.ts';
import { holdOn } from '#shared/domain/privacy/legalHolds.ts';
import type { ActiveHold } from '#shared/domain/privacy/legalHolds.ts';
import { holdsAddress, withoutMentions } from '#shared/domain/privacy/mentions.ts';
import { financialKinds } from '#shared/domain/privacy/peopleInKinds.ts';
import { planErasure, pseudonymFor } from '#shared/domain/privacy/planErasure.ts';
import type { ErasureMode, ErasurePlan } from '#shared/domain/privacy/planErasure.ts';
import type { Pseudonym } from '#shared/domain/privacy/personalMatcher.ts';
import type { JsonObject } from '#shared/kernel/json.ts';
import { isTombstone } from '#shared/records/envelope.ts';
import type { RecordEnvelope } from '#shared/records/envelope.ts';
import { requireResource } from '#shared/resources/registry.ts';
import type { Entry, StoredJob, StoreReader } from '../../storage/store.ts';
import type { PrivacyBatch } from './ports.ts';
import { belongsToStaff, ownerOf, privateKind } from './requestSubject.ts';
import type { Search } from './requestSubject.ts';
import { countUp, stateArea } from './requestState.ts';
import type { RequestState } from './requestState.ts';
import type { Visitor } from './visitEverything.ts';

/** One request and what it may not touch. */
export interface Walk {
  requestId: string;
  type: ErasureMode | 'export';
  search: Search;
  holds: readonly ActiveHold[];
}

/** A legal hold forbids what a request asks for. */
export class HeldBack extends Error {
  constructor(hold: ActiveHold, record: RecordEnvelope) {
    super(
      `The legal hold '${hold.name}' keeps a ${record.kind} of this person as it is. Release the hold, or refuse the request.`,
    );
    this.name = 'HeldBack';
  }
}

/** Counts where the person is, and looks for holds; changes nothing. */
export function findingVisitor(batch: PrivacyBatch, walk: Walk, state: RequestState): Visitor {
  const { search, type } = walk;
  return {
    record: (record) => {
      if (record.id === walk.requestId || !covers(record, search) || !concerns(record, walk)) return;
      if (type !== 'export') refuseHeld(record, walk);
      countUp(state.counts, record.kind, 'count');
    },
    entry: async (entry) => {
      if ((await entryConcerns(batch.reader, entry, search)) !== 'no')
        countUp(state.counts, privateKind(entry.area), 'count');
    },
    job: (job) => {
      if (jobConcerns(job, search)) countUp(state.counts, privateKind('jobs'), 'count');
    },
    session: ({ staffId }) => {
      if (search.tenantId === '' && search.staffIds.has(staffId))
        countUp(state.counts, privateKind('sessions'), 'count');
    },
  };
}

/** Takes the person out of whatever it is shown. The walk's type is not 'export'. */
export function changingVisitor(batch: PrivacyBatch, walk: Walk, mode: ErasureMode, state: RequestState): Visitor {
  const { search, requestId } = walk;
  const { subject } = search;
  const pseudonym = pseudonymFor(mode, requestId);
  return {
    record: async (seen) => {
      if (seen.id === requestId || !covers(seen, search)) return;
      if (!changes(planOf(seen, walk, mode, pseudonym))) return;
      // Somebody in this very commit may have written it since.
      await batch.load([seen.id]);
      const record = batch.get(seen.id);
      if (!record || isTombstone(record)) return;
      const plan = planOf(record, walk, mode, pseudonym);
      if (plan.outcome !== 'write' && plan.outcome !== 'delete') return;
      refuseHeld(record, walk);
      batch.rewrite(plan.record);
      if (financialKinds.includes(record.kind)) {
        state.before = withRecord(state.before, record);
        if (plan.outcome === 'write') state.after = withRecord(state.after, plan.record);
      }
      countUp(state.counts, record.kind, 'done');
    },
    entry: async (seen) => {
      const { area, key, expiresAt } = seen;
      const concern = await entryConcerns(batch.reader, seen, search);
      if (concern === 'no') return;
      countUp(state.counts, privateKind(area), 'done');
      const value = (await batch.getEntries(area, [key])).get(key);
      if (value === undefined || concern === 'theirs') return batch.removeEntry(area, key);
      const changed = withoutMentions(value, subject, pseudonym);
      batch.putEntry(area, key, changed, expiresAt === 0 ? undefined : expiresAt);
    },
    job: (job) => {
      if (!jobConcerns(job, search)) return;
      countUp(state.counts, privateKind('jobs'), 'done');
      batch.also((transaction) =>
        transaction.rewriteJob(
          job.id,
          withoutMentions(job.payload, subject, pseudonym) as JsonObject,
          subject.matcher.replace(job.problem, pseudonym),
        ),
      );
    },
    session: ({ id, staffId }) => {
      if (search.tenantId !== '' || !search.staffIds.has(staffId)) return;
      countUp(state.counts, privateKind('sessions'), 'done');
      batch.also((transaction) => transaction.removeSessions([id]));
    },
  };
}

/** Ends every way to sign in as the person, whether they ever did or not. */
export function removeCredentials(batch: PrivacyBatch, { staffIds, tenantId }: Search): void {
  if (tenantId !== '') return;
  for (const staffId of staffIds) batch.also((transaction) => transaction.removeCredential(staffId));
}

/** Names the staff ids of the person that still have one. */
export async function credentialsLeft(reader: StoreReader, { staffIds, tenantId }: Search): Promise<string[]> {
  if (tenantId !== '') return [];
  const left: string[] = [];
  for (const staffId of staffIds) if (await reader.getCredential(staffId)) left.push(`credential ${staffId}`);
  return left;
}

/** Names what is still there after everything was changed. */
export function checkingVisitor(batch: PrivacyBatch, walk: Walk, mode: ErasureMode, state: RequestState): Visitor {
  const { search, requestId } = walk;
  const pseudonym = pseudonymFor(mode, requestId);
  const leave = (what: string) => {
    if (state.left.length < 20) state.left.push(what);
  };
  return {
    record: (record) => {
      if (record.id === requestId || !covers(record, search)) return;
      const plan = planOf(record, walk, mode, pseudonym);
      // A name that cannot be replaced stays, and is counted as found and not done; an address must not stay.
      if (plan.outcome === 'left' && !holdsAddress(record.body, search.subject)) return;
      const sealed = plan.locations.some(({ occurrence }) => occurrence === 'text' || occurrence === 'field');
      if (plan.outcome !== 'nothing' || sealed) leave(`${record.kind} ${record.id}`);
    },
    entry: async (entry) => {
      if ((await entryConcerns(batch.reader, entry, search)) !== 'no') leave(privateKind(entry.area));
    },
    job: (job) => {
      if (jobConcerns(job, search)) leave(`job ${job.id}`);
    },
    session: ({ id, staffId }) => {
      if (search.tenantId === '' && search.staffIds.has(staffId)) leave(`session ${id}`);
    },
  };
}

/** Whether the record is within the request's tenant. */
export function covers(record: RecordEnvelope, { tenantId }: Search): boolean {
  return tenantId === '' || record.tenantId === tenantId;
}

const underWay: ReadonlySet<string> = new Set(['approved', 'running']);

/** What a private entry is to the person: theirs alone, mentions them, or neither. */
export async function entryConcerns(
  reader: StoreReader,
  entry: Required<Entry>,
  search: Search,
): Promise<'no' | 'theirs' | 'mentions'> {
  // What a request under way knows goes with its end; what one that failed keeps goes with the person.
  if (entry.area === stateArea) {
    const request = (await reader.getRecords([entry.key])).get(entry.key);
    if (request && !isTombstone(request) && underWay.has(request.status)) return 'no';
    if (search.tenantId !== '' && request?.tenantId !== search.tenantId) return 'no';
    return holdsPersonalData(findInJson(entry.value, search.subject)) ? 'theirs' : 'no';
  }
  const theirs =
    (search.tenantId === '' && belongsToStaff(entry, search)) || search.subject.matcher.findsEmail(entry.key);
  const mentions = !theirs && holdsPersonalData(findInJson(entry.value, search.subject));
  if (!theirs && !mentions) return 'no';
  if (search.tenantId !== '') {
    const owner = ownerOf(entry.value, 'tenantId') ?? (await tenantOfKey(reader, entry.key));
    if (owner !== search.tenantId) return 'no';
  }
  return theirs ? 'theirs' : 'mentions';
}

export function jobConcerns(job: StoredJob, { subject, tenantId }: Search): boolean {
  if (tenantId !== '' && job.tenantId !== tenantId) return false;
  return subject.matcher.finds(job.problem) || holdsPersonalData(findInJson(job.payload, subject));
}

async function tenantOfKey(reader: StoreReader, key: string): Promise<string | undefined> {
  const id = key.split(/[|:/@]/u)[0] ?? '';
  return (await reader.getRecords([id])).get(id)?.tenantId;
}

function concerns(record: RecordEnvelope, walk: Walk): boolean {
  const resource = requireResource(record.kind);
  if (walk.type === 'export') return findSubject(record, resource, walk.search.subject).length > 0;
  return planOf(record, walk, walk.type, pseudonymFor(walk.type, walk.requestId)).outcome !== 'nothing';
}

function planOf(record: RecordEnvelope, walk: Walk, mode: ErasureMode, pseudonym: Pseudonym): ErasurePlan {
  return planErasure(record, requireResource(record.kind), walk.search.subject, mode, pseudonym);
}

function changes(plan: ErasurePlan): boolean {
  return plan.outcome === 'write' || plan.outcome === 'delete';
}

function refuseHeld(record: RecordEnvelope, { holds, search }: Walk): void {
  const hold = holdOn(record, search.subject, holds);
  if (hold) throw new HeldBack(hold, record);
}

/** Sums with one record more. */
function withRecord(kept: RequestState['before'], record: RecordEnvelope): RequestState['before'] {
  const sums: FinancialSums = new Map(Object.entries(kept).map(([key, sum]) => [key, { ...sum }]));
  addToSums(sums, record);
  return sumsAsJson(sums);
}
