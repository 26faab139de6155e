import type { SubjectSpec } from '#shared/domain/privacy/subject.ts';
import { changesSchema } from '#shared/protocol/messages.ts';
import type { Changes } from '#shared/protocol/messages.ts';
import type { Clock, IdSource } from '#shared/kernel/sources.ts';
import type { Problem } from '#shared/kernel/errors.ts';
import { problemOf, saying } from '#shared/kernel/sentences/sentence.ts';
import type { RecordView } from '#shared/domain/access/recordView.ts';
import type { ReplicatedCollection } from '#shared/records/collections.ts';
import type { LocalData } from '../storage/localData.ts';
import { compareDigest } from './compareDigest.ts';
import { readCollectionState } from './collectionState.ts';
import type { CollectionState } from './collectionState.ts';
import { createDocumentWriter } from './documentWriter.ts';
import { RefusedRequest, pullCollection } from './pullCollection.ts';
import { pushCollection } from './pushCollection.ts';
import { trimCollection } from './trimCollection.ts';
import { LinkLost } from './transport.ts';
import { reachesBack } from './windows.ts';
import type { Link } from './transport.ts';

export interface CollectionSyncOptions {
  collection: ReplicatedCollection;
  data: LocalData;
  clock: Clock;
  newId: IdSource;
  /** Start of the collection's window, ISO 8601; undefined = everything is wanted. */
  since: () => string | undefined;
  pause: () => Promise<void>;
  /** Runs `work` after so many milliseconds; answers how to call it off. */
  schedule: (milliseconds: number, work: () => void) => () => void;
  /** Pulls take turns, so that the first screens are complete early and the window stays free. */
  inTurn: <Value>(work: () => Promise<Value>) => Promise<Value>;
  onProgress: (collection: ReplicatedCollection, progress: { received: number; remaining: number | undefined }) => void;
  onComplete: (collection: ReplicatedCollection) => void;
  /** undefined = what was wrong is over. */
  onProblem: (collection: ReplicatedCollection, problem: Problem | undefined) => void;
  onRepair: (collection: ReplicatedCollection, difference: number) => void;
  /** Persons were erased, as far as records here told who; before their records are stored. */
  onErased: (erased: readonly SubjectSpec[]) => Promise<void>;
}

export interface CollectionSync {
  state: () => CollectionState;
  /** A connection is there: pull, then push. `greeting`: the sequence that the server greeted with. */
  start: (link: Link, limits: { maxPush: number; maxBytes: number }, greeting: number) => void;
  /** Everything is here that the server had when it greeted with this sequence, and nothing that came later waits. */
  isCaughtUp: (greeting: number) => boolean;
  stop: () => void;
  receiveChanges: (payload: unknown) => void;
  requestPull: () => void;
  requestPush: () => void;
  requestDigest: () => void;
  /** The window was changed, or a day has passed: fetches what is missing, forgets what is too old. */
  fitWindow: () => Promise<void>;
  /** Marks what is stored as not to be trusted; the next pull is a full one. */
  distrust: () => Promise<void>;
  /** Rights changed: removes at once what the view does not show, and pulls on under the new ones. */
  trim: (view: RecordView) => Promise<void>;
  /** Resolves when nothing is being done. */
  idle: () => Promise<void>;
}

/** Milliseconds. */
const firstRetry = 1000;
const longestRetry = 60_000;

/** Replicates one collection: one thing at a time, so that an answer never races a change. */
export async function createCollectionSync(options: CollectionSyncOptions): Promise<CollectionSync> {
  const { collection, data, clock } = options;
  const writer = createDocumentWriter(collection, data, clock, options.onErased);
  const fact = `collection:${collection}`;
  let state = readCollectionState(await data.store.getFact(fact));
  let connection: { link: Link; limits: { maxPush: number; maxBytes: number }; greeting: number } | undefined;
  let isReceiving = false;
  let running: Promise<void> | undefined;
  let cancelRetry: (() => void) | undefined;
  let failures = 0;
  const wanted = { pull: false, push: false, digest: false };
  let changes: Changes[] = [];
  const postponed = new Set<string>();
  let doubts = 0;
  let rights = 0;
  /** The step under way, and what is removed after it. */
  let current: Promise<void> | undefined;
  let trimming: Promise<void> | undefined;

  const saveState = async (next: CollectionState) => {
    await data.store.putFact(fact, next);
    state = next;
  };
  const kick = () => {
    if (running || !connection) return;
    running = work().finally(() => {
      running = undefined;
      if (connection && !cancelRetry && somethingToDo()) kick();
    });
  };
  const somethingToDo = () => wanted.pull || wanted.push || wanted.digest || changes.length > 0;

  const work = async (): Promise<void> => {
    while (connection && somethingToDo()) {
      const { link } = connection;
      try {
        current = step(connection).finally(() => (isReceiving = false));
        await current;
        failures = 0;
        options.onProblem(collection, undefined);
      } catch (error) {
        if (link !== connection?.link) continue;
        if (error instanceof LinkLost) {
          connection = undefined;
          return;
        }
        wanted.pull = true;
        wanted.push = true;
        retryLater(error);
        return;
      }
    }
  };
  const step = async ({ link, limits, greeting }: NonNullable<typeof connection>): Promise<void> => {
    if (wanted.pull || state.sweep) {
      isReceiving = true;
      wanted.pull = false;
      changes = [];
      const wasComplete = state.complete;
      let finished: boolean;
      try {
        finished = await options.inTurn(() =>
          pullCollection({
            collection,
            data,
            writer,
            link,
            state: () => state,
            saveState,
            greeting,
            since: options.since(),
            doubts: () => doubts,
            rights: () => rights,
            onProgress: (progress) => options.onProgress(collection, progress),
            pause: options.pause,
          }),
        );
      } catch (error) {
        wanted.pull = true;
        throw error;
      }
      if (!finished) wanted.pull = true;
      else if (!wasComplete) options.onComplete(collection);
      return;
    }
    if (changes.length > 0) {
      isReceiving = true;
      return applyChanges();
    }
    if (wanted.push) {
      wanted.push = false;
      try {
        await pushCollection({ collection, data, link, limits, clock, newId: options.newId, postponed });
      } catch (error) {
        wanted.push = true;
        throw error;
      }
      if (postponed.size > 0) retryPostponed();
      return;
    }
    if (wanted.digest) {
      wanted.digest = false;
      const { since } = state;
      const compared = await compareDigest({
        collection,
        data,
        link,
        checkpoint: state.checkpoint,
        since: since === '' ? undefined : since,
      });
      // The window moved meanwhile: the two were not asked about the same records.
      if (state.since !== since) return;
      if (compared.outcome === 'moved') wanted.pull = true;
      if (compared.outcome !== 'different' || changes.length > 0) return;
      await saveState({ ...state, sweep: true });
      wanted.pull = true;
      options.onRepair(collection, compared.difference);
    }
  };
  /** Changes count only where they continue what is stored; a gap is closed by a pull. */
  const applyChanges = async (): Promise<void> => {
    const next = changes.shift();
    if (!next || state.sweep) return;
    if (state.checkpoint === null || next.since.seq > state.checkpoint) {
      wanted.pull = true;
      return;
    }
    if (next.checkpoint.seq <= state.checkpoint) return;
    try {
      await writer.write(next.documents, false);
      await saveState({ ...state, checkpoint: next.checkpoint.seq });
    } catch (error) {
      wanted.pull = true;
      throw error;
    }
  };
  const retryLater = (error: unknown) => {
    failures += 1;
    options.onProblem(collection, notStored(error));
    cancelRetry = options.schedule(Math.min(longestRetry, firstRetry * 2 ** (failures - 1)), () => {
      cancelRetry = undefined;
      kick();
    });
  };
  const retryPostponed = () => {
    options.schedule(longestRetry, () => {
      postponed.clear();
      wanted.push = true;
      kick();
    });
    options.onProblem(collection, problemOf('internal', saying('edits_postponed', { count: postponed.size })));
  };
  const requestPull = () => {
    wanted.pull = true;
    if (!cancelRetry) kick();
  };
  return {
    state: () => state,
    start: (link, limits, greeting) => {
      connection = { link, limits, greeting };
      cancelRetry?.();
      cancelRetry = undefined;
      failures = 0;
      changes = [];
      postponed.clear();
      wanted.pull = true;
      wanted.push = true;
      kick();
    },
    isCaughtUp: (greeting) =>
      state.complete &&
      !state.sweep &&
      state.greeting === greeting &&
      !isReceiving &&
      !wanted.pull &&
      changes.length === 0,
    stop: () => {
      connection = undefined;
      cancelRetry?.();
      cancelRetry = undefined;
    },
    receiveChanges: (payload) => {
      const parsed = changesSchema.safeParse(payload);
      if (parsed.success) changes.push(parsed.data);
      else wanted.pull = true;
      if (!cancelRetry) kick();
    },
    requestPull,
    requestPush: () => {
      wanted.push = true;
      if (!cancelRetry) kick();
    },
    requestDigest: () => {
      wanted.digest = true;
      if (!cancelRetry) kick();
    },
    fitWindow: async () => {
      const wanted = options.since();
      if (!state.complete) return;
      if (!reachesBack(state.since, wanted)) {
        doubts += 1;
        await saveState({ ...state, sweep: true });
        requestPull();
      } else if (wanted !== undefined && state.since < wanted) {
        await saveState({ ...state, since: wanted });
        await data.forget(collection, wanted);
      }
    },
    distrust: () => {
      doubts += 1;
      return saveState({ ...state, sweep: true });
    },
    trim: async (view) => {
      rights += 1;
      changes = [];
      const under = current;
      await trimCollection({ ...options, data }, view);
      // A step that began before may still write what it was told under the old rights.
      if (under && running)
        trimming = under
          .catch(() => undefined)
          .then(() => trimCollection({ ...options, data }, view))
          .catch(retryLater);
      requestPull();
    },
    idle: async () => {
      for (let current = running; current; current = running) await current;
      await trimming;
    },
  };
}

function notStored(error: unknown): Problem {
  if (error instanceof RefusedRequest) return error.problem;
  const reason = error instanceof Error ? error.message : String(error);
  return problemOf('unavailable', saying('received_not_stored', { why: reason }));
}
