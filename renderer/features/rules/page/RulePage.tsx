import { Tabs } from '@mantine/core';
import { IconBoltOff, IconDatabaseSearch } from '@tabler/icons-react';
import type { ComponentType } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useLocation } from 'wouter';
import { unreachable } from '#shared/kernel/exhaustive.ts';
import type { RecordEnvelope } from '#shared/records/envelope.ts';
import { useFoundRecord } from '#renderer/data/hooks/useFoundRecord.ts';
import { useRecordWords } from '#renderer/data/hooks/useRecordWords.ts';
import type { ReplicaRecord } from '#renderer/data/replicaApi.ts';
import { EmptyState } from '#renderer/ui/EmptyState.tsx';
import { RevisionsTab } from '../revisions/RevisionsTab.tsx';
import detailPage from '#renderer/ui/DetailPage.module.css';
import classes from '../Rules.module.css';
import { RuleTestsTab } from '../simulator/RuleTestsTab.tsx';
import { SimulatorPage } from '../simulator/SimulatorPage.tsx';
import { WhyPanel } from '../simulator/WhyPanel.tsx';
import { RuleHeader } from './RuleHeader.tsx';
import { RuleOverview } from './RuleOverview.tsx';
import { RuleRuns } from './RuleRuns.tsx';
import { isRuleTab, ruleTabs } from './ruleTabs.ts';
import type { RuleTab } from './ruleTabs.ts';

interface RulePageProps {
  id: string;
  /** Of `ruleTabs`; anything else is the overview. */
  tab: string;
  /** The log of a record, which another feature draws. */
  History: ComponentType<{ record: RecordEnvelope }>;
}

/** One rule: what it does, how it does, what it was before, and why it ran or did not. */
export function RulePage({ id, tab: asked, History }: RulePageProps) {
  const { t } = useTranslation('automation');
  const words = useRecordWords();
  const [, navigate] = useLocation();
  const found = useFoundRecord('rule', id);
  const tab: RuleTab = isRuleTab(asked) ? asked : 'overview';
  if (found.state === 'reading') return <EmptyState icon={<IconDatabaseSearch size={32} />} title={t('reading')} />;
  if (found.state === 'missing')
    return (
      <EmptyState
        icon={<IconBoltOff size={32} />}
        title={t('rules.missing')}
        description={t('rules.missingText')}
        action={<Link href="/rules">{words.kinds('rule')}</Link>}
      />
    );
  const { record } = found.record;
  return (
    <article className={detailPage.page} aria-label={words.title(record)} data-testid="rule-page">
      <RuleHeader found={found.record} />
      <Tabs
        value={tab}
        onChange={(value) => navigate(`/rules/${encodeURIComponent(id)}${value === 'overview' ? '' : `/${value}`}`)}
        keepMounted={false}
        className={detailPage.tabs}
      >
        <Tabs.List px="sm">
          {ruleTabs.map((name) => (
            <Tabs.Tab key={name} value={name} data-testid={`tab-${name}`}>
              {t(`rules.tab.${name}`)}
            </Tabs.Tab>
          ))}
        </Tabs.List>
        <Tabs.Panel value={tab} className={classes.panel}>
          <TabContent tab={tab} found={found.record} History={History} />
        </Tabs.Panel>
      </Tabs>
    </article>
  );
}

interface TabContentProps extends Pick<RulePageProps, 'History'> {
  tab: RuleTab;
  found: ReplicaRecord;
}

function TabContent({ tab, found: { record }, History }: TabContentProps) {
  switch (tab) {
    case 'overview':
      return <RuleOverview record={record} />;
    case 'runs':
      return <RuleRuns ruleId={record.id} />;
    case 'revisions':
      return <RevisionsTab record={record} />;
    case 'simulator':
      return <SimulatorPage ruleId={record.id} />;
    case 'tests':
      return <RuleTestsTab ruleId={record.id} />;
    case 'why':
      return <WhyPanel ruleId={record.id} />;
    case 'history':
      return <History record={record} />;
    default:
      return unreachable(tab);
  }
}
