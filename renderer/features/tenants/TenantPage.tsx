import { Button, Tabs } from '@mantine/core';
import { IconBuildingOff, IconPencil } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { unreachable } from '#shared/kernel/exhaustive.ts';
import { useRecord } from '#renderer/data/hooks/useRecord.ts';
import { useRecordWords } from '#renderer/data/hooks/useRecordWords.ts';
import { EmptyState } from '#renderer/ui/EmptyState.tsx';
import { RecordLink } from '#renderer/ui/RecordLink.tsx';
import { StatusMark } from '#renderer/ui/StatusMark.tsx';
import { SyncMark } from '#renderer/ui/SyncMark.tsx';
import { LifecycleActions } from './LifecycleActions.tsx';
import { LifecycleTimeline } from './LifecycleTimeline.tsx';
import { TenantOverview } from './TenantOverview.tsx';
import { TenantRecords } from './TenantRecords.tsx';
import classes from './Tenants.module.css';

const tabs = ['overview', 'timeline', 'members', 'rules', 'events', 'referrals', 'anomalies', 'audit'] as const;
type TabName = (typeof tabs)[number];

function isTab(value: string | null): value is TabName {
  return tabs.some((tab) => tab === value);
}

/** One tenant: where it stands, what can be done with it, and everything that belongs to it. */
export function TenantPage({ id }: { id: string }) {
  const { t } = useTranslation('tenants');
  const words = useRecordWords();
  const found = useRecord('tenant', id);
  const [tab, setTab] = useState<TabName>('overview');
  if (!found) {
    return (
      <EmptyState icon={<IconBuildingOff size={32} />} title={t('missing.title')} description={t('missing.text')} />
    );
  }
  const { record, badge } = found;
  return (
    <article className={classes.page} aria-label={words.title(record)} data-testid="tenant-page">
      <header className={classes.head}>
        <div className={classes.headTitle}>
          <h1 className={classes.title}>{words.title(record)}</h1>
          <StatusMark tone={words.tone('tenant', record.status)}>{words.state('tenant', record.status)}</StatusMark>
          <SyncMark badge={badge} />
        </div>
        <div className={classes.headActions}>
          <LifecycleActions record={record} />
          <RecordLink kind="tenant" id={id} edit>
            <Button component="span" size="xs" variant="default" leftSection={<IconPencil size={14} />}>
              {t('edit')}
            </Button>
          </RecordLink>
        </div>
      </header>
      <Tabs
        value={tab}
        onChange={(value) => isTab(value) && setTab(value)}
        keepMounted={false}
        className={classes.tabs}
      >
        <Tabs.List px="sm">
          {tabs.map((name) => (
            <Tabs.Tab key={name} value={name} data-testid={`tab-${name}`}>
              {t(`tab.${name}`)}
            </Tabs.Tab>
          ))}
        </Tabs.List>
        <Tabs.Panel value={tab} className={classes.panel}>
          <TabContent tab={tab} found={found} />
        </Tabs.Panel>
      </Tabs>
    </article>
  );
}

function TabContent({ tab, found }: { tab: TabName; found: NonNullable<ReturnType<typeof useRecord>> }) {
  const { record } = found;
  switch (tab) {
    case 'overview':
      return <TenantOverview record={record} />;
    case 'timeline':
      return <LifecycleTimeline tenantId={record.id} />;
    case 'members':
      return (
        <TenantRecords
          kind="member"
          tenantId={record.id}
          sort="body.name"
          fields={['body.email', 'body.role', 'body.lastSeenAt']}
        />
      );
    case 'rules':
      return (
        <TenantRecords
          kind="rule"
          tenantId={record.id}
          andPlatform
          sort="-body.priority"
          fields={['tenantId', 'body.isActive', 'body.priority', 'body.lastExecutedAt']}
        />
      );
    case 'events':
      return (
        <TenantRecords
          kind="event"
          tenantId={record.id}
          sort="-body.occurredAt"
          fields={['body.source', 'body.error', 'body.occurredAt']}
        />
      );
    case 'referrals':
      return (
        <TenantRecords
          kind="referral"
          tenantId={record.id}
          sort="-createdAt"
          fields={['body.referrerName', 'body.commission', 'createdAt']}
        />
      );
    case 'anomalies':
      return (
        <TenantRecords
          kind="anomaly"
          tenantId={record.id}
          sort="-body.lastSeenAt"
          fields={['body.severity', 'body.component', 'body.lastSeenAt']}
        />
      );
    case 'audit':
      return (
        <TenantRecords
          kind="auditEntry"
          tenantId={record.id}
          sort="-body.at"
          fields={['body.actorName', 'body.action', 'body.resourceName', 'body.at']}
        />
      );
    default:
      return unreachable(tab);
  }
}
