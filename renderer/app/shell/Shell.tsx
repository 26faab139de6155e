import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocation } from 'wouter';
import { useInbox } from '#renderer/data/hooks/useInbox.ts';
import type { EditHistory } from '#renderer/data/undoableReplica.ts';
import type { AppInfo } from '#shared/ipc/contract.ts';
import { pageOf } from '../places.ts';
import { Routes } from '../Routes.tsx';
import { Breadcrumbs } from './Breadcrumbs.tsx';
import { CommandPalette } from './CommandPalette.tsx';
import { DemoNotice } from './DemoNotice.tsx';
import { Header } from './Header.tsx';
import { PageBoundary } from './PageBoundary.tsx';
import { RescueNotice } from './RescueNotice.tsx';
import classes from './Shell.module.css';
import { ShortcutSheet } from './ShortcutSheet.tsx';
import { Sidebar } from './Sidebar.tsx';
import { StatusBar } from './StatusBar.tsx';
import { useCommands } from './useCommands.ts';
import { WitnessNotice } from './WitnessNotice.tsx';
import { ViewAsBanner } from './ViewAsBanner.tsx';

/** Header, sidebar, page and status bar; shortcuts, palette and menu commands work everywhere inside. */
export function Shell({ history, info }: { history: EditHistory; info: AppInfo }) {
  const { t } = useTranslation('shell');
  const [location] = useLocation();
  const [sheet, setSheet] = useState(false);
  const open = useInbox().filter((entry) => !entry.resolved).length;
  useEffect(() => void window.steward.shell.setBadge(open), [open]);
  useCommands(history, () => setSheet((shown) => !shown));
  return (
    <div className={classes.shell}>
      <a className={classes.skip} href="#main">
        {t('skip')}
      </a>
      <Header history={history} onShortcuts={() => setSheet(true)} />
      <Sidebar openInbox={open} />
      <main className={classes.main} id="main" tabIndex={-1}>
        <ViewAsBanner />
        <WitnessNotice />
        <RescueNotice />
        <DemoNotice />
        <Breadcrumbs />
        {/* Another tab or record within a page keeps it; any other move is a new page. */}
        <PageBoundary key={pageOf(location)}>
          <Routes info={info} />
        </PageBoundary>
      </main>
      <StatusBar />
      <CommandPalette history={history} onShortcuts={() => setSheet(true)} />
      <ShortcutSheet opened={sheet} onClose={() => setSheet(false)} />
    </div>
  );
}
