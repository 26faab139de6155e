import { shippedRoleKey } from '#shared/domain/access/systemRoles.ts';
import type { RecordEnvelope } from '#shared/records/envelope.ts';
import { resourceByKind } from '#shared/resources/registry.ts';
import type { Replica, Unsubscribe } from '../replicaApi.ts';

/** Names by `<kind>/<id>`. A new map after every change, never changed itself. */
type Names = ReadonlyMap<string, string>;

/** Stands before the key of a system role, whose name is the reader's to say in their language. */
export const systemRoleMark = '\u0000role:';

/** Names of the records that were asked for, live while somebody listens. */
export interface NameLookup {
  names: () => Names;
  /** Wishes for a name. Safe while rendering: nobody is told before the current work is over. Repeating it costs nothing. */
  ask: (kind: string, id: string) => void;
  /** With the last listener everything is dropped, what was asked included. */
  subscribe: (listener: () => void) => Unsubscribe;
}

/** Some ids of one kind under one observation. */
interface Batch {
  kind: string;
  ids: readonly string[];
  stop: Unsubscribe;
}

/** Ids of one observation at most. */
const batchSize = 500;
/** Observations at most. Beyond them the oldest ends; what of it is still on the screen is asked for again. */
const batchLimit = 12;

/**
 * `later` runs work once the current work is over. Ids asked for together are read together; small observations of a kind
 * are joined, so that scrolling through a list leaves few of them behind.
 */
export function createNameLookup(
  replica: Pick<Replica, 'observeList'>,
  later: (work: () => void) => void = queueMicrotask,
): NameLookup {
  const listeners = new Set<() => void>();
  const asked = new Set<string>();
  const queued = new Map<string, string[]>();
  let names: Names = new Map();
  let batches: Batch[] = [];
  let reading = false;

  const tell = (next: Names) => {
    names = next;
    for (const listener of listeners) listener();
  };
  const keep = (kind: string, ids: readonly string[], found: ReadonlyMap<string, string>) => {
    if (ids.every((id) => names.get(`${kind}/${id}`) === found.get(id))) return;
    const next = new Map(names);
    for (const id of ids) {
      const name = found.get(id);
      if (name === undefined) next.delete(`${kind}/${id}`);
      else next.set(`${kind}/${id}`, name);
    }
    tell(next);
  };
  const observe = (kind: string, ids: readonly string[]) => {
    const stop = replica.observeList(
      { kind, filters: [{ path: 'id', operator: 'in', value: [...ids] }], limit: ids.length },
      ({ rows, state }) => {
        if (state === 'ready') keep(kind, ids, new Map(rows.map(({ record }) => [record.id, nameOf(record)])));
      },
    );
    batches.push({ kind, ids, stop });
  };
  /** Takes the newest observations of the kind that are no larger than what is added into one with it. */
  const join = (kind: string, added: readonly string[]): readonly string[] => {
    let ids = added;
    for (;;) {
      const last = batches.findLast((batch) => batch.kind === kind);
      if (!last || last.ids.length > ids.length || last.ids.length + ids.length > batchSize) return ids;
      last.stop();
      batches = batches.filter((batch) => batch !== last);
      ids = [...last.ids, ...ids];
    }
  };
  const dropOldest = () => {
    const [oldest] = batches;
    if (!oldest) return;
    oldest.stop();
    batches = batches.slice(1);
    for (const id of oldest.ids) asked.delete(`${oldest.kind}/${id}`);
    keep(oldest.kind, oldest.ids, new Map());
  };
  const read = () => {
    reading = false;
    if (listeners.size === 0) return;
    const wanted = [...queued];
    queued.clear();
    for (const [kind, all] of wanted) {
      const ids = all.slice(-batchLimit * batchSize);
      for (const id of all.slice(0, -batchLimit * batchSize)) asked.delete(`${kind}/${id}`);
      for (let start = 0; start < ids.length; start += batchSize)
        observe(kind, join(kind, ids.slice(start, start + batchSize)));
    }
    while (batches.length > batchLimit) dropOldest();
  };
  const readLater = () => {
    if (reading || queued.size === 0) return;
    reading = true;
    later(read);
  };
  return {
    names: () => names,
    ask: (kind, id) => {
      const key = `${kind}/${id}`;
      if (asked.has(key) || !resourceByKind(kind)) return;
      asked.add(key);
      const ids = queued.get(kind);
      if (ids) ids.push(id);
      else queued.set(kind, [id]);
      readLater();
    },
    subscribe: (listener) => {
      listeners.add(listener);
      // What was asked while rendering for the first time waited for this.
      readLater();
      return () => {
        listeners.delete(listener);
        if (listeners.size > 0) return;
        for (const { stop } of batches) stop();
        batches = [];
        asked.clear();
        queued.clear();
        // Also when it is empty already: whoever rendered with the old one asks again.
        names = new Map();
      };
    },
  };
}

function nameOf(record: RecordEnvelope): string {
  const shipped = record.kind === 'role' ? shippedRoleKey(record.body) : undefined;
  return shipped === undefined
    ? (resourceByKind(record.kind)?.titleOf(record) ?? record.id)
    : `${systemRoleMark}${shipped}`;
}
