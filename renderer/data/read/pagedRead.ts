import type { Anchor, ListRequest, RowKey } from '#shared/replica/listRequest.ts';
import type { PageReader, PagedList, ReplicaRecord } from '../replicaApi.ts';
import type { LocalData } from '../storage/localData.ts';
import type { LocalDocument } from '../storage/localDocument.ts';
import { collectionOfKind } from '../storage/localData.ts';
import { liveRead } from './liveRead.ts';

export interface PagedReadOptions {
  data: LocalData;
  request: ListRequest;
  shown: (document: LocalDocument) => ReplicaRecord | undefined;
  listener: (list: PagedList) => void;
  schedule: (milliseconds: number, work: () => void) => () => void;
}

interface Page {
  rows: ReplicaRecord[];
  first: RowKey | null;
  last: RowKey | null;
}

const pageSize = 100;
/** Pages from the beginning that are quick to reach without knowing how long the list is. */
const deepPage = 20;
/** Pages kept around those in sight. */
const keptPages = 12;

/** Rows of the kind within reach, before filters. */
export async function countOfKind(data: LocalData, { kind, reach }: ListRequest): Promise<number> {
  if (reach) return data.store.lists.count({ kind, conditions: [], words: [], order: [], reach });
  return (await data.store.kindCounts(collectionOfKind(kind)))[kind] ?? 0;
}

/**
 * A list of any length over the engine: holds the pages around what is in sight, reads the ones that come into sight from
 * the nearest row it knows, and after a write reads again what is in sight.
 */
export function openPagedRead({ data, request, shown, listener, schedule }: PagedReadOptions): PageReader {
  const { lists } = data.store;
  let pages = new Map<number, Page>();
  let old = new Map<number, Page>();
  let state: PagedList['state'] = 'reading';
  let problem = '';
  let count = 0;
  let counted = false;
  let total = 0;
  let sight = { from: 0, to: 0 };
  /** Rises with every reading of the whole: an answer to an older question is of no use. */
  let generation = 0;
  const asked = new Set<number>();
  let over = false;

  const tell = () => {
    if (over) return;
    const held = new Map([...old, ...pages]);
    const places = new Map<string, number>();
    for (const [number, { rows }] of held)
      rows.forEach(({ record }, index) => places.set(record.id, number * pageSize + index));
    listener({
      count,
      counted,
      total,
      state,
      ...(state === 'failed' ? { problem } : {}),
      rowAt: (index) => held.get(Math.floor(index / pageSize))?.rows[index % pageSize],
      indexOf: (id) => places.get(id) ?? -1,
    });
  };
  const readPage = async (number: number, known: number, anchored: boolean): Promise<Page> => {
    const anchor = anchored ? anchorNear(number) : undefined;
    const page = await lists.page({
      list: request,
      offset: number * pageSize,
      limit: pageSize,
      ...(known > 0 ? { count: known } : {}),
      ...(anchor ? { anchor } : {}),
    });
    return { rows: page.documents.flatMap((document) => shown(document) ?? []), first: page.first, last: page.last };
  };
  const anchorNear = (number: number): Anchor | undefined => {
    let best: Anchor | undefined;
    for (const [other, { rows, first, last }] of pages) {
      const key = other < number ? last : first;
      if (!key || other === number) continue;
      const index = other < number ? other * pageSize + rows.length - 1 : other * pageSize;
      if (!best || Math.abs(index - number * pageSize) < Math.abs(best.index - number * pageSize))
        best = { index, key };
    }
    return best;
  };
  const wantedPages = (): number[] => {
    const numbers: number[] = [];
    for (let number = sight.from; number <= sight.to; number++) numbers.push(number);
    return numbers;
  };
  const inSight = (number: number) => number >= sight.from && number <= sight.to;
  const forgetFarPages = () => {
    for (const number of pages.keys())
      if (number < sight.from - keptPages || number > sight.to + keptPages) pages.delete(number);
  };
  const readMissing = async (): Promise<void> => {
    // The first reading brings what is in sight by itself.
    if (state === 'reading') return;
    const mine = generation;
    for (const number of wantedPages()) {
      if (pages.has(number) || asked.has(number) || number * pageSize >= Math.max(count, 1)) continue;
      asked.add(number);
      try {
        const page = await readPage(number, count, true);
        if (over || mine !== generation) return;
        pages = new Map(pages).set(number, page);
        old.delete(number);
        forgetFarPages();
        tell();
      } catch (error) {
        fail(error instanceof Error ? error.message : String(error));
      } finally {
        asked.delete(number);
      }
    }
  };
  const fail = (message: string) => {
    state = 'failed';
    problem = message;
    tell();
  };

  const stop = liveRead({
    data,
    kind: request.kind,
    badges: true,
    schedule,
    read: async () => {
      generation += 1;
      const mine = generation;
      const fresh = new Map<number, Page>();
      const wanted = new Set(wantedPages().filter((number) => pages.has(number)));
      if (wanted.size === 0) wanted.add(0);
      const all = await countOfKind(data, request);
      const filtered = request.conditions.length > 0 || request.words.length > 0;
      // Far down the list a page is read from the end, for which the count has to be that of now.
      const now = !filtered ? all : sight.from > deepPage ? await lists.count(request) : undefined;
      for (const number of wanted) fresh.set(number, await readPage(number, now ?? 0, false));
      const first = fresh.get(0);
      if (state === 'reading' && !over && mine === generation) {
        // The first rows are shown before they are counted.
        pages = fresh;
        total = all;
        count = filtered ? (first?.rows.length ?? 0) : all;
        counted = !filtered;
        state = 'ready';
        tell();
      }
      const short = first && first.rows.length < pageSize ? first.rows.length : undefined;
      return { mine, fresh, all, exact: now ?? short ?? (await lists.count(request)) };
    },
    tell: ({ mine, fresh, all, exact }) => {
      if (mine !== generation) return;
      // Rows that came into sight meanwhile are read next; until then their old ones are shown.
      old = new Map([...pages].filter(([number]) => inSight(number) && !fresh.has(number)));
      pages = fresh;
      count = exact;
      counted = true;
      total = all;
      state = 'ready';
      forgetFarPages();
      tell();
      void readMissing();
    },
    failed: fail,
  });
  return {
    show: (first, last) => {
      const from = Math.max(0, Math.floor((first - pageSize / 2) / pageSize));
      const to = Math.max(from, Math.floor((last + pageSize / 2) / pageSize));
      if (from === sight.from && to === sight.to) return;
      sight = { from, to };
      void readMissing();
    },
    positionOf: (value) =>
      lists.position({ list: request, value: typeof value === 'string' || typeof value === 'number' ? value : '' }),
    close: () => {
      over = true;
      stop();
    },
  };
}
