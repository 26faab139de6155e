import { useCallback, useEffect, useState } from 'react';
import type { Problem } from '#shared/kernel/errors.ts';
import type { Json } from '#shared/kernel/json.ts';
import { useReplica } from './useReplica.ts';
import { useSyncPart } from './useSyncStatus.ts';

export interface ServerAnswer {
  /** Nothing was answered yet, and an answer is under way. */
  loading: boolean;
  /** An answer is under way, the first or another. */
  asking: boolean;
  /** The newest answer; kept while a newer one is asked for, and when that fails. */
  value: Json | undefined;
  /** Why the newest question was not answered; undefined when it was. */
  problem: Problem | undefined;
  /** Milliseconds since the epoch of `value`; 0 = never. */
  answeredAt: number;
  reload: () => void;
}

type Answer = Omit<ServerAnswer, 'reload' | 'loading' | 'asking'> & { path: string; turn: string };

/**
 * What the server answers to a GET, asked again every so many milliseconds while the page is seen, and as soon as the
 * connection is back. An empty path asks nothing.
 */
export function useServerCall(path: string, { every }: { every?: number } = {}): ServerAnswer {
  const replica = useReplica();
  const online = useSyncPart((status) => status.connection === 'online' && !status.workOffline);
  const [answer, setAnswer] = useState<Answer>();
  const [reloads, setReloads] = useState(0);
  const turn = `${reloads}/${String(online)}`;
  useEffect(() => {
    if (path === '') return undefined;
    let over = false;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const ask = async () => {
      const outcome = await replica.call('GET', path);
      if (over) return;
      const at = Date.now();
      setAnswer((before) => {
        const kept = before?.path === path ? before : undefined;
        return outcome.ok
          ? { path, turn, value: outcome.value, problem: undefined, answeredAt: at }
          : { path, turn, value: kept?.value, problem: outcome.error, answeredAt: kept?.answeredAt ?? 0 };
      });
      if (every !== undefined) timer = setTimeout(next, every);
    };
    const next = () => (document.hidden ? (timer = setTimeout(next, every)) : void ask());
    void ask();
    return () => {
      over = true;
      clearTimeout(timer);
    };
  }, [replica, path, every, turn]);
  const reload = useCallback(() => setReloads((count) => count + 1), []);
  const known = answer?.path === path ? answer : undefined;
  return {
    loading: path !== '' && known === undefined,
    asking: path !== '' && known?.turn !== turn,
    value: known?.value,
    problem: known?.problem,
    answeredAt: known?.answeredAt ?? 0,
    reload,
  };
}
