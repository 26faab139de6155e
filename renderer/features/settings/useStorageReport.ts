import { useEffect, useMemo, useState } from 'react';
import { useReplica } from '#renderer/data/hooks/useReplica.ts';
import type { StorageReport } from '#renderer/data/storageReport.ts';

export interface FoundReport {
  /** undefined until the engine has answered once. */
  report: StorageReport | undefined;
  /** Why the engine gave no answer last time; '' when it did. */
  problem: string;
  refresh: () => Promise<void>;
}

/** Milliseconds between two questions that nobody waits for. */
const calm = 2000;

/** What the replica takes up, asked again while records come and go. */
export function useStorageReport(): FoundReport {
  const replica = useReplica();
  const [found, setFound] = useState<Omit<FoundReport, 'refresh'>>({ report: undefined, problem: '' });
  const refresh = useMemo(
    () =>
      oneAtATime(async () => {
        try {
          const report = await replica.storageReport();
          setFound({ report, problem: '' });
        } catch (error) {
          const problem = error instanceof Error ? error.message : String(error);
          setFound(({ report }) => ({ report, problem }));
        }
      }),
    [replica],
  );
  useEffect(() => {
    void refresh();
    let { documents } = replica.status();
    let due: ReturnType<typeof setTimeout> | undefined;
    const stop = replica.onStatus((status) => {
      if (status.documents === documents) return;
      ({ documents } = status);
      due ??= setTimeout(() => {
        due = undefined;
        void refresh();
      }, calm);
    });
    return () => {
      stop();
      clearTimeout(due);
    };
  }, [replica, refresh]);
  const isFetching = found.report?.collections.some((one) => one.fetching) ?? false;
  useEffect(() => {
    if (!isFetching) return;
    const timer = setInterval(() => void refresh(), calm);
    return () => clearInterval(timer);
  }, [refresh, isFetching]);
  return { ...found, refresh };
}

/** A large replica answers slowly: whoever asks meanwhile gets one more round after the present one. */
function oneAtATime(work: () => Promise<void>): () => Promise<void> {
  let again = false;
  let running: Promise<void> | undefined;
  const rounds = async () => {
    while (again) {
      again = false;
      await work();
    }
    running = undefined;
  };
  return () => {
    again = true;
    running ??= rounds();
    return running;
  };
}
