import '@fontsource-variable/inter/wght.css';
import '@fontsource-variable/jetbrains-mono/wght.css';
import '@fontsource/noto-sans-arabic/400.css';
import '@fontsource/noto-sans-arabic/500.css';
import '@fontsource/noto-sans-arabic/600.css';
import '@mantine/core/styles.css';
import '@mantine/dates/styles.css';
import '@mantine/notifications/styles.css';
import '@mantine/spotlight/styles.css';
import '@mantine/charts/styles.css';
import './parts.css';
import './global.css';
import i18next from 'i18next';
import { createRoot } from 'react-dom/client';
import { config } from 'zod';
import { openReplica } from '#renderer/data/openReplica.ts';
import { openLockStore } from '#renderer/data/session/lockStore.ts';
import type { LockStore } from '#renderer/data/session/lockStore.ts';
import { createWindowLeftovers } from '#renderer/data/session/windowLeftovers.ts';
import { withUndo } from '#renderer/data/undoableReplica.ts';
import { problemText } from '#renderer/ui/problems/useProblemText.ts';
import { App } from './App.tsx';
import { keyGate } from './lock/keyGate.ts';
import { Providers } from './Providers.tsx';
import { Opening } from './Opening.tsx';
import { StartFailed } from './StartFailed.tsx';
import { startI18n } from './i18n.ts';
import { TakingOver } from './TakingOver.tsx';
import { keepLog } from './keepLog.ts';

// The policy forbids making code from text; without this Zod would try to.
config({ jitless: true });

const container = document.getElementById('root');
if (!container) throw new Error('index.html has no #root');
const root = createRoot(container);

/** Milliseconds after which an empty window is worse than a word. */
const aMoment = 700;

async function start(): Promise<void> {
  const info = await window.steward.app.info();
  keepLog();
  keyGate.install();
  const slow = setTimeout(() => {
    root.render(
      <Providers>
        <Opening />
      </Providers>,
    );
  }, aMoment);
  let lock: LockStore | undefined;
  const replica = await openReplica({
    serverUrl: info.serverUrl,
    clientId: info.clientId,
    appVersion: info.version,
    session: {
      ...window.steward.session,
      signedIn: async (password) => {
        await window.steward.lock.signedIn(password);
        await lock?.refresh();
      },
      heard: window.steward.lock.contacted,
    },
    leftovers: createWindowLeftovers(),
    engine: window.steward.replica,
    onTakeOver: ({ taken }) => {
      clearTimeout(slow);
      root.render(
        <Providers>
          <TakingOver taken={taken} />
        </Providers>,
      );
    },
    device: `${info.platform} ${info.electron}`,
  }).finally(() => clearTimeout(slow));
  const demo = info.demo && replica.status().connection === 'signed_out' ? await replica.signIn(info.demo) : undefined;
  lock = await openLockStore(replica);
  const undoable = withUndo(replica);
  root.render(
    <Providers>
      <App
        replica={undoable.replica}
        history={undoable.history}
        info={info}
        lock={lock}
        startProblem={demo && !demo.ok ? problemText(i18next, demo.error) : ''}
      />
    </Providers>,
  );
}

try {
  await startI18n();
  await start();
} catch (error) {
  const message = error instanceof Error ? error.message : String(error);
  void window.steward.log.write({ level: 'error', message: `could not start: ${message}` });
  root.render(
    <Providers>
      <StartFailed message={message} />
    </Providers>,
  );
}
