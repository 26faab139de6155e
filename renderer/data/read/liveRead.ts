import type { LocalData } from '../storage/localData.ts';

/** Milliseconds; changes within this time are shown together. */
const pace = 40;
/**
 * While changes keep coming the time doubles up to this: drawing what nobody can follow would only hold up what comes.
 * What the person did here is shown at once all the same.
 */
const slowestPace = 1500;
/** A read that takes long is repeated less often: at most this share of the time goes into it. */
const share = 0.1;

export interface LiveReadOptions<Value> {
  data: LocalData;
  kind: string;
  /** Whether what is shown also depends on the inbox. */
  badges: boolean;
  read: () => Promise<Value>;
  tell: (value: Value) => void;
  failed: (message: string) => void;
  schedule: (milliseconds: number, work: () => void) => () => void;
}

/** Reads now, and again after every write to the kind; never twice at a time. Answers how to end it. */
export function liveRead<Value>(options: LiveReadOptions<Value>): () => void {
  const { data, kind, badges, read, tell, failed, schedule } = options;
  let over = false;
  let running = false;
  /** Changed while it was read, and how soon that has to be shown. */
  let stale: 'soon' | 'now' | undefined;
  let cancel: (() => void) | undefined;
  let crowd = pace;
  let costs = 0;
  let lastEnd = -Infinity;

  const run = async (): Promise<void> => {
    cancel = undefined;
    running = true;
    stale = undefined;
    const started = performance.now();
    crowd = started - lastEnd > 2 * slowestPace ? pace : Math.min(slowestPace, crowd * 2);
    try {
      const value = await read();
      if (!over) tell(value);
    } catch (error) {
      if (!over) failed(error instanceof Error ? error.message : String(error));
    }
    lastEnd = performance.now();
    costs = (lastEnd - started) / share;
    running = false;
    if (stale) later(stale);
  };
  const later = (when: 'soon' | 'now'): void => {
    if (over) return;
    if (running) {
      if (stale !== 'now') stale = when;
      return;
    }
    if (when === 'now') {
      cancel?.();
      cancel = schedule(pace, () => void run());
      return;
    }
    cancel ??= schedule(Math.min(slowestPace, Math.max(crowd, costs)), () => void run());
  };
  const stops = [
    data.onWritten((_collection, documents) => {
      const mine = documents.filter(({ record }) => record.kind === kind);
      if (mine.length > 0) later(mine.some(({ pending }) => pending !== null) ? 'now' : 'soon');
    }),
    data.onReloaded(() => later('soon')),
    badges ? data.onInbox(() => later('now')) : () => undefined,
  ];
  void run();
  return () => {
    over = true;
    cancel?.();
    stops.forEach((stop) => stop());
  };
}
