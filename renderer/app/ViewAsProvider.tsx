import type { ReactNode } from 'react';
import { useCallback, useMemo, useState, useSyncExternalStore } from 'react';
import { useTranslation } from 'react-i18next';
import { ReplicaContext } from '#renderer/data/hooks/replicaContext.ts';
import { ViewAsContext } from '#renderer/data/hooks/viewAsContext.ts';
import type { ViewAs } from '#renderer/data/hooks/viewAsContext.ts';
import type { Replica } from '#renderer/data/replicaApi.ts';
import type { EditHistory } from '#renderer/data/undoableReplica.ts';
import { principalOfView } from '#renderer/data/viewAs/roleView.ts';
import type { RoleView } from '#renderer/data/viewAs/roleView.ts';
import { viewReplica } from '#renderer/data/viewAs/viewReplica.ts';
import { failure } from '#shared/kernel/result.ts';

interface ViewAsProviderProps {
  replica: Replica;
  history: EditHistory;
  /** Everything drawn; `opening` changes with whose console it is, and what was drawn before is drawn anew. */
  children: (history: EditHistory, opening: string) => ReactNode;
}

/** Gives the screens the person's own replica, or the one a role's holder would have, read only. */
export function ViewAsProvider({ replica, history, children }: ViewAsProviderProps) {
  const { t } = useTranslation('access');
  const [chosen, setChosen] = useState<{ view: RoleView; number: number }>();
  const subscribe = useCallback((listener: () => void) => replica.onStatus(listener), [replica]);
  const person = useSyncExternalStore(subscribe, () => replica.principal());
  // Whoever signs in next sees their own console.
  const view = person ? chosen?.view : undefined;
  if (!person && chosen) setChosen(undefined);
  const refusal = view ? t('viewAs.refused', { role: view.name }) : '';
  const shown = useMemo(
    () => (view && person ? viewReplica(replica, principalOfView(person, view), refusal) : replica),
    [replica, view, person, refusal],
  );
  const steps = useMemo(() => (refusal === '' ? history : idleHistory(refusal)), [history, refusal]);
  const context = useMemo<ViewAs>(
    () => ({
      view,
      begin: (next) => setChosen((before) => ({ view: next, number: (before?.number ?? 0) + 1 })),
      end: () => setChosen(undefined),
    }),
    [view],
  );
  return (
    <ViewAsContext value={context}>
      <ReplicaContext value={shown}>{children(steps, view ? String(chosen?.number) : '')}</ReplicaContext>
    </ViewAsContext>
  );
}

/** Nothing is taken back or done again while the console is only looked at. */
function idleHistory(refusal: string): EditHistory {
  const refuse = () => Promise.resolve(failure({ code: 'read_only' as const, message: refusal }));
  return { undo: refuse, redo: refuse, clear: () => undefined, state: () => idle, observe: () => () => undefined };
}

const idle = { canUndo: false, canRedo: false };
