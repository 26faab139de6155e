import { Tabs } from '@mantine/core';
import { IconReload } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocation } from 'wouter';
import { useAccess } from '#renderer/data/hooks/useAccess.ts';
import type { CommandInput } from '#shared/domain/automation/commands.ts';
import { useStepsAccess } from '#renderer/data/hooks/useStepsAccess.ts';
import { useCommand } from '#renderer/data/hooks/useCommand.ts';
import { useRecordCount } from '#renderer/data/hooks/useRecordCount.ts';
import { useRecordWords } from '#renderer/data/hooks/useRecordWords.ts';
import { CommandFrame } from '#renderer/ui/CommandFrame.tsx';
import { GuardedButton } from '#renderer/ui/GuardedButton.tsx';
import list from '#renderer/ui/ListPage.module.css';
import { PageHeader } from '#renderer/ui/PageHeader.tsx';
import { AllEvents } from './AllEvents.tsx';
import detailPage from '#renderer/ui/DetailPage.module.css';
import classes from './Events.module.css';
import { FailedEvents } from './FailedEvents.tsx';
import { ReplayDialog } from './ReplayDialog.tsx';

/** What happened on the platform, and what of it could not be processed. */
export function EventsPage({ view }: { view: 'all' | 'failed' }) {
  const { t } = useTranslation('automation');
  const words = useRecordWords();
  const access = useAccess();
  const [, navigate] = useLocation();
  const command = useCommand();
  const steps = useStepsAccess();
  const [replay, setReplay] = useState<readonly string[]>();
  const replayAll = async (args: CommandInput<'replayEvents'>) => {
    if (await steps.prove(steps.ofAny())) await command.give('replayEvents', args);
  };
  const failed = useRecordCount({ kind: 'event', filters: [{ path: 'status', operator: 'is', value: 'failed' }] });
  return (
    <div className={list.page}>
      <PageHeader
        title={words.kinds('event')}
        actions={
          <GuardedButton
            variant="default"
            leftSection={<IconReload size={14} />}
            whyNot={access('events.edit') || access('commands.create')}
            data-testid="replay"
            onClick={() => setReplay([])}
          >
            {t('replay.button')}
          </GuardedButton>
        }
      />
      <CommandFrame control={command} />
      <Tabs
        value={view}
        onChange={(value) => navigate(value === 'failed' ? '/events/failed' : '/events')}
        keepMounted={false}
        className={detailPage.tabs}
      >
        <Tabs.List px="sm" mb="xs">
          <Tabs.Tab value="all">{t('events.all')}</Tabs.Tab>
          <Tabs.Tab value="failed" data-testid="tab-failed">
            {t('events.failed', { count: failed ?? 0 })}
          </Tabs.Tab>
        </Tabs.List>
        <Tabs.Panel value="all" className={classes.panel}>
          <AllEvents control={command} onReplay={setReplay} />
        </Tabs.Panel>
        <Tabs.Panel value="failed" className={classes.panel}>
          <FailedEvents control={command} />
        </Tabs.Panel>
      </Tabs>
      {replay && (
        <ReplayDialog
          eventIds={replay}
          onClose={() => setReplay(undefined)}
          onReplay={(args) => {
            setReplay(undefined);
            void replayAll(args);
          }}
        />
      )}
    </div>
  );
}
