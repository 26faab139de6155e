import { Badge, Tabs } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useInbox } from '#renderer/data/hooks/useInbox.ts';
import { PageHeader } from '#renderer/ui/PageHeader.tsx';
import { DecisionsTab } from './DecisionsTab.tsx';
import classes from './Inbox.module.css';
import { TasksTab } from './TasksTab.tsx';
import { useMyWork } from './useMyWork.ts';

/** Everything that waits for this person: conflicts, refused edits, documents that were not valid; tasks and approvals. */
export function InboxPage() {
  const { t } = useTranslation('inbox');
  const entries = useInbox();
  const work = useMyWork();
  const open = entries.filter((entry) => !entry.resolved).length;
  return (
    <div className={classes.page}>
      <PageHeader title={t('title')} description={t('subtitle')} />
      <Tabs defaultValue="decisions" className={classes.tabs} keepMounted={false}>
        <Tabs.List px="sm">
          <Tabs.Tab value="decisions" rightSection={<Count value={open} />}>
            {t('tab.decisions')}
          </Tabs.Tab>
          <Tabs.Tab value="tasks" data-testid="inbox-tasks" rightSection={<Count value={work.length} />}>
            {t('tab.tasks')}
          </Tabs.Tab>
        </Tabs.List>
        <Tabs.Panel value="decisions" className={classes.panel}>
          <DecisionsTab entries={entries} />
        </Tabs.Panel>
        <Tabs.Panel value="tasks" className={classes.panel}>
          <TasksTab records={work} />
        </Tabs.Panel>
      </Tabs>
    </div>
  );
}

function Count({ value }: { value: number }) {
  return value === 0 ? null : (
    <Badge size="sm" variant="light" color="gray" circle={value < 10}>
      {value}
    </Badge>
  );
}
