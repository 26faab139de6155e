import { Tabs } from '@mantine/core';
import { IconUser, IconUserOff } from '@tabler/icons-react';
import type { ComponentType } from 'react';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useLocation } from 'wouter';
import { unreachable } from '#shared/kernel/exhaustive.ts';
import type { RecordEnvelope } from '#shared/records/envelope.ts';
import type { Staff } from '#shared/resources/access/staff.ts';
import { useFoundRecord } from '#renderer/data/hooks/useFoundRecord.ts';
import { useRecordWords } from '#renderer/data/hooks/useRecordWords.ts';
import detailPage from '#renderer/ui/DetailPage.module.css';
import { EmptyState } from '#renderer/ui/EmptyState.tsx';
import classes from './Access.module.css';
import { PersonAccess } from './person/PersonAccess.tsx';
import { PersonActivity } from './person/PersonActivity.tsx';
import { PersonHeader } from './person/PersonHeader.tsx';
import { PersonOverview } from './person/PersonOverview.tsx';
import { PersonSessions } from './person/PersonSessions.tsx';
import { asStaff } from './useRoles.ts';

const tabs = ['overview', 'access', 'sessions', 'activity', 'history'] as const;
type PersonTab = (typeof tabs)[number];

interface PersonPageProps {
  id: string;
  /** One of the tabs; anything else is the overview. */
  tab: string;
  /** The log of a record, which another feature draws. */
  History: ComponentType<{ record: RecordEnvelope }>;
}

/** One person who works with the console: profile, rights, sessions, and what they did. */
export function PersonPage({ id, tab: asked, History }: PersonPageProps) {
  const { t } = useTranslation('access');
  const words = useRecordWords();
  const [, navigate] = useLocation();
  const found = useFoundRecord('staff', id);
  const record = found.state === 'found' ? found.record.record : undefined;
  const person = useMemo(() => record && asStaff(record), [record]);
  const tab: PersonTab = tabs.find((name) => name === asked) ?? 'overview';
  if (found.state === 'reading') return <EmptyState icon={<IconUser size={32} />} title={t('reading')} />;
  if (!person || found.state !== 'found')
    return (
      <EmptyState
        icon={<IconUserOff size={32} />}
        title={t('person.missing')}
        description={t('person.missingText')}
        action={<Link href="/staff">{words.kinds('staff')}</Link>}
      />
    );
  return (
    <article className={detailPage.page} aria-label={person.body.displayName} data-testid="person-page">
      <PersonHeader person={person} badge={found.record.badge} />
      <Tabs
        value={tab}
        onChange={(value) => navigate(`/staff/${encodeURIComponent(id)}${value === 'overview' ? '' : `/${value}`}`)}
        keepMounted={false}
        className={detailPage.tabs}
      >
        <Tabs.List px="sm">
          {tabs.map((name) => (
            <Tabs.Tab key={name} value={name} data-testid={`tab-${name}`}>
              {t(`person.tab.${name}`)}
            </Tabs.Tab>
          ))}
        </Tabs.List>
        <Tabs.Panel value={tab} className={tab === 'overview' ? classes.column : classes.tabScroll}>
          <TabContent tab={tab} person={person} History={History} />
        </Tabs.Panel>
      </Tabs>
    </article>
  );
}

function TabContent({ tab, person, History }: Pick<PersonPageProps, 'History'> & { tab: PersonTab; person: Staff }) {
  switch (tab) {
    case 'overview':
      return <PersonOverview key={person.id} person={person} />;
    case 'access':
      return <PersonAccess person={person} />;
    case 'sessions':
      return <PersonSessions person={person} />;
    case 'activity':
      return <PersonActivity person={person} />;
    case 'history':
      return <History record={person} />;
    default:
      return unreachable(tab);
  }
}
