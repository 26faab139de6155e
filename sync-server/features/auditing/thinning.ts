import * as z from 'zod';
import type { AuditCrypto } from '#shared/domain/audit/auditCrypto.ts';
import { classOfEntry, classesVersion } from '#shared/domain/audit/dataClasses.ts';
import { hashOfEntry } from '#shared/domain/audit/sealedForm.ts';
import { thinningEvidence, thinningStatement } from '#shared/domain/audit/statements.ts';
import type { ThinningEvidence } from '#shared/domain/audit/statements.ts';
import { isThinned, thinnedBody } from '#shared/domain/audit/thinnedEntry.ts';
import type { Clock, IdSource } from '#shared/kernel/sources.ts';
import { isTombstone } from '#shared/records/envelope.ts';
import type { RecordEnvelope } from '#shared/records/envelope.ts';
import { legalHold } from '#shared/resources/audit/legalHold.ts';
import type { StoreReader, SyncStore } from '../../storage/store.ts';
import { alone, ownRecord } from './auditingBatch.ts';
import type { AuditingActor, AuditingBatch, AuditingWrite } from './auditingBatch.ts';
import { holdsOver } from './removableRun.ts';
import { titleOf } from './retentionRules.ts';
import type { ActiveRule } from './retentionRules.ts';
import type { SigningKeys } from './signingKeys.ts';
import type { Turns } from './turns.ts';

export interface ThinningOutcome {
  thinned: number;
  /** A legal hold kept the content of entries that are old enough. */
  isHeld: boolean;
}

export interface ThinningTask {
  tenantId: string;
  rule: ActiveRule;
  isDry: boolean;
  actor: AuditingActor;
  signal?: AbortSignal | undefined;
  /** Of a dry run: entries up to this number would have gone as a whole. */
  behind: number;
  onThinned: (count: number) => void;
  /** Of a run that removes; it keeps them up to date. */
  markers: MarkerEnds;
}

/** Of the markers of the store where they end, by chain, kind of data and rule; read once in a run, which alone makes more. */
export type MarkerEnds = Map<string, Map<string, number>>;

export interface ThinningOptions {
  store: SyncStore;
  write: AuditingWrite;
  keys: SigningKeys;
  turns: Turns;
  serverId: string;
  crypto: AuditCrypto;
  clock: Clock;
  ids: IdSource;
}

/** Area of the store that says, per chain and kind of data as this version divides them, from which number on there may be something to do. */
const cursorArea = 'auditThinning';
const cursorSchema = z.object({ next: z.int().min(1) });
/** Entries looked at in one commit. */
const together = 500;
const day = 24 * 3600 * 1000;

/** Removes the content of entries of one kind of data from the middle of a chain; SPEC.md, G2. */
export function createThinning({ store, write, keys, turns, serverId, crypto, clock, ids }: ThinningOptions) {
  const isWhole = (entry: RecordEnvelope) => isAsWritten(entry, crypto);

  /** One commit: entries, the marker that covers them, an entry of the log, and how far it is. */
  const thinSome = ({ tenantId, rule, actor, markers }: ThinningTask, { from, firstHeld }: Place) =>
    write(alone, async (batch) => {
      const key = cursorKey(tenantId, rule);
      const cursor = cursorSchema.safeParse((await batch.getEntries(cursorArea, [key])).get(key)).data;
      const start = from ?? cursor?.next ?? 1;
      const signer = keys.signer();
      // Without a key nothing goes; when a rotation is under way, in another turn.
      if (!signer) return { thinned: 0, from: start, firstHeld, isDone: !keys.rotation() };
      const page = await nextPage(batch.reader, tenantId, rule, clock() - rule.days * day, start);
      const place = { from: page.next, firstHeld: firstHeld || page.firstHeld };
      const answer = { ...place, isDone: page.isDone };
      // Every run looks again at what a hold covers, from the first such entry on.
      const next = place.firstHeld || page.next;
      if (next !== cursor?.next) batch.putEntry(cursorArea, key, { next });
      await batch.load(page.entries.map((entry) => entry.id));
      const chosen = page.entries.flatMap((seen) => {
        const entry = batch.get(seen.id);
        return entry && !isTombstone(entry) && isWhole(entry) ? [entry] : [];
      });
      const [first, last] = [chosen[0], chosen.at(-1)];
      if (!first || !last) return { ...answer, thinned: 0 };
      const stored = await lastMarker(batch, markers.get(markersKey(tenantId, rule)), numberOf(first));
      const mark = stored?.body.mark ?? ids();
      let digest = stored?.body.digest ?? '';
      for (const entry of chosen) {
        const { body, seal } = thinnedBody(entry, { mark, thread: digest }, crypto);
        digest = seal;
        batch.rewrite({ ...entry, version: entry.version + 1, body });
      }
      const removedAt = new Date(clock()).toISOString();
      const said: Omit<ThinningEvidence, 'signature'> = {
        mark,
        first: stored?.body.first ?? numberOf(first),
        last: numberOf(last),
        count: (stored?.body.count ?? 0) + chosen.length,
        covers: rule.covers,
        digest,
        from: stored?.body.from ?? String(first.body['at']),
        until: String(last.body['at']),
        ruleId: rule.id,
        reason: titleOf(rule),
        by: actor.id.slice(0, 80),
        removedAt,
        keyId: signer.keyId,
      };
      const body = { ...said, signature: signer.sign(thinningStatement({ serverId, tenantId }, said)) };
      const record = ownRecord('auditGap', { id: mark, tenantId, at: removedAt, body });
      batch.rewrite(
        stored ? { ...record, createdAt: stored.record.createdAt, version: stored.record.version + 1 } : record,
      );
      batch.note({
        actor,
        tenantId,
        action: 'retention',
        resource: 'auditEntry',
        changes: [
          { path: 'covers', new: rule.covers },
          { path: 'first', old: numberOf(first) },
          { path: 'last', old: said.last },
          { path: 'count', old: chosen.length },
        ],
        reason: said.reason,
      });
      return { ...answer, thinned: chosen.length, marker: { id: mark, last: said.last } };
    });

  const look = async ({ tenantId, rule }: ThinningTask, { from = 1, firstHeld }: Place) => {
    const page = await nextPage(store, tenantId, rule, clock() - rule.days * day, from);
    const thinned = page.entries.filter(isWhole).length;
    return { thinned, from: page.next, firstHeld: firstHeld || page.firstHeld, isDone: page.isDone };
  };

  return async (task: ThinningTask): Promise<ThinningOutcome> => {
    const outcome: ThinningOutcome = { thinned: 0, isHeld: false };
    let place: Place = { from: task.isDry ? task.behind + 1 : undefined, firstHeld: 0 };
    for (;;) {
      if (task.signal?.aborted) return outcome;
      if (!task.isDry) await keys.rotation();
      const at = place;
      const step: Step = task.isDry ? await look(task, at) : await turns.remove(() => thinSome(task, at));
      place = step;
      if (step.marker) keepEnd(task, step.marker);
      outcome.thinned += step.thinned;
      outcome.isHeld = step.firstHeld > 0;
      if (!task.isDry) task.onThinned(step.thinned);
      // Others have their turn.
      await new Promise<void>((wake) => setImmediate(wake));
      if (step.isDone) return outcome;
    }
  };
}

/** How far a run is: where it goes on (undefined = where the last run ended), and the first entry that a hold covers (0 = none). */
interface Place {
  from: number | undefined;
  firstHeld: number;
}

interface Step extends Place {
  thinned: number;
  isDone: boolean;
  /** The marker that was made, or made longer. */
  marker?: { id: string; last: number };
}

const cursorKey = (tenantId: string, rule: ActiveRule) => `${tenantId}|${rule.covers}|${classesVersion}`;
const numberOf = (entry: RecordEnvelope) => Number(entry.body['number']);

/** The entries of the next page whose content may go, and where the next page begins. */
async function nextPage(reader: StoreReader, tenantId: string, rule: ActiveRule, before: number, from: number) {
  const holds = (await reader.recordsOfKind(legalHold.kind)).filter(
    (record): record is RecordEnvelope => !isTombstone(record),
  );
  const isHeld = holdsOver(tenantId, holds);
  const page = await reader.chainEntries(tenantId, from, together);
  const entries: RecordEnvelope[] = [];
  let firstHeld = 0;
  for (const entry of page) {
    if (!(Date.parse(String(entry.body['at'])) < before))
      return { entries, firstHeld, next: numberOf(entry), isDone: true };
    if (isThinned(entry.body) || classOfEntry(entry.body) !== rule.covers) continue;
    if (!isHeld(entry)) entries.push(entry);
    else if (firstHeld === 0) firstHeld = numberOf(entry);
  }
  const last = page.at(-1);
  return { entries, firstHeld, next: last ? numberOf(last) + 1 : from, isDone: page.length < together };
}

/** An entry that is not what was written keeps what it says: the removal must not hide it. */
function isAsWritten(entry: RecordEnvelope, crypto: AuditCrypto): boolean {
  if (isThinned(entry.body)) return false;
  try {
    return hashOfEntry(entry, crypto) === entry.body['hash'];
  } catch {
    return false;
  }
}

const markersKey = (tenantId: string, { covers, id }: { covers: string; id: string }) => `${tenantId}|${covers}|${id}`;

function keepEnd({ tenantId, rule, markers }: ThinningTask, { id, last }: { id: string; last: number }): void {
  const key = markersKey(tenantId, rule);
  const ends = markers.get(key) ?? new Map<string, number>();
  markers.set(key, ends.set(id, last));
}

/** Where all markers of the store end. */
export async function readMarkerEnds(store: StoreReader): Promise<MarkerEnds> {
  const found: MarkerEnds = new Map();
  for (const record of await store.recordsOfKind('auditGap')) {
    const body = isTombstone(record) ? undefined : thinningEvidence.safeParse(record.body).data;
    if (!body) continue;
    const key = markersKey(record.tenantId, { covers: body.covers, id: body.ruleId });
    const ends = found.get(key) ?? new Map<string, number>();
    found.set(key, ends.set(record.id, body.last));
  }
  return found;
}

/** The marker of the rule that ends before this number: what goes next makes it longer, so that markers do not become more. */
async function lastMarker(batch: AuditingBatch, ends: ReadonlyMap<string, number> | undefined, number: number) {
  let found: { id: string; last: number } | undefined;
  for (const [id, last] of ends ?? []) if (last < number && last > (found?.last ?? 0)) found = { id, last };
  if (!found) return undefined;
  await batch.load([found.id]);
  const record = batch.get(found.id);
  const body = record && !isTombstone(record) ? thinningEvidence.safeParse(record.body).data : undefined;
  return record && !isTombstone(record) && body && body.last < number ? { record, body } : undefined;
}
