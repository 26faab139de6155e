import { decideWrite } from '#shared/domain/writes/decideWrite.ts';
import type { Principal } from '#shared/domain/access/principal.ts';
import { canonicalJson } from '#shared/kernel/canonicalJson.ts';
import type { Problem } from '#shared/kernel/errors.ts';
import { isJsonObject } from '#shared/kernel/json.ts';
import type { RecordState } from '#shared/records/envelope.ts';
import { pushRowSchema } from '#shared/protocol/messages.ts';
import type { PushAnswer, PushRow, Rejection } from '#shared/protocol/messages.ts';
import type { ReplicatedCollection } from '#shared/records/collections.ts';
import { resourceByKind } from '#shared/resources/registry.ts';
import type { Actor } from './auditTrail.ts';
import { guardAccess } from './guardAccess.ts';
import { guardAutomation } from './guardAutomation.ts';
import { deepestNesting, isNestedTooDeep } from './nesting.ts';
import { viewOf } from './visibility.ts';
import type { View } from './visibility.ts';
import type { WriteBatch } from './writeBatch.ts';

export interface PushRequest {
  collection: ReplicatedCollection;
  pushId: string;
  rows: readonly unknown[];
}

type Outcome = { conflict: RecordState } | { problem: Problem; current: RecordState | undefined } | undefined;

/** Decides and collects the rows of one push, each on its own: a bad row never refuses the others. */
export async function pushRows(
  batch: WriteBatch,
  principal: Principal,
  actor: Actor,
  request: PushRequest,
): Promise<PushAnswer> {
  const conflicts: RecordState[] = [];
  const rejections: Rejection[] = [];
  const view = viewOf(principal);
  await batch.load(request.rows.map(idOf).filter((id) => id !== ''));
  for (const raw of request.rows) {
    const outcome = await pushRow(batch, principal, view, actor, request, raw);
    if (!outcome) continue;
    if ('conflict' in outcome) conflicts.push(outcome.conflict);
    else rejections.push({ id: idOf(raw), ...outcome.problem, current: outcome.current ?? null });
  }
  return { ok: true, conflicts, rejections };
}

async function pushRow(
  batch: WriteBatch,
  principal: Principal,
  view: View,
  actor: Actor,
  request: PushRequest,
  raw: unknown,
): Promise<Outcome> {
  const parsed = parseRow(raw, request.collection);
  if ('problem' in parsed) return { problem: parsed.problem, current: view.current(batch.get(idOf(raw))) };
  const { row, resource } = parsed;
  const stored = batch.get(row.doc.id);
  const current = view.current(stored);
  const decision = decideWrite({
    resource,
    stored,
    doc: row.doc,
    principal,
    ...(row.reason === undefined ? {} : { reason: row.reason }),
  });
  if (
    !decision.ok &&
    (decision.error.code === 'forbidden' ||
      decision.error.code === 'read_only' ||
      decision.error.code === 'gone' ||
      decision.error.path === 'kind')
  ) {
    return { problem: decision.error, current };
  }
  if (decision.ok && decision.value.outcome === 'unchanged') return undefined;
  if ((stored?.version ?? 0) !== row.baseVersion) {
    if (current) return { conflict: current };
    if (stored)
      return {
        problem: {
          code: 'duplicate',
          path: 'id',
          message: 'This id is taken. Create the record again with a new one.',
        },
        current,
      };
    return {
      problem: {
        code: 'gone',
        message: 'There is no such record on the server any more. Restore it from the inbox as a new record.',
      },
      current,
    };
  }
  if (!decision.ok) return { problem: decision.error, current };
  const after = decision.value.record;
  const guarded = guardAccess(principal, stored, after) ?? guardAutomation(principal, stored, after);
  if (guarded) return { problem: guarded, current };
  const duplicate = await batch.duplicateOf(after);
  if (duplicate) {
    return {
      problem: {
        code: 'duplicate',
        path: `body.${duplicate[0]}`,
        message: `Another ${after.kind} has the same ${duplicate.join(' and ')}. Choose another.`,
      },
      current,
    };
  }
  await batch.write({ after, actor, reason: row.reason ?? '', madeAt: row.madeAt ?? '', requestId: request.pushId });
  return undefined;
}

function parseRow(
  raw: unknown,
  collection: ReplicatedCollection,
): { row: PushRow; resource: NonNullable<ReturnType<typeof resourceByKind>> } | { problem: Problem } {
  if (isNestedTooDeep(raw)) {
    return {
      problem: {
        code: 'invalid',
        message: `The row has more than ${deepestNesting} levels of lists and objects. Make it flatter.`,
      },
    };
  }
  const parsed = pushRowSchema.safeParse(raw);
  if (!parsed.success) {
    const issue = parsed.error.issues[0];
    const path = issue?.path.map(String).join('.') ?? '';
    return {
      problem: {
        code: 'invalid',
        path,
        message: `The row is not valid at '${path}': ${issue?.message ?? 'unknown reason'}.`,
      },
    };
  }
  const row = parsed.data;
  try {
    canonicalJson(row);
  } catch (error) {
    return {
      problem: {
        code: 'invalid',
        message: `The row cannot be stored: ${error instanceof Error ? error.message : 'not JSON'}.`,
      },
    };
  }
  const resource = resourceByKind(row.doc.kind);
  if (!resource || resource.collection !== collection) {
    return {
      problem: {
        code: 'invalid',
        path: 'kind',
        message: `'${row.doc.kind}' is not a kind of the collection '${collection}'.`,
      },
    };
  }
  if (row.doc.kind === 'tenant' && row.doc.tenantId !== row.doc.id) {
    return { problem: { code: 'invalid', path: 'tenantId', message: "A tenant's tenantId is its own id." } };
  }
  return { row, resource };
}

function idOf(raw: unknown): string {
  if (!isJsonObject(raw)) return '';
  const doc: unknown = raw['doc'];
  return isJsonObject(doc) && typeof doc['id'] === 'string' ? doc['id'].slice(0, 64) : '';
}
