import { Tabs } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useAccess } from '#renderer/data/hooks/useAccess.ts';
import detailPage from '#renderer/ui/DetailPage.module.css';
import { GuardedButton } from '#renderer/ui/GuardedButton.tsx';
import { PageHeader } from '#renderer/ui/PageHeader.tsx';
import { ComplianceTab } from './ComplianceTab.tsx';
import { NewRequestDialog } from './NewRequestDialog.tsx';
import { RequestList } from './RequestList.tsx';

/** What people asked for about their data, by when it is due, and whether anything is kept that should not be. */
export function PrivacyPage() {
  const { t } = useTranslation('privacy');
  const access = useAccess();
  const [tab, setTab] = useState<string | null>('requests');
  const [making, setMaking] = useState(false);
  return (
    <div className={detailPage.page} data-testid="privacy-page">
      <PageHeader
        title={t('title')}
        description={t('description')}
        actions={
          <GuardedButton
            leftSection={<IconPlus size={14} />}
            whyNot={access('gdpr.create')}
            data-testid="new-privacy-request"
            onClick={() => setMaking(true)}
          >
            {t('new.open')}
          </GuardedButton>
        }
      />
      <Tabs value={tab} onChange={setTab} keepMounted={false} className={detailPage.tabs}>
        <Tabs.List px="sm">
          <Tabs.Tab value="requests">{t('tabs.requests')}</Tabs.Tab>
          <Tabs.Tab value="compliance" data-testid="tab-compliance">
            {t('tabs.compliance')}
          </Tabs.Tab>
        </Tabs.List>
        <Tabs.Panel value="requests" style={{ flex: 1, minBlockSize: 0, overflowY: 'auto' }}>
          <RequestList />
        </Tabs.Panel>
        <Tabs.Panel value="compliance" style={{ flex: 1, minBlockSize: 0, overflowY: 'auto' }}>
          <ComplianceTab />
        </Tabs.Panel>
      </Tabs>
      {making && <NewRequestDialog onClose={() => setMaking(false)} />}
    </div>
  );
}
