import { decideAccess, accessTargetOf } from '#shared/domain/access/decideAccess.ts';
import type { Principal } from '#shared/domain/access/principal.ts';
import { isTombstone } from '#shared/records/envelope.ts';
import { foldText, searchWords } from '#shared/replica/foldText.ts';
import { requireResource, resourceByKind, resources } from '#shared/resources/registry.ts';
import type { RecordList, RecordQuery, Replica, ReplicaRecord } from '../replicaApi.ts';
import { collectionOfKind } from '../storage/localData.ts';
import type { LocalData } from '../storage/localData.ts';
import type { LocalDocument } from '../storage/localDocument.ts';
import { listRequestOf } from './listRequestOf.ts';
import { liveRead } from './liveRead.ts';
import { countOfKind, openPagedRead } from './pagedRead.ts';

export type RecordReads = Pick<
  Replica,
  | 'get'
  | 'observeRecord'
  | 'observeList'
  | 'observePages'
  | 'observeCount'
  | 'observeGroups'
  | 'readRows'
  | 'explain'
  | 'search'
>;

/** Kinds of which only the log grows: nobody looks for one of them by a word of its text in the palette. */
const searchedElsewhere = new Set(['event', 'click', 'auditEntry', 'run']);
const listLimit = 5000;
/** Candidates of one kind that are weighed for the palette. */
const searchedPerKind = 60;
const readAtOnce = 1000;

/** What screens read, live. `schedule` delays work; answers how to call it off. */
export function createRecordReads(
  data: LocalData,
  principal: () => Principal | undefined,
  schedule: (milliseconds: number, work: () => void) => () => void,
): RecordReads {
  const { lists } = data.store;
  const shown = (document: LocalDocument | undefined): ReplicaRecord | undefined =>
    document && !isTombstone(document.record) ? { record: document.record, badge: data.badgeOf(document) } : undefined;
  const rowsOf = (documents: readonly LocalDocument[]) => documents.flatMap((document) => shown(document) ?? []);
  const find = async (kind: string, id: string): Promise<LocalDocument | undefined> =>
    resourceByKind(kind) ? (await data.store.read(collectionOfKind(kind), [id])).get(id) : undefined;

  const readList = async (query: RecordQuery): Promise<RecordList> => {
    const list = listRequestOf(query);
    const limit = Math.min(query.limit ?? listLimit, listLimit);
    const { documents } = await lists.page({ list, offset: 0, limit });
    const total = await countOfKind(data, list);
    const count = documents.length < limit ? documents.length : await lists.count(list);
    return { rows: rowsOf(documents), count, total, state: 'ready' };
  };
  return {
    get: async (kind, id) => shown(await find(kind, id)),
    observeRecord: (kind, id, listener) => {
      let last: LocalDocument | undefined;
      let over = false;
      let answered = false;
      const tell = (document: LocalDocument | undefined) => {
        last = document;
        answered = true;
        if (!over) listener(shown(document));
      };
      const stopWritten = data.onWritten((_collection, documents) => {
        const mine = documents.findLast(({ record }) => record.id === id && record.kind === kind);
        if (mine) tell(mine);
      });
      const stopInbox = data.onInbox(() => {
        if (answered) tell(last);
      });
      find(kind, id).then(
        (found) => !answered && tell(found),
        () => tell(undefined),
      );
      return () => {
        over = true;
        stopWritten();
        stopInbox();
      };
    },
    observeList: (query, listener) => {
      const failed = (problem: string) => listener({ rows: [], count: 0, total: 0, state: 'failed', problem });
      const read = () => readList(query);
      return liveRead({ data, kind: query.kind, badges: true, read, tell: listener, failed, schedule });
    },
    observePages: (query, listener) => {
      requireResource(query.kind);
      return openPagedRead({ data, request: listRequestOf(query), shown, listener, schedule });
    },
    observeCount: (query, listener) => {
      const list = listRequestOf(query);
      const read = () => lists.count(list);
      const failed = () => undefined;
      return liveRead({ data, kind: query.kind, badges: false, read, tell: listener, failed, schedule });
    },
    observeGroups: (query, by, listener) => {
      const list = listRequestOf(query);
      const read = () => lists.groups({ list, by: [...by] });
      const failed = () => undefined;
      return liveRead({ data, kind: query.kind, badges: false, read, tell: listener, failed, schedule });
    },
    readRows: async (query, onPage, signal) => {
      const list = listRequestOf(query);
      let after = null as Awaited<ReturnType<typeof lists.after>>['last'];
      for (;;) {
        if (signal?.aborted) return;
        const page = await lists.after({ list, after, limit: readAtOnce });
        if (page.documents.length > 0 && !signal?.aborted) await onPage(rowsOf(page.documents));
        if (page.documents.length < readAtOnce) return;
        after = page.last;
      }
    },
    explain: (query) => lists.explain(listRequestOf(query)),
    search: async (text, limit) => {
      const words = searchWords(text);
      const person = principal();
      if (words.length === 0 || !person) return [];
      const found: { row: ReplicaRecord; score: number }[] = [];
      for (const resource of resources) {
        if (searchedElsewhere.has(resource.kind)) continue;
        const list = { ...listRequestOf({ kind: resource.kind, search: text }), order: newestFirst };
        const { documents } = await lists.page({ list, offset: 0, limit: searchedPerKind });
        for (const row of rowsOf(documents)) {
          if (!decideAccess(person, `${resource.permission}.view`, accessTargetOf(row.record)).allowed) continue;
          found.push({ row, score: scoreOf(foldText(resource.titleOf(row.record)), words) });
        }
      }
      found.sort(
        (left, right) => right.score - left.score || (left.row.record.updatedAt < right.row.record.updatedAt ? 1 : -1),
      );
      return found.slice(0, limit).map(({ row }) => row);
    },
  };
}

const newestFirst = [{ path: 'updatedAt', descending: true }];

/** A title that begins with the first word counts most, then one that holds all words, then the rest. */
function scoreOf(title: string, words: readonly string[]): number {
  if (title.startsWith(words[0] ?? '')) return 3;
  return words.every((word) => title.includes(word)) ? 2 : 1;
}
