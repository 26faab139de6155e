import { valueAtPath } from '#shared/records/valueAtPath.ts';
import { resourceByKind } from '#shared/resources/registry.ts';
import type { Replica, ReplicaRecord } from '#renderer/data/replicaApi.ts';

/** Where records name other records. */
interface Reference {
  /** The kind named. */
  kind: string;
  path: string;
}

interface RecordTitles {
  /** Reads the titles of all records that these rows name. */
  read: (references: readonly Reference[], rows: readonly ReplicaRecord[]) => Promise<void>;
  /** The id where there is no such record, or the person may not see it. */
  titleOf: (kind: string, id: string) => string;
}

/** Ids of one query at most. */
const batch = 500;
/** Titles held at most; most lists name the same few records again and again. */
const most = 50_000;

/** Titles of records that others name, for what is written rather than shown. */
export function createTitles(replica: Pick<Replica, 'readRows'>): RecordTitles {
  const titles = new Map<string, string>();
  const readKind = async (kind: string, ids: readonly string[]) => {
    const resource = resourceByKind(kind);
    for (const id of ids) titles.set(`${kind}/${id}`, id);
    if (!resource) return;
    for (let start = 0; start < ids.length; start += batch) {
      const filters = [{ path: 'id', operator: 'in' as const, value: ids.slice(start, start + batch) }];
      await replica.readRows({ kind, filters }, (rows) => {
        for (const { record } of rows) titles.set(`${kind}/${record.id}`, resource.titleOf(record));
      });
    }
  };
  return {
    read: async (references, rows) => {
      if (titles.size > most) titles.clear();
      for (const { kind, path } of references) {
        const named = new Set<string>();
        for (const { record } of rows) {
          const id = valueAtPath(record, path);
          if (typeof id === 'string' && id !== '' && id !== 'system' && !titles.has(`${kind}/${id}`)) named.add(id);
        }
        if (named.size > 0) await readKind(kind, [...named]);
      }
    },
    titleOf: (kind, id) => titles.get(`${kind}/${id}`) ?? id,
  };
}
