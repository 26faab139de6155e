import type { LocalData } from '../storage/localData.ts';

/** Milliseconds; changes within this time are shown together. */
const pace = 40;
/** A read that takes long is repeated less often: at most this share of the time goes into it. */
const share = 0.1;
const slowestPace = 1500;

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

/** Reads now, and again after every write to the kind; never twice at a time. Answers how to read again and how to end. */
export function liveRead<Value>(options: LiveReadOptions<Value>): { again: () => void; stop: () => void } {
  const { data, kind, badges, read, tell, failed, schedule } = options;
  let over = false;
  let running = false;
  let stale = false;
  let cancel: (() => void) | undefined;
  let wait = pace;

  const run = async (): Promise<void> => {
    cancel = undefined;
    running = true;
    stale = false;
    const started = performance.now();
    try {
      const value = await read();
      if (!over) tell(value);
    } catch (error) {
      if (!over) failed(error instanceof Error ? error.message : String(error));
    }
    wait = Math.min(slowestPace, Math.max(pace, (performance.now() - started) / share));
    running = false;
    if (stale) later();
  };
  const later = (): void => {
    if (over) return;
    if (running) stale = true;
    else cancel ??= schedule(wait, () => void run());
  };
  const stops = [
    data.onWritten((_collection, documents) => {
      if (documents.some(({ record }) => record.kind === kind)) later();
    }),
    data.onReloaded(later),
    badges ? data.onInbox(later) : () => undefined,
  ];
  void run();
  return {
    again: later,
    stop: () => {
      over = true;
      cancel?.();
      stops.forEach((stop) => stop());
    },
  };
}
