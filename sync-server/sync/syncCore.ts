import type { Principal } from '#shared/domain/access/principal.ts';
import type { Clock, IdSource } from '#shared/kernel/sources.ts';
import { problemOf, saying } from '#shared/kernel/sentences/sentence.ts';
import type { ReplicatedCollection } from '#shared/records/collections.ts';
import { RecordDigest } from '#shared/records/digest.ts';
import { defaultLimits } from '#shared/protocol/version.ts';
import type { DigestAnswer, DigestRequest, PullAnswer, PullRequest, PushAnswer } from '#shared/protocol/messages.ts';
import { isTombstone } from '#shared/records/envelope.ts';
import type { RecordState } from '#shared/records/envelope.ts';
import { StoreFailure } from '../storage/store.ts';
import type { SyncStore } from '../storage/store.ts';
import { recordViews } from './accessRecorder.ts';
import type { AccessRecorder } from './accessRecorder.ts';
import type { Actor } from './auditTrail.ts';
import { createPullProgress } from './pullProgress.ts';
import { pushRows } from './pushRows.ts';
import type { PushRequest } from './pushRows.ts';
import { viewOf } from './visibility.ts';
import type { WriteObserver } from './writeBatch.ts';
import { createWriter } from './writer.ts';
import type { Writer } from './writer.ts';

export interface SyncCoreOptions {
  store: SyncStore;
  clock: Clock;
  ids: IdSource;
  /** The person's rights when the write is decided; default: as given with the push. */
  currentPrincipal?: (given: Principal) => Principal | undefined;
  /** What rules make of writes; without it only events of the catalogue are stored. */
  observer?: WriteObserver;
  /** Keeps count of how people use their rights. */
  recorder?: AccessRecorder;
}

export interface SyncCore {
  /** Never rejects: a failing store answers `unavailable`. */
  push: (
    principal: Principal,
    clientId: string,
    request: PushRequest,
    actor?: Partial<Actor>,
    /** `elevated` (default true): the person proved a moment ago who they are. */
    session?: { elevated: boolean },
  ) => Promise<PushAnswer>;
  pull: (principal: Principal, request: PullRequest, clientId?: string) => Promise<PullAnswer>;
  digest: (principal: Principal, request: DigestRequest) => Promise<DigestAnswer>;
  /** Called after each commit, before the pushes in it are acknowledged. Answers how to stop listening. */
  onCommitted: (listener: (collections: ReadonlySet<ReplicatedCollection>) => void | Promise<void>) => () => void;
  /** The server's own writes, group-committed with everybody's. */
  write: Writer['write'];
  drain: () => Promise<void>;
}

const scanSize = 500;
const rememberedPulls = 20_000;

/** Push, pull and digest over a store, without sockets or sign-in. */
export function createSyncCore({
  store,
  clock,
  ids,
  currentPrincipal = (given) => given,
  observer,
  recorder,
}: SyncCoreOptions): SyncCore {
  const listeners = new Set<(collections: ReadonlySet<ReplicatedCollection>) => void | Promise<void>>();
  const writer = createWriter(store, { clock, ids, ...(observer ? { observer } : {}) }, async (collections) => {
    for (const listener of listeners) await listener(collections);
  });
  /** Full pulls under way and the floor they began on: tombstones below it never concern them. */
  const fullPulls = new Map<string, number>();
  const progress = createPullProgress();

  return {
    push: async (principal, clientId, request, actor = {}, { elevated } = { elevated: true }) => {
      try {
        return await writer.write(request.rows.length, async (batch) => {
          const now = currentPrincipal(principal);
          if (!now)
            return {
              ok: false,
              error: problemOf('session_revoked', saying('account_inactive_sign_in')),
            };
          const pusher = { principal: now, actor: { id: now.id, name: now.name, session: clientId, ...actor } };
          return pushRows(batch, { ...pusher, elevated, now: clock(), ...(recorder ? { recorder } : {}) }, request);
        });
      } catch (error) {
        if (!(error instanceof StoreFailure)) throw error;
        return {
          ok: false,
          error: problemOf('unavailable', saying('cannot_store')),
        };
      }
    },
    pull: async (principal, { collection, checkpoint, limit, since }, clientId = '') => {
      const updatedSince = momentOf(since);
      const floor = await store.compactionFloor(collection);
      const start = checkpoint?.seq ?? 0;
      const pullKey = `${clientId}|${principal.id}|${collection}`;
      if (start === 0) {
        fullPulls.delete(pullKey);
        fullPulls.set(pullKey, floor);
        for (const oldest of fullPulls.keys()) if (fullPulls.size > rememberedPulls) fullPulls.delete(oldest);
      } else if (start < floor && fullPulls.get(pullKey) !== floor) {
        return {
          ok: false,
          error: problemOf('checkpoint_expired', saying('away_too_long')),
        };
      }
      const highest = await store.collectionSequence(collection);
      const view = viewOf(principal);
      const wanted = Math.min(limit, defaultLimits.maxPull);
      const documents: RecordState[] = [];
      let position = start;
      let bytes = 0;
      let passed = 0;
      const deadline = performance.now() + 500;
      for (;;) {
        const changes = await store.changesSince(collection, position, Math.min(scanSize, wanted), updatedSince);
        for (const change of changes) {
          const shown = view.show(change);
          if (shown && !isOutside(shown, updatedSince)) {
            const length = shown === change.read() ? change.length : JSON.stringify(shown).length;
            const size = length * 3;
            const full = documents.length > 0 && bytes + size > defaultLimits.maxBytes;
            if (full || documents.length === wanted) return page(documents, position, true);
            documents.push(shown);
            bytes += size;
          }
          position = change.head.sequence;
          passed += 1;
        }
        if (changes.length < Math.min(scanSize, wanted)) return page(documents, Math.max(position, highest), false);
        if (performance.now() > deadline) return page(documents, position, true);
        await new Promise<void>((wake) => setImmediate(wake));
      }
      async function page(found: RecordState[], seq: number, more: boolean): Promise<PullAnswer> {
        if (recorder) recordViews(recorder, principal, found);
        if (!more) progress.end(pullKey);
        const count = () => store.countSince(collection, seq, updatedSince);
        const remaining = more ? await progress.left(pullKey, { from: start, to: seq, passed }, count) : 0;
        return { ok: true, documents: found, checkpoint: { seq }, more, remaining };
      }
    },
    digest: async (principal, { collection, since }) => {
      const updatedSince = momentOf(since);
      const digest = new RecordDigest();
      const view = viewOf(principal);
      let sequence = await store.collectionSequence(collection);
      for (let position = 0; ;) {
        const heads = await store.headsSince(collection, position, scanSize, updatedSince);
        for (const head of heads) if (view.sees(head)) digest.add(head.id, head.version);
        const last = heads.at(-1);
        if (!last || heads.length < scanSize) {
          sequence = await store.collectionSequence(collection);
          break;
        }
        position = last.sequence;
        await new Promise<void>((wake) => setImmediate(wake));
      }
      return { ok: true, count: digest.count, sequence, hash: digest.hash };
    },
    onCommitted: (listener) => {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    write: writer.write,
    drain: writer.drain,
  };
}

function momentOf(instant: string | undefined): number | undefined {
  return instant === undefined ? undefined : Date.parse(instant);
}

/** A record that somebody else lost is read whatever its age; who still sees it has no use for it outside the window. */
function isOutside(shown: RecordState, updatedSince: number | undefined): boolean {
  return updatedSince !== undefined && !isTombstone(shown) && Date.parse(shown.updatedAt) < updatedSince;
}
