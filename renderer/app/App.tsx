import { useEffect, useReducer } from 'react';
import { Router } from 'wouter';
import { useHashLocation } from 'wouter/use-hash-location';
import { usePrincipal } from '#renderer/data/hooks/usePrincipal.ts';
import { useSyncPart } from '#renderer/data/hooks/useSyncStatus.ts';
import type { Replica } from '#renderer/data/replicaApi.ts';
import type { LockStore } from '#renderer/data/session/lockStore.ts';
import type { EditHistory } from '#renderer/data/undoableReplica.ts';
import type { AppInfo } from '#shared/ipc/contract.ts';
import { FirstContact } from './FirstContact.tsx';
import { ReauthenticationProvider } from './ReauthenticationProvider.tsx';
import { LockGate } from './lock/LockGate.tsx';
import { SignInPage } from './signIn/SignInPage.tsx';
import { Shell } from './shell/Shell.tsx';
import { ViewAsProvider } from './ViewAsProvider.tsx';
import { WhyProvider } from './WhyProvider.tsx';

interface AppProps {
  replica: Replica;
  history: EditHistory;
  info: AppInfo;
  lock: LockStore;
  /** Why the start could not sign in by itself; '' when it could or need not. */
  startProblem: string;
}

/** The console: sign-in, or the shell with its pages. */
export function App({ replica, history, info, lock, startProblem }: AppProps) {
  const [opening, reopened] = useReducer((count: number) => count + 1, 0);
  useEffect(() => replica.onReopened(reopened), [replica]);
  return (
    <LockGate replica={replica} lock={lock} info={info}>
      <ViewAsProvider replica={replica} history={history}>
        {(shown, view) => (
          // wouter takes its location hook as a value.
          // oxlint-disable-next-line react/hooks
          <Router hook={useHashLocation}>
            {/* After damage the replica is another one, as it is for another view: every screen has to ask it again. */}
            <Pages key={`${opening}/${view}`} history={shown} info={info} startProblem={startProblem} />
          </Router>
        )}
      </ViewAsProvider>
    </LockGate>
  );
}

function Pages({ history, info, startProblem }: Omit<AppProps, 'replica' | 'lock'>) {
  const connection = useSyncPart((status) => status.connection);
  const principal = usePrincipal();
  if (connection === 'signed_out') return <SignInPage info={info} startProblem={startProblem} />;
  if (!principal) return <FirstContact />;
  return (
    <ReauthenticationProvider>
      <WhyProvider>
        <Shell history={history} info={info} />
      </WhyProvider>
    </ReauthenticationProvider>
  );
}
