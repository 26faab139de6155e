import { Tabs } from '@mantine/core';
import { IconDatabaseSearch, IconFileUnknown } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { resourceByKind } from '#shared/resources/registry.ts';
import type { Resource } from '#shared/records/defineResource.ts';
import type { RecordEnvelope } from '#shared/records/envelope.ts';
import { useFoundRecord } from '#renderer/data/hooks/useFoundRecord.ts';
import { useRecordWords } from '#renderer/data/hooks/useRecordWords.ts';
import type { SyncBadge } from '#renderer/data/replicaApi.ts';
import { EmptyState } from '#renderer/ui/EmptyState.tsx';
import { RecordLink } from '#renderer/ui/RecordLink.tsx';
import { DataTab } from './DataTab.tsx';
import { FactsRail } from './FactsRail.tsx';
import { HistoryTab } from './HistoryTab.tsx';
import { LeaveGuard } from '#renderer/ui/LeaveGuard.tsx';
import { RecordFormView } from './RecordFormView.tsx';
import { RecordHeader } from './RecordHeader.tsx';
import classes from './Records.module.css';
import { SaveBar } from './SaveBar.tsx';
import { useRecordForm } from './useRecordForm.ts';
import { useSaveRecord } from './useSaveRecord.ts';

/** Any record: its form, its history and its data. */
export function RecordPage({ kind, id }: { kind: string; id: string }) {
  const { t } = useTranslation('records');
  const words = useRecordWords();
  const resource = resourceByKind(kind);
  const found = useFoundRecord(kind, id);
  if (resource && found.state === 'reading') {
    return <EmptyState icon={<IconDatabaseSearch size={32} />} title={t('reading')} />;
  }
  if (!resource || found.state !== 'found') {
    return (
      <EmptyState
        icon={<IconFileUnknown size={32} />}
        title={t('missing.title')}
        description={resource ? t('missing.text', { kind: words.kind(kind) }) : t('missing.kind', { kind })}
        action={
          resource && (
            <RecordLink kind={kind} id="" href={`/records/${kind}`}>
              {t('missing.list', { kinds: words.kinds(kind) })}
            </RecordLink>
          )
        }
      />
    );
  }
  return (
    <OpenRecord key={`${kind}/${id}`} resource={resource} observed={found.record.record} badge={found.record.badge} />
  );
}

interface OpenRecordProps {
  resource: Resource;
  observed: RecordEnvelope;
  badge: SyncBadge;
}

function OpenRecord({ resource, observed, badge }: OpenRecordProps) {
  const { t } = useTranslation('records');
  const words = useRecordWords();
  const [tab, setTab] = useState<string | null>('details');
  // What was just saved is shown at once, until the replica speaks of the record again.
  const [saved, setSaved] = useState<{ over: RecordEnvelope; record: RecordEnvelope }>();
  const record = saved?.over === observed ? saved.record : observed;
  const form = useRecordForm(resource, record, 'edit');
  const save = useSaveRecord(form, (stored) => setSaved({ over: observed, record: stored }));
  const title = words.title(record);
  return (
    <article className={classes.page} aria-label={title}>
      <RecordHeader resource={resource} record={record} badge={badge} />
      <Tabs
        value={tab}
        onChange={setTab}
        classNames={{ root: classes.tabs, panel: classes.panel, list: classes.tabList }}
      >
        <Tabs.List>
          <Tabs.Tab value="details">{t('tab.details')}</Tabs.Tab>
          {resource.kind !== 'auditEntry' && (
            <Tabs.Tab value="history" data-testid="tab-history">
              {t('tab.history')}
            </Tabs.Tab>
          )}
          <Tabs.Tab value="data">{t('tab.data')}</Tabs.Tab>
        </Tabs.List>
        <Tabs.Panel value="details">
          <div className={classes.columns}>
            <RecordFormView form={form} onSave={save.save} />
            <FactsRail resource={resource} record={record} />
          </div>
        </Tabs.Panel>
        <Tabs.Panel value="history">
          {tab === 'history' && (
            <HistoryTab
              resource={resource}
              record={record}
              form={form}
              onRestored={() => {
                setTab('details');
              }}
            />
          )}
        </Tabs.Panel>
        <Tabs.Panel value="data">{tab === 'data' && <DataTab record={record} />}</Tabs.Panel>
      </Tabs>
      <SaveBar form={form} save={save} />
      <LeaveGuard dirty={form.dirtyCount > 0} title={title} onDiscard={form.revertAll} />
    </article>
  );
}
