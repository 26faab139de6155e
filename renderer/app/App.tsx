import { Router } from 'wouter';
import { useHashLocation } from 'wouter/use-hash-location';
import { ReplicaContext } from '#renderer/data/hooks/replicaContext.ts';
import { usePrincipal } from '#renderer/data/hooks/usePrincipal.ts';
import { useSyncStatus } from '#renderer/data/hooks/useSyncStatus.ts';
import type { Replica } from '#renderer/data/replicaApi.ts';
import type { EditHistory } from '#renderer/data/undoableReplica.ts';
import type { AppInfo } from '#shared/ipc/contract.ts';
import { FirstContact } from './FirstContact.tsx';
import { SignInPage } from './SignInPage.tsx';
import { Shell } from './shell/Shell.tsx';

interface AppProps {
  replica: Replica;
  history: EditHistory;
  info: AppInfo;
}

/** The console: sign-in, or the shell with its pages. */
export function App({ replica, history, info }: AppProps) {
  return (
    <ReplicaContext value={replica}>
      {/* wouter takes its location hook as a value. */}
      {/* oxlint-disable-next-line react/hooks */}
      <Router hook={useHashLocation}>
        <Pages history={history} info={info} />
      </Router>
    </ReplicaContext>
  );
}

function Pages({ history, info }: Omit<AppProps, 'replica'>) {
  const status = useSyncStatus();
  const principal = usePrincipal();
  if (status.connection === 'signed_out') return <SignInPage info={info} />;
  if (!principal) return <FirstContact />;
  return <Shell history={history} info={info} />;
}
