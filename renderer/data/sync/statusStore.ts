import type { Clock } from '#shared/kernel/sources.ts';
import type { Problem } from '#shared/kernel/errors.ts';
import { replicatedCollections } from '#shared/records/collections.ts';
import type { ReplicatedCollection } from '#shared/records/collections.ts';
import { defaultOfflineDays } from '#shared/kernel/offlineDays.ts';
import type { SyncStatus } from '../replicaApi.ts';
import type { Identity } from './identity.ts';

/** What the console says about synchronisation. Every change makes a new object; no change keeps the old one. */
export interface StatusStore {
  get: () => SyncStatus;
  observe: (listener: (status: SyncStatus) => void) => () => void;
  set: (changes: Partial<SyncStatus>) => void;
  connection: (connection: SyncStatus['connection'], problem?: Problem) => void;
  contact: () => void;
  identified: (identity: Identity) => void;
  progress: (collection: ReplicatedCollection, progress: { received: number; remaining: number | undefined }) => void;
  complete: (collection: ReplicatedCollection) => void;
  collectionProblem: (collection: ReplicatedCollection, problem: Problem | undefined) => void;
  repaired: (
    collection: ReplicatedCollection,
    difference: number,
    reason: SyncStatus['repairs'][number]['reason'],
  ) => void;
  /** Forgets everything about the last person. */
  reset: () => void;
}

const keptRepairs = 50;

/** Milliseconds between two notices of what only counts up. */
const calm = 250;
/** Nobody has to know these at once. */
const countingUp: ReadonlySet<keyof SyncStatus> = new Set<keyof SyncStatus>(['documents', 'firstSync', 'lastContact']);

export function createStatusStore(
  serverUrl: string,
  clock: Clock,
  schedule: (milliseconds: number, work: () => void) => () => void,
): StatusStore {
  const now = () => new Date(clock()).toISOString();
  const listeners = new Set<(status: SyncStatus) => void>();
  const problems = new Map<ReplicatedCollection, Problem>();
  let connectionProblem: Problem | undefined;
  const fresh = (): SyncStatus => ({
    connection: 'signed_out',
    workOffline: false,
    unsent: 0,
    conflicts: 0,
    refused: 0,
    lastContact: '',
    problem: undefined,
    firstSync: {
      done: false,
      startedAt: '',
      finishedAt: '',
      collections: replicatedCollections.map((collection) => ({
        collection,
        received: 0,
        remaining: undefined,
        done: false,
      })),
    },
    demo: false,
    offlineDays: defaultOfflineDays,
    serverUrl,
    documents: 0,
    repairs: [],
    rescue: undefined,
  });
  let status = fresh();
  let cancelTelling: (() => void) | undefined;
  const tell = () => {
    cancelTelling?.();
    cancelTelling = undefined;
    listeners.forEach((listener) => listener(status));
  };
  const set = (changes: Partial<SyncStatus>) => {
    const names = (Object.keys(changes) as (keyof SyncStatus)[]).filter(
      (name) => !Object.is(status[name], changes[name]),
    );
    if (names.length === 0) return;
    const begunOrDone = changes.firstSync !== undefined && changes.firstSync.done !== status.firstSync.done;
    status = { ...status, ...changes };
    if (begunOrDone || names.some((name) => !countingUp.has(name))) tell();
    else cancelTelling ??= schedule(calm, tell);
  };
  const showProblem = () => set({ problem: connectionProblem ?? [...problems.values()][0] });
  const updateCollection = (
    collection: ReplicatedCollection,
    changes: Partial<SyncStatus['firstSync']['collections'][number]>,
  ) => {
    const collections = status.firstSync.collections.map((one) =>
      one.collection === collection ? { ...one, ...changes } : one,
    );
    const done = collections.every((one) => one.done);
    set({
      firstSync: {
        done,
        startedAt: status.firstSync.startedAt || now(),
        finishedAt: done && !status.firstSync.done ? now() : status.firstSync.finishedAt,
        collections,
      },
    });
  };
  return {
    get: () => status,
    observe: (listener) => {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    set,
    connection: (connection, problem) => {
      connectionProblem = problem ?? (connection === 'connecting' ? connectionProblem : undefined);
      set({ connection });
      showProblem();
    },
    contact: () => {
      if (clock() - Date.parse(status.lastContact || '1970-01-01') >= 1000) set({ lastContact: now() });
    },
    identified: ({ demo }) => set({ demo }),
    progress: (collection, { received, remaining }) => {
      const known = status.firstSync.collections.find((one) => one.collection === collection);
      if (!known?.done) updateCollection(collection, { received, remaining });
    },
    complete: (collection) => updateCollection(collection, { done: true, remaining: 0 }),
    collectionProblem: (collection, problem) => {
      if (problem) problems.set(collection, problem);
      else if (!problems.delete(collection)) return;
      showProblem();
    },
    repaired: (collection, difference, reason) =>
      set({ repairs: [{ at: now(), collection, difference, reason }, ...status.repairs].slice(0, keptRepairs) }),
    reset: () => {
      problems.clear();
      connectionProblem = undefined;
      const { workOffline } = status;
      status = { ...fresh(), workOffline };
      tell();
    },
  };
}
