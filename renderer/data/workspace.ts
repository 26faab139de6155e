import type { Json } from '#shared/kernel/json.ts';
import type { Problem } from '#shared/kernel/errors.ts';
import type { SubjectSpec } from '#shared/domain/privacy/subject.ts';
import type { Rescue } from '#shared/replica/engineCalls.ts';
import type { InboxEntry, OutboxEntry } from './replicaApi.ts';
import type { ReplicaParts } from './replica.ts';
import { openWitness, witnessFact } from './audit/witness.ts';
import type { Witness } from './audit/witness.ts';
import { createRecordReads } from './read/recordReads.ts';
import type { RecordReads } from './read/recordReads.ts';
import type { TextReads } from './read/textReads.ts';
import { headsOf, unsentEntries } from './session/leftovers.ts';
import { tellCleaned } from './session/tellCleaned.ts';
import { openLocalData } from './storage/localData.ts';
import type { LocalData } from './storage/localData.ts';
import { createLocalStore } from './storage/localStore.ts';
import type { StatusStore } from './sync/statusStore.ts';
import { createSyncEngine } from './sync/syncEngine.ts';
import type { SyncEngine } from './sync/syncEngine.ts';
import { createInboxWrites } from './write/inboxWrites.ts';
import type { InboxWrites } from './write/inboxWrites.ts';
import { readFromWhole } from './storage/readFromWhole.ts';
import { openWindows } from './sync/windows.ts';
import { createLocalWrites } from './write/localWrites.ts';
import type { LocalWrites } from './write/localWrites.ts';
import { workspaceStorage } from './workspaceStorage.ts';
import type { WorkspaceStorage } from './workspaceStorage.ts';

/** Everything of one person on one server. */
export interface Workspace {
  /** Of the database; for files beside it. */
  name: string;
  engine: SyncEngine;
  /** The file was damaged when it was opened, and begun anew. */
  rescue: Rescue | undefined;
  reads: RecordReads;
  texts: TextReads;
  writes: LocalWrites;
  inbox: InboxWrites;
  witness: Witness;
  /** The person's switch as it was when the console was closed. */
  workOffline: boolean;
  setWorkOffline: (on: boolean) => void;
  storage: WorkspaceStorage;
  observeOutbox: (listener: (entries: readonly OutboxEntry[]) => void) => () => void;
  observeInbox: (listener: (entries: readonly InboxEntry[]) => void) => () => void;
  /** What was typed and is not on the server, as questions for the person. */
  unsentWork: () => InboxEntry[];
  /** Puts such questions into the inbox. */
  takeBack: (entries: readonly InboxEntry[]) => Promise<void>;
  fact: (name: string) => Promise<Json | undefined>;
  putFact: (name: string, value: Json) => Promise<void>;
  close: () => Promise<void>;
  /** Closes and removes the person's data from this computer. */
  remove: () => Promise<void>;
}

/** Opens the person's database under its name and connects its parts. Nothing is sent before `engine.start`. */
export async function openWorkspace(
  parts: ReplicaParts,
  name: string,
  status: StatusStore,
  onRescue: (rescue: Rescue) => void,
  onSignedOut: (problem: Problem) => void,
): Promise<Workspace> {
  const store = createLocalStore(await parts.openStorage(name));
  let begun: Witness | undefined;
  const { windows, data, engine, witness, workOffline, rescue } = await readFromWhole(
    store,
    parts.schedule,
    async () => {
      begun?.close();
      const windows = await openWindows(store, parts.clock);
      const data = await openLocalData(store);
      const onErased = async (erased: readonly SubjectSpec[]) => {
        // All at once: each look goes through everything that is kept.
        if (erased.length > 0) parts.leftovers.clean(allOf(erased));
        await tellCleaned(parts.leftovers, data.putInbox, parts.clock);
        // One that cannot be removed now goes when it is old.
        await store.forgetSetAside().catch(() => undefined);
      };
      const engine = await createSyncEngine({ ...parts, data, status, windows, onErased, onSignedOut });
      // Heads seen before the replica was wiped are witnesses still.
      if ((await store.getFact(witnessFact)) === undefined) {
        const heads = await headsOf(parts.leftovers, name);
        if (heads !== undefined) await store.putFact(witnessFact, heads);
      }
      begun = await openWitness({
        data,
        serverId: () => engine.identity()?.serverId ?? '',
        isFetching: () => engine.isFetching('access'),
        clock: parts.clock,
        schedule: parts.schedule,
      });
      const workOffline = (await store.getFact('workOffline')) === true;
      return { windows, data, engine, witness: begun, workOffline };
    },
  );
  // Whoever listens is told of what was met before; that one is in what is opened here already.
  const stopRescue = store.onRescue((met) => met.keptAs !== rescue?.keptAs && onRescue(met));
  const principal = () => engine.identity()?.principal;
  const writes = createLocalWrites({
    data,
    principal,
    clock: parts.clock,
    newId: parts.newId,
    onWaiting: engine.requestPush,
  });
  const stopCounting = countInto(status, data);
  const close = async () => {
    stopRescue();
    stopCounting();
    witness.close();
    await engine.stop();
  };
  return {
    name,
    engine,
    rescue,
    writes,
    texts: store.texts,
    witness,
    reads: createRecordReads(data, principal, parts.schedule),
    inbox: createInboxWrites(data, writes),
    storage: workspaceStorage(store, windows, engine),
    workOffline,
    setWorkOffline: (on) => {
      engine.setWorkOffline(on);
      // Kept for the next start only; a disk that fails here loses nothing the person typed.
      store.putFact('workOffline', on).catch(() => undefined);
    },
    observeOutbox: (listener) => {
      const tell = () => listener(outboxOf(data));
      tell();
      return data.onWritten(tell);
    },
    observeInbox: (listener) => {
      const tell = () => listener([...data.inbox().values()].sort((left, right) => (left.at < right.at ? 1 : -1)));
      tell();
      return data.onInbox(tell);
    },
    unsentWork: () => unsentEntries(data.pending().values(), data.inbox().values()),
    takeBack: (entries) => data.putInbox(entries),
    fact: store.getFact,
    putFact: store.putFact,
    close: async () => {
      await close();
      await store.close();
    },
    remove: async () => {
      await close();
      await store.remove();
    },
  };
}

function allOf(subjects: readonly SubjectSpec[]): SubjectSpec {
  return {
    emails: subjects.flatMap(({ emails }) => emails),
    names: subjects.flatMap(({ names }) => names),
    records: subjects.flatMap(({ records }) => records),
  };
}

function countInto(status: StatusStore, data: LocalData): () => void {
  const count = () => {
    const open = [...data.inbox().values()].filter((entry) => !entry.resolved);
    status.set({
      unsent: data.pending().size,
      conflicts: open.filter((entry) => entry.type === 'conflict').length,
      refused: open.filter((entry) => entry.type === 'rejection').length,
      documents: data.size(),
    });
  };
  count();
  const stops = [data.onWritten(count), data.onInbox(count)];
  return () => stops.forEach((stop) => stop());
}

/** Newest edit first. */
function outboxOf(data: LocalData): OutboxEntry[] {
  return [...data.pending().values()]
    .flatMap(({ collection, document: { record, pending } }): OutboxEntry[] =>
      pending
        ? [
            {
              id: record.id,
              kind: record.kind,
              collection,
              operation: '_deleted' in record ? 'delete' : pending.base === null ? 'create' : 'edit',
              base: pending.base ?? undefined,
              mine: record,
              reason: pending.reason,
              editedAt: pending.editedAt,
            },
          ]
        : [],
    )
    .sort((left, right) => (left.editedAt < right.editedAt ? 1 : -1));
}
