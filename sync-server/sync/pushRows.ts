import { decideAccess } from '#shared/domain/access/decideAccess.ts';
import { decideWrite } from '#shared/domain/writes/decideWrite.ts';
import { dangerousUse, neededPermissions } from '#shared/domain/writes/neededPermissions.ts';
import type { Principal } from '#shared/domain/access/principal.ts';
import type { Problem } from '#shared/kernel/errors.ts';
import { problemOf, saying } from '#shared/kernel/sentences/sentence.ts';
import { isJsonObject } from '#shared/kernel/json.ts';
import { forbidden } from '#shared/domain/writes/problems.ts';
import type { Resource } from '#shared/records/defineResource.ts';
import { isTombstone } from '#shared/records/envelope.ts';
import type { RecordState } from '#shared/records/envelope.ts';
import type { PushAnswer, PushRow, Rejection } from '#shared/protocol/messages.ts';
import type { ReplicatedCollection } from '#shared/records/collections.ts';
import type { Actor } from './auditTrail.ts';
import { askAgain, recordDenial, recordUses } from './accessRecorder.ts';
import type { AccessRecorder } from './accessRecorder.ts';
import { guardAccess } from './guardAccess.ts';
import { guardAudit } from './guardAudit.ts';
import { guardAutomation, withDataGiven } from './guardAutomation.ts';
import { readRow } from './readRow.ts';
import { putProof } from '../storage/commandProofs.ts';
import { viewOf } from './visibility.ts';
import type { View } from './visibility.ts';
import type { WriteBatch } from './writeBatch.ts';

export interface PushRequest {
  collection: ReplicatedCollection;
  pushId: string;
  rows: readonly unknown[];
}

/** Who pushes, and what is kept of how it is decided. */
export interface Pusher {
  principal: Principal;
  actor: Actor;
  /** The person proved a moment ago who they are. */
  elevated: boolean;
  recorder?: AccessRecorder;
  /** Milliseconds since the epoch. */
  now: number;
}

type Outcome = { conflict: RecordState } | { problem: Problem; current: RecordState | undefined } | undefined;

/** Decides and collects the rows of one push, each on its own: a bad row never refuses the others. */
export async function pushRows(batch: WriteBatch, pusher: Pusher, request: PushRequest): Promise<PushAnswer> {
  const conflicts: RecordState[] = [];
  const rejections: Rejection[] = [];
  const view = viewOf(pusher.principal);
  await batch.load(request.rows.map(idOf).filter((id) => id !== ''));
  for (const raw of request.rows) {
    const outcome = await pushRow(batch, pusher, view, request, raw);
    if (!outcome) continue;
    if ('conflict' in outcome) conflicts.push(outcome.conflict);
    else rejections.push({ id: idOf(raw), ...outcome.problem, current: outcome.current ?? null });
  }
  return { ok: true, conflicts, rejections };
}

/** Refusals that stand whatever version the row was made on. */
const first = new Set<Problem['code']>(['forbidden', 'read_only', 'gone']);

async function pushRow(
  batch: WriteBatch,
  pusher: Pusher,
  view: View,
  request: PushRequest,
  raw: unknown,
): Promise<Outcome> {
  const { principal, actor } = pusher;
  const parsed = readRow(raw, request.collection);
  if ('problem' in parsed) return { problem: parsed.problem, current: view.current(batch.get(idOf(raw))) };
  const { row, resource } = parsed;
  // A record that the person may not see is to them as one that does not exist, in every answer and in the work it takes.
  const current = view.current(batch.get(row.doc.id));
  const stored = current && batch.get(row.doc.id);
  const refuse = (problem: Problem): Outcome => {
    if (problem.code === 'forbidden') recordDenial(batch, pusher, resource, { stored, doc: row.doc }, problem);
    return { problem, current };
  };
  if (!stored && row.baseVersion > 0 && resource.writer === 'console')
    return refuse(unknownRecord(principal, resource, row));
  const decision = decideWrite({
    resource,
    stored,
    doc: withDataGiven(stored, row.doc),
    isRead: true,
    principal,
    ...(row.reason === undefined ? {} : { reason: row.reason }),
  });
  if (!decision.ok && (first.has(decision.error.code) || decision.error.path === 'kind')) return refuse(decision.error);
  if (decision.ok && decision.value.outcome === 'unchanged') return undefined;
  if ((stored?.version ?? 0) !== row.baseVersion) return current ? { conflict: current } : { problem: gone, current };
  if (!decision.ok) return { problem: decision.error, current };
  const after = decision.value.record;
  const guarded =
    guardAutomation(principal, stored, after) ??
    guardAudit(principal, stored, after) ??
    (await guardAccess(batch, principal, { before: stored, after, reason: row.reason ?? '' }, pusher.now));
  if (guarded) return refuse(guarded);
  const dangerous = pusher.elevated ? undefined : dangerousUse(resource, stored, after);
  if (dangerous !== undefined) return { problem: askAgain(dangerous), current };
  const duplicate = await batch.duplicateOf(after);
  if (duplicate) {
    return {
      problem: problemOf('duplicate', saying('duplicate', { kind: after.kind, fields: duplicate }), {
        path: `body.${duplicate[0]}`,
      }),
      current,
    };
  }
  if (!stored && batch.get(row.doc.id)) return { problem: taken, current };
  recordUses(pusher, neededPermissions(resource, stored, after), stored ?? after, true);
  await batch.write({ after, actor, reason: row.reason ?? '', madeAt: row.madeAt ?? '', requestId: request.pushId });
  if (!stored && after.kind === 'command' && pusher.elevated) putProof(batch, after.id, pusher.now);
  return undefined;
}

/** An edit of what is not there: whoever may edit all of its like is told so, anybody else that they may not. */
function unknownRecord(principal: Principal, { permission }: Resource, { doc }: PushRow): Problem {
  const needed = `${permission}.${isTombstone(doc) ? 'delete' : 'edit'}`;
  return decideAccess(principal, needed, { tenantId: doc.tenantId }).allowed ? gone : forbidden(needed);
}

const gone: Problem = problemOf('gone', saying('gone_on_server'));
const taken: Problem = problemOf('duplicate', saying('id_taken'), { path: 'id' });

function idOf(raw: unknown): string {
  if (!isJsonObject(raw)) return '';
  const doc: unknown = raw['doc'];
  return isJsonObject(doc) && typeof doc['id'] === 'string' ? doc['id'].slice(0, 64) : '';
}
