import type { Clock, IdSource } from '#shared/kernel/sources.ts';
import type { Problem } from '#shared/kernel/errors.ts';
import { problemOf, saying } from '#shared/kernel/sentences/sentence.ts';
import { pushAnswerSchema } from '#shared/protocol/messages.ts';
import type { PushAnswer } from '#shared/protocol/messages.ts';
import type { ReplicatedCollection } from '#shared/records/collections.ts';
import { requireResource } from '#shared/resources/registry.ts';
import type { LocalChange, LocalData } from '../storage/localData.ts';
import type { LocalDocument } from '../storage/localDocument.ts';
import { conflictEntry, refusalEntry } from './inboxEntries.ts';
import { RefusedRequest, malformedAnswer } from './pullCollection.ts';
import { markSent, pushRowsOf } from './pushRowsOf.ts';
import type { OutgoingEdit } from './pushRowsOf.ts';
import { refuse, settlePush } from './settlePush.ts';
import type { Link } from './transport.ts';

export interface PushContext {
  collection: ReplicatedCollection;
  data: LocalData;
  link: Link;
  limits: { maxPush: number; maxBytes: number };
  clock: Clock;
  newId: IdSource;
  /** Edits the server could not handle alone; they wait while the others go on. */
  postponed: Set<string>;
}

interface Outgoing extends OutgoingEdit {
  id: string;
  bytes: number;
}

type Accepted = Extract<PushAnswer, { ok: true }>;

/** Of a frame's bytes, for the envelope of the message and characters that take more in UTF-8 than counted. */
const frameShare = 0.8;

/** Sends unsent edits until none is left that may be sent. A refusal is an answer; only a broken line or disk rejects. */
export async function pushCollection(context: PushContext): Promise<void> {
  for (;;) {
    const batch = await takeBatch(context);
    if (batch.length === 0) return;
    await send(context, batch);
  }
}

/** The next edits that fit a frame, each marked as on its way. */
async function takeBatch({ collection, data, limits, postponed }: PushContext): Promise<Outgoing[]> {
  const waiting = [...data.pending().values()].filter(
    (one) => one.collection === collection && !postponed.has(one.document.pending?.edit ?? ''),
  );
  const batch: Outgoing[] = [];
  const ids = waiting.slice(0, limits.maxPush).map((one) => one.document.record.id);
  if (ids.length === 0) return batch;
  await data.update(collection, ids, (documents) => {
    const changes: LocalChange[] = [];
    let rows = 0;
    let bytes = 0;
    for (const { record, pending } of documents.values()) {
      if (!pending) continue;
      const outgoing = pushRowsOf(requireResource(record.kind), record, pending);
      const size = new TextEncoder().encode(JSON.stringify(outgoing.rows)).length;
      const full = rows + outgoing.rows.length > limits.maxPush || bytes + size > limits.maxBytes * frameShare;
      if (batch.length > 0 && full) break;
      rows += outgoing.rows.length;
      bytes += size;
      batch.push({ ...outgoing, id: record.id, bytes: size });
      if (pending.sentEdit !== pending.edit) changes.push({ document: markSent({ record, pending }, outgoing) });
    }
    return changes;
  });
  return batch;
}

async function send(context: PushContext, batch: readonly Outgoing[]): Promise<void> {
  const { collection, link, limits, newId } = context;
  const [first] = batch;
  if (batch.length === 1 && first && first.bytes > limits.maxBytes * frameShare) {
    const megabytes = Math.round(limits.maxBytes / 1_048_576);
    return settleAll(
      context,
      batch,
      refusalOf(batch, problemOf('too_large', saying('record_too_large', { megabytes }))),
    );
  }
  const rows = batch.flatMap((one) => one.rows);
  const parsed = pushAnswerSchema.safeParse(await link.request('push', { collection, pushId: newId(), rows }));
  if (!parsed.success) throw malformedAnswer('push');
  const answer = parsed.data;
  if (answer.ok) return settleAll(context, batch, answer);
  return handleRefusedPush(context, batch, answer.error);
}

/** The push as a whole was refused: find the edit at fault, so that it does not hold up the others. */
async function handleRefusedPush(context: PushContext, batch: readonly Outgoing[], problem: Problem): Promise<void> {
  const ofTheContent = problem.code === 'invalid_message' || problem.code === 'too_large';
  if (!ofTheContent && problem.code !== 'internal') throw new RefusedRequest(problem);
  if (batch.length > 1) {
    const half = Math.ceil(batch.length / 2);
    await send(context, batch.slice(0, half));
    return send(context, batch.slice(half));
  }
  if (ofTheContent) return settleAll(context, batch, refusalOf(batch, problem));
  for (const one of batch) context.postponed.add(one.edit);
}

function refusalOf(batch: readonly Outgoing[], problem: Problem): Accepted {
  return {
    ok: true,
    conflicts: [],
    rejections: batch.map((one) => ({ ...problem, id: one.id, current: undefined })),
  };
}

async function settleAll(context: PushContext, batch: readonly Outgoing[], answer: Accepted): Promise<void> {
  const { collection, data, clock } = context;
  const at = new Date(clock()).toISOString();
  await data.update(
    collection,
    batch.map((one) => one.id),
    (documents) =>
      batch.flatMap((one): LocalChange[] => {
        const local = documents.get(one.id);
        if (!local?.pending || local.pending.sentEdit !== one.edit) return [];
        return [settleOne(local, local.pending.edit, answer, at)].filter((change) => change.document !== undefined);
      }),
  );
}

function settleOne(local: LocalDocument, edit: string, answer: Accepted, at: string): LocalChange {
  const own = answer.rejections.find((one) => one.id === local.record.id);
  // A refusal made here knows no newer state of the server than the base of the edit.
  const settled =
    own && own.current === undefined
      ? refuse(local, { ...own, current: local.pending?.base ?? null })
      : settlePush(requireResource(local.record.kind), local, answer);
  if (!settled) return {};
  const inbox = [
    ...(settled.conflict ? [conflictEntry(settled.conflict, edit, at)] : []),
    ...(settled.refusal ? [refusalEntry(settled.refusal, edit, at)] : []),
  ];
  return { document: settled.document, inbox };
}
