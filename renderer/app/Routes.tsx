import { IconMapPinQuestion } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { Link, Redirect, Route, Switch, useSearch } from 'wouter';
import { AnomaliesPage } from '#renderer/features/anomalies/AnomaliesPage.tsx';
import { InboxPage } from '#renderer/features/inbox/InboxPage.tsx';
import { OutboxPage } from '#renderer/features/outbox/OutboxPage.tsx';
import { OverviewPage } from '#renderer/features/overview/OverviewPage.tsx';
import { NewRecordPage } from '#renderer/features/records/NewRecordPage.tsx';
import { RecordListPage } from '#renderer/features/records/RecordListPage.tsx';
import { RecordPage } from '#renderer/features/records/RecordPage.tsx';
import { SettingsPage } from '#renderer/features/settings/SettingsPage.tsx';
import { TenantPage } from '#renderer/features/tenants/TenantPage.tsx';
import { TenantTransitionPage } from '#renderer/features/tenants/TenantTransitionPage.tsx';
import { EmptyState } from '#renderer/ui/EmptyState.tsx';
import type { AppInfo } from '#shared/ipc/contract.ts';
import { resourceByKind } from '#shared/resources/registry.ts';
import { languageNames, languages } from './i18n.ts';

/** Every page of the console by its path. */
export function Routes({ info }: { info: AppInfo }) {
  return (
    <Switch>
      <Route path="/">
        <OverviewPage />
      </Route>
      <Route path="/inbox">
        <InboxPage />
      </Route>
      <Route path="/outbox">
        <OutboxPage />
      </Route>
      <Route path="/settings">
        <SettingsPage info={info} languages={languages.map((value) => ({ value, label: languageNames[value] }))} />
      </Route>
      <Route path="/tenants">
        <RecordListPage kind="tenant" />
      </Route>
      <Route path="/tenants/transition">
        <ChosenTenants />
      </Route>
      <Route path="/tenants/:id">{({ id }) => <TenantPage id={id} />}</Route>
      <Route path="/anomalies">
        <AnomaliesPage />
      </Route>
      <Route path="/anomalies/:id">{({ id }) => <AnomaliesPage id={id} />}</Route>
      <Route path="/records/tenant">
        <Redirect to="/tenants" replace />
      </Route>
      <Route path="/records/:kind">
        {({ kind }) => (isKind(kind) ? <RecordListPage kind={kind} /> : <NotFound />)}
      </Route>
      <Route path="/records/:kind/new">
        {({ kind }) => (isKind(kind) ? <NewRecordPage kind={kind} /> : <NotFound />)}
      </Route>
      <Route path="/records/:kind/:id">
        {({ kind, id }) => (isKind(kind) ? <RecordPage kind={kind} id={decodeURIComponent(id)} /> : <NotFound />)}
      </Route>
      <Route>
        <NotFound />
      </Route>
    </Switch>
  );
}

function isKind(kind: string): boolean {
  return resourceByKind(kind) !== undefined;
}

function ChosenTenants() {
  const ids = new URLSearchParams(useSearch()).get('ids') ?? '';
  return <TenantTransitionPage ids={ids.split(',').filter((id) => id !== '')} />;
}

function NotFound() {
  const { t } = useTranslation('shell');
  return (
    <EmptyState
      icon={<IconMapPinQuestion size={32} />}
      title={t('notFound.title')}
      description={t('notFound.text')}
      action={<Link href="/">{t('notFound.home')}</Link>}
    />
  );
}
