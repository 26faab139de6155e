import { IconMapPinQuestion } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { Link, Redirect, Route, Switch, useSearch } from 'wouter';
import { PersonPage } from '#renderer/features/access/PersonPage.tsx';
import { RolePage } from '#renderer/features/access/RolePage.tsx';
import { RoleSimulatorPage } from '#renderer/features/access/RoleSimulatorPage.tsx';
import { RolesPage } from '#renderer/features/access/RolesPage.tsx';
import { StaffPage } from '#renderer/features/access/StaffPage.tsx';
import { AccountPage } from '#renderer/features/account/AccountPage.tsx';
import { AuditPage } from '#renderer/features/audit/AuditPage.tsx';
import { AuditProofPage } from '#renderer/features/audit/AuditProofPage.tsx';
import { PrivacyPage } from '#renderer/features/privacy/PrivacyPage.tsx';
import { PrivacyRequestPage } from '#renderer/features/privacy/PrivacyRequestPage.tsx';
import { AnomaliesPage } from '#renderer/features/anomalies/AnomaliesPage.tsx';
import { EnginePage } from '#renderer/features/engine/EnginePage.tsx';
import { EventPage } from '#renderer/features/events/EventPage.tsx';
import { EventsPage } from '#renderer/features/events/EventsPage.tsx';
import { EventTypesPage } from '#renderer/features/eventTypes/EventTypesPage.tsx';
import { InboxPage } from '#renderer/features/inbox/InboxPage.tsx';
import { IntegrationsPage } from '#renderer/features/integrations/IntegrationsPage.tsx';
import { OutboxPage } from '#renderer/features/outbox/OutboxPage.tsx';
import { OverviewPage } from '#renderer/features/overview/OverviewPage.tsx';
import { NewRecordPage } from '#renderer/features/records/NewRecordPage.tsx';
import { RecordListPage } from '#renderer/features/records/RecordListPage.tsx';
import { RecordPage } from '#renderer/features/records/RecordPage.tsx';
import { RuleListPage } from '#renderer/features/rules/list/RuleListPage.tsx';
import { RulePage } from '#renderer/features/rules/page/RulePage.tsx';
import { RunFlow } from '#renderer/features/rules/page/RunFlow.tsx';
import { SimulatorPage } from '#renderer/features/rules/simulator/SimulatorPage.tsx';
import { WhyPanel } from '#renderer/features/rules/simulator/WhyPanel.tsx';
import { TemplatesPage } from '#renderer/features/rules/templates/TemplatesPage.tsx';
import { RunPage } from '#renderer/features/runs/RunPage.tsx';
import { RunsPage } from '#renderer/features/runs/RunsPage.tsx';
import { SettingsPage } from '#renderer/features/settings/SettingsPage.tsx';
import { TenantPage } from '#renderer/features/tenants/TenantPage.tsx';
import { TenantTransitionPage } from '#renderer/features/tenants/TenantTransitionPage.tsx';
import { EmptyState } from '#renderer/ui/EmptyState.tsx';
import type { AppInfo } from '#shared/ipc/contract.ts';
import { resourceByKind } from '#shared/resources/registry.ts';
import { languageNames, languages } from './i18n.ts';
import { OlderAuditEntries } from './OlderAuditEntries.tsx';
import { RecordHistory } from './RecordHistory.tsx';
import { LinkWhileSignedIn } from './signIn/LinkWhileSignedIn.tsx';
import { RuleEditorRoute } from './RuleEditorRoute.tsx';

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
      <Route path="/rules">
        <RuleListPage />
      </Route>
      <Route path="/rules/templates">
        <TemplatesPage />
      </Route>
      <Route path="/rules/new">
        <RuleEditorRoute id="new" />
      </Route>
      <Route path="/rules/:id/edit">{({ id }) => <RuleEditorRoute id={decodeURIComponent(id)} />}</Route>
      <Route path="/rules/:id/:tab?">
        {({ id, tab }) => <RulePage id={decodeURIComponent(id)} tab={tab ?? ''} History={RecordHistory} />}
      </Route>
      <Route path="/runs">
        <RunsPage />
      </Route>
      <Route path="/runs/:id">
        {({ id }) => <RunPage id={decodeURIComponent(id)} Flow={RunFlow} Why={WhyPanel} />}
      </Route>
      <Route path="/events">
        <EventsPage view="all" />
      </Route>
      <Route path="/events/failed">
        <EventsPage view="failed" />
      </Route>
      <Route path="/events/:id">{({ id }) => <EventPage id={decodeURIComponent(id)} Why={WhyPanel} />}</Route>
      <Route path="/event-types/:id?">{({ id }) => <EventTypesPage id={decodeURIComponent(id ?? '')} />}</Route>
      <Route path="/simulator">
        <SimulatorPage />
      </Route>
      <Route path="/engine">
        <EnginePage />
      </Route>
      <Route path="/integrations">
        <IntegrationsPage />
      </Route>
      <Route path="/anomalies">
        <AnomaliesPage />
      </Route>
      <Route path="/anomalies/:id">{({ id }) => <AnomaliesPage id={id} />}</Route>
      <Route path="/staff">
        <StaffPage />
      </Route>
      <Route path="/staff/:id/:tab?">
        {({ id, tab }) => <PersonPage id={decodeURIComponent(id)} tab={tab ?? ''} History={RecordHistory} />}
      </Route>
      <Route path="/roles">
        <RolesPage />
      </Route>
      <Route path="/roles/simulator">
        <RoleSimulatorPage />
      </Route>
      <Route path="/roles/:id">{({ id }) => <RolePage id={decodeURIComponent(id)} History={RecordHistory} />}</Route>
      <Route path="/link/:token/:server?">
        <LinkWhileSignedIn />
      </Route>
      <Route path="/account">
        <AccountPage />
      </Route>
      <Route path="/audit">
        <AuditPage Older={OlderAuditEntries} />
      </Route>
      <Route path="/audit/proof">
        <AuditProofPage />
      </Route>
      <Route path="/privacy">
        <PrivacyPage />
      </Route>
      <Route path="/privacy/:id">{({ id }) => <PrivacyRequestPage id={decodeURIComponent(id)} />}</Route>
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
