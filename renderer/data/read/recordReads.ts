import { decideAccess, accessTargetOf } from '#shared/domain/access/decideAccess.ts';
import type { Principal } from '#shared/domain/access/principal.ts';
import type { ReplicatedCollection } from '#shared/records/collections.ts';
import { isTombstone } from '#shared/records/envelope.ts';
import { requireResource, resourceByKind, resources } from '#shared/resources/registry.ts';
import type { RecordList, RecordQuery, ReplicaRecord } from '../replicaApi.ts';
import type { LocalData } from '../storage/localData.ts';
import type { LocalDocument } from '../storage/localDocument.ts';
import type { KindContent } from './kindCache.ts';
import { fold, recordTest } from './recordFilter.ts';
import { sortRecords } from './recordOrder.ts';

export interface RecordReads {
  get: (kind: string, id: string) => Promise<ReplicaRecord | undefined>;
  observeRecord: (kind: string, id: string, listener: (record: ReplicaRecord | undefined) => void) => () => void;
  observeList: (query: RecordQuery, listener: (list: RecordList) => void) => () => void;
  search: (text: string, limit: number) => Promise<ReplicaRecord[]>;
}

/** Kinds too large to read into memory only because somebody searches. */
const searchedOnlyWhenOpen = new Set(['event', 'click', 'auditEntry', 'run']);
/** Milliseconds; changes of a list within this time are shown together. */
const listPace = 40;
/** A list that takes long to show is shown less often: at most this share of the time goes into it. */
const listShare = 0.05;
const slowestPace = 1500;

/** What screens read, live. `schedule` delays work; answers how to call it off. */
export function createRecordReads(
  data: LocalData,
  principal: () => Principal | undefined,
  schedule: (milliseconds: number, work: () => void) => () => void,
): RecordReads {
  const shown = (document: LocalDocument | undefined): ReplicaRecord | undefined =>
    document && !isTombstone(document.record) ? { record: document.record, badge: data.badgeOf(document) } : undefined;
  const read = async (kind: string, id: string) => {
    const resource = resourceByKind(kind);
    if (!resource) return undefined;
    const found = await data.store.read(resource.collection as ReplicatedCollection, [id]);
    return shown(found.get(id));
  };
  return {
    get: read,
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
      const readOnce = async () => {
        const resource = resourceByKind(kind);
        const found = resource && (await data.store.read(resource.collection as ReplicatedCollection, [id]));
        if (!answered) tell(found?.get(id));
      };
      readOnce().catch(() => tell(undefined));
      return () => {
        over = true;
        stopWritten();
        stopInbox();
      };
    },
    observeList: (query, listener) => {
      const resource = requireResource(query.kind);
      let content: KindContent | undefined;
      let state: KindContent['state'] | undefined;
      let cancel: (() => void) | undefined;
      let pace = listPace;
      const show = () => {
        cancel = undefined;
        if (!content) return;
        const started = performance.now();
        listener(listOf(content, query, resource, data));
        pace = Math.min(slowestPace, Math.max(listPace, (performance.now() - started) / listShare));
      };
      const stopKind = data.kinds.observe(query.kind, (next) => {
        const first = state !== next.state;
        content = next;
        state = next.state;
        if (first) {
          cancel?.();
          show();
        } else cancel ??= schedule(pace, show);
      });
      const stopInbox = data.onInbox(() => {
        cancel ??= schedule(pace, show);
      });
      return () => {
        cancel?.();
        stopKind();
        stopInbox();
      };
    },
    search: async (text, limit) => {
      const words = fold(text)
        .split(/\s+/)
        .filter((word) => word !== '');
      const person = principal();
      if (words.length === 0 || !person) return [];
      const found: { row: ReplicaRecord; score: number }[] = [];
      for (const resource of resources) {
        if (searchedOnlyWhenOpen.has(resource.kind) && !data.kinds.isLoaded(resource.kind)) continue;
        const { documents } = await data.kinds.load(resource.kind);
        const test = recordTest(resource, { kind: resource.kind, search: text });
        for (const document of documents.values()) {
          const row = shown(document);
          if (!row || !test(row.record)) continue;
          if (!decideAccess(person, `${resource.permission}.view`, accessTargetOf(row.record)).allowed) continue;
          found.push({ row, score: scoreOf(fold(resource.titleOf(row.record)), words) });
        }
      }
      found.sort(
        (left, right) => right.score - left.score || (left.row.record.updatedAt < right.row.record.updatedAt ? 1 : -1),
      );
      return found.slice(0, limit).map(({ row }) => row);
    },
  };
}

function listOf(
  content: KindContent,
  query: RecordQuery,
  resource: ReturnType<typeof requireResource>,
  data: LocalData,
): RecordList {
  if (content.state === 'failed') return { rows: [], total: 0, state: 'failed', problem: content.problem };
  if (content.state === 'reading') return { rows: [], total: content.documents.size, state: 'reading' };
  const test = recordTest(resource, query);
  const rows: ReplicaRecord[] = [];
  let total = 0;
  for (const document of content.documents.values()) {
    const { record } = document;
    if (isTombstone(record)) continue;
    total += 1;
    if (test(record)) rows.push({ record, badge: data.badgeOf(document) });
  }
  return { rows: sortRecords(rows, resource, query.sort), total, state: 'ready' };
}

/** A title that begins with the first word counts most, then one that holds all words, then the rest. */
function scoreOf(title: string, words: readonly string[]): number {
  if (title.startsWith(words[0] ?? '')) return 3;
  return words.every((word) => title.includes(word)) ? 2 : 1;
}
