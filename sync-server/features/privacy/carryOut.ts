import { activeHolds } from '#shared/domain/privacy/legalHolds.ts';
import { withoutSubject } from '#shared/domain/privacy/planErasure.ts';
import type { ErasureMode } from '#shared/domain/privacy/planErasure.ts';
import { jsonEqual } from '#shared/kernel/json.ts';
import type { JsonObject } from '#shared/kernel/json.ts';
import { isTombstone } from '#shared/records/envelope.ts';
import type { RecordEnvelope } from '#shared/records/envelope.ts';
import { privacyRequest } from '#shared/resources/access/privacyRequest.ts';
import type { Job } from '../../storage/store.ts';
import { finish } from './finish.ts';
import { server } from './ports.ts';
import type { PrivacyBatch, PrivacySources } from './ports.ts';
import { changed } from './requestRecord.ts';
import { searchFor, searchOf } from './requestSubject.ts';
import { putState, readState, stateArea, touchedOf } from './requestState.ts';
import type { RequestState } from './requestState.ts';
import { stillNeeded } from './stillNeeded.ts';
import { beginning, visitNext } from './visitEverything.ts';
import {
  changingVisitor,
  checkingVisitor,
  credentialsLeft,
  findingVisitor,
  HeldBack,
  removeCredentials,
} from './walks.ts';
import type { Walk } from './walks.ts';

/** Type of the jobs that carry requests out. */
export const privacyJob = 'privacyRequest';
const mostWalks = 3;
/** The queue tries eight times; what fails the last but one is told in the record. */
const lastAttempt = 7;

type Turn = 'again' | 'scrub' | 'over';

/** Rows of work that shares its commit with no other: a hold that was written right before it is to be seen. */
const alone = Number.POSITIVE_INFINITY;

/**
 * Carries out an approved request, a batch per commit. Where it is stands in the store with what was done, so a server that
 * stops in between goes on where it was, and nothing is done twice. Everything is found first, then changed, then looked
 * through again; the disk is cleaned before it is said to be done. What goes wrong ends it as `failed`, saying what; what it knew
 * stays when something was changed, as a search anew would not find the whole person any more.
 */
export function createCarryOut(
  sources: PrivacySources,
): (job: Pick<Job, 'payload' | 'attempts'>, context: { signal: AbortSignal }) => Promise<void> {
  const { store, write, clock } = sources;
  const advance = (requestId: string): Promise<Turn> =>
    write(alone, async (batch) => {
      const request = await requestIn(batch, requestId);
      if (!request) {
        batch.removeEntry(stateArea, requestId);
        return 'over';
      }
      if (request.status === 'approved') return begin(batch, request, clock());
      if (request.status === 'refused') batch.removeEntry(stateArea, requestId);
      const state = request.status === 'running' ? await readState(batch, requestId) : undefined;
      if (!state) return 'over';
      if (state.stage === 'scrub') return 'scrub';
      return goOn(batch, request, state, clock());
    });
  const fail = (requestId: string, problem: string) =>
    write(1, async (batch) => {
      const request = await requestIn(batch, requestId);
      if (!request || request.status !== 'running') return;
      const state = await readState(batch, requestId);
      if (state?.touchedAnything !== true) batch.removeEntry(stateArea, requestId);
      const after = changed(request, clock(), { status: 'failed', body: { problem: problem.slice(0, 2000) } });
      await batch.write({ after, actor: server, reason: '', madeAt: '', requestId });
    });
  return async ({ payload, attempts }, { signal }) => {
    const requestId = String(payload['requestId'] ?? '');
    try {
      for (;;) {
        signal.throwIfAborted();
        const turn = await advance(requestId);
        if (turn === 'over') return;
        if (turn === 'again') {
          // Commits follow one another without a pause; everybody else has to get their turn.
          await new Promise<void>((wake) => setImmediate(wake));
          continue;
        }
        await store.scrub();
        await write(1, (batch) => finish(batch, requestId, sources));
        return;
      }
    } catch (error) {
      if (signal.aborted) throw error;
      const told = error instanceof HeldBack || error instanceof Impossible;
      if (!told && attempts < lastAttempt) throw error;
      const reason = error instanceof Error ? error.message : String(error);
      await fail(
        requestId,
        told ? reason : `The server could not carry it out: ${reason}. Look at its log, then approve again.`,
      );
      if (!told) throw error;
    }
  };
}

/** What is asked for cannot be done; the message says why. */
class Impossible extends Error {}

async function requestIn(batch: PrivacyBatch, requestId: string): Promise<RecordEnvelope | undefined> {
  await batch.load([requestId]);
  const record = batch.get(requestId);
  return record && !isTombstone(record) && record.kind === privacyRequest.kind ? record : undefined;
}

async function begin(batch: PrivacyBatch, request: RecordEnvelope, now: number): Promise<Turn> {
  const body = privacyRequest.body.parse(request.body);
  const kept = await readState(batch, request.id);
  const counts = kept ? doneBefore(kept.counts) : {};
  const after = changed(request, now, {
    status: 'running',
    body: { startedAt: new Date(now).toISOString(), problem: '', touched: touchedOf(counts) },
  });
  await batch.write({ after, actor: server, reason: '', madeAt: '', requestId: request.id });
  const asksForMore = body.subjectEmail + body.subjectName !== '' || body.subjectRecords.length > 0;
  if (kept?.stage === 'scrub' && !asksForMore) return 'again';
  const { spec } = await searchFor(batch.reader, { ...body, tenantId: request.tenantId });
  putState(batch, request.id, {
    type: body.type,
    touchedAnything: kept !== undefined,
    stage: 'find',
    cursor: beginning,
    walks: 0,
    spec: {
      emails: united(kept?.spec.emails, spec.emails),
      names: united(kept?.spec.names, spec.names),
      records: united(kept?.spec.records, spec.records),
    },
    counts,
    left: [],
    before: kept?.before ?? {},
    after: kept?.after ?? {},
  });
  return 'again';
}

function united(kept: readonly string[] = [], found: readonly string[]): string[] {
  return [...new Set([...kept, ...found])];
}

/** What was done before it failed was found, too; what was not comes again. */
function doneBefore(counts: RequestState['counts']): RequestState['counts'] {
  return Object.fromEntries(
    Object.entries(counts).flatMap(([kind, { done }]) => (done === 0 ? [] : [[kind, { count: done, done }]])),
  );
}

async function goOn(batch: PrivacyBatch, request: RecordEnvelope, state: RequestState, now: number): Promise<Turn> {
  const { type } = state;
  const search = searchOf(state.spec, request.tenantId);
  const { emails, names, ids } = search.subject;
  if (emails.length + names.length + ids.size === 0)
    throw new Impossible(
      'The request names nobody: neither an address nor a name nor a record. Refuse it, and make a new one.',
    );
  const holds = type === 'export' ? [] : activeHolds(await batch.reader.recordsOfKind('legalHold'));
  const walk: Walk = { requestId: request.id, type, search, holds };
  const visitor =
    type === 'export' || state.stage === 'find'
      ? findingVisitor(batch, walk, state)
      : state.stage === 'change'
        ? changingVisitor(batch, walk, type, state)
        : checkingVisitor(batch, walk, type, state);
  const shown = JSON.stringify(state.counts);
  const next = await visitNext(batch.reader, state.cursor, visitor);
  if (next) state.cursor = next;
  else if (type !== 'export' && state.stage === 'find') await refuseIfNeeded(batch, walk);
  if (!next && state.stage === 'change') removeCredentials(batch, search);
  if (!next && state.stage === 'check') state.left.push(...(await credentialsLeft(batch.reader, search)));
  const ended = next === undefined && endStage(state, type);
  const told: JsonObject = JSON.stringify(state.counts) === shown && !ended ? {} : { touched: touchedOf(state.counts) };
  const cleared: JsonObject = ended && type !== 'export' ? withoutSubject : {};
  if (Object.keys({ ...told, ...cleared }).length > 0)
    batch.rewrite(changed(request, now, { body: { ...told, ...cleared } }));
  putState(batch, request.id, ended ? { ...state, spec: { emails: [], names: [], records: [] } } : state);
  return 'again';
}

/** What follows a walk that came to its end; true when nothing is left but the disk. */
function endStage(state: RequestState, type: ErasureMode | 'export'): boolean {
  state.cursor = beginning;
  if (state.stage === 'find' && type !== 'export') {
    state.stage = 'change';
    state.touchedAnything = true;
    return false;
  }
  if (state.stage === 'change') {
    state.walks += 1;
    state.left = [];
    state.stage = 'check';
    return false;
  }
  if (state.left.length > 0) {
    if (state.walks >= mostWalks)
      throw new Impossible(
        `Something of the person is still there: ${state.left.join(', ')}. Nothing was said to be done.`,
      );
    state.stage = 'change';
    return false;
  }
  if (type === 'anonymise' || type === 'erase_keep_financial') compareSums(state);
  state.stage = 'scrub';
  return true;
}

/** What was changed of the books adds up to what it did before. */
function compareSums({ before, after }: RequestState): void {
  const differs = Object.keys(before).find((key) => !jsonEqual(before[key], after[key]));
  if (differs !== undefined)
    throw new Impossible(
      `The books no longer add up at '${differs}'. Nothing was said to be done; ask an administrator.`,
    );
}

async function refuseIfNeeded(batch: PrivacyBatch, { search }: Walk): Promise<void> {
  const needed = await stillNeeded(batch.reader, search.staffIds);
  if (needed !== '')
    throw new Impossible(
      `${needed} is the only active person with all rights. Give another person the role first, then approve again.`,
    );
}
