import { useEffect, useRef, useState } from 'react';
import { usePrincipal } from '#renderer/data/hooks/usePrincipal.ts';
import { useReplica } from '#renderer/data/hooks/useReplica.ts';
import { useProblemText } from '#renderer/ui/problems/useProblemText.ts';
import { fetchUses } from './accessUses.ts';
import type { FetchedUses } from './accessUses.ts';

/** Kept as long as the window, for whoever fetched it. */
let kept: { personId: string; fetched: FetchedUses } | undefined;

export interface KnownUses {
  fetched: FetchedUses | undefined;
  /** Fetched so far, while it goes on. */
  fetching: number | undefined;
  /** Why they could not be fetched; '' = they could, or were not asked for. */
  problem: string;
  fetch: () => void;
  stop: () => void;
}

/** Recorded accesses: fetched when asked for, and kept until the window closes. */
export function useAccessUses(): KnownUses {
  const replica = useReplica();
  const problemText = useProblemText();
  const personId = usePrincipal()?.id ?? '';
  const [fetched, setFetched] = useState(() => (kept?.personId === personId ? kept.fetched : undefined));
  const [fetching, setFetching] = useState<number>();
  const [problem, setProblem] = useState('');
  const running = useRef<AbortController>(undefined);
  useEffect(() => () => running.current?.abort(), []);
  const run = async () => {
    running.current?.abort();
    const controller = new AbortController();
    running.current = controller;
    setProblem('');
    setFetching(0);
    const outcome = await fetchUses(replica, setFetching, controller.signal);
    if (controller.signal.aborted || outcome === 'stopped') return;
    setFetching(undefined);
    if (!outcome.ok) {
      setProblem(problemText(outcome.error));
      return;
    }
    const made = { uses: outcome.value, fetchedAt: new Date().toISOString() };
    kept = { personId, fetched: made };
    setFetched(made);
  };
  return {
    fetched,
    fetching,
    problem,
    fetch: () => void run(),
    stop: () => {
      running.current?.abort();
      setFetching(undefined);
    },
  };
}
