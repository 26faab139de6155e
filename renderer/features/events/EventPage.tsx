import { Tabs } from '@mantine/core';
import { IconActivity, IconBan, IconDatabaseSearch, IconPencil, IconRefresh, IconReload } from '@tabler/icons-react';
import { useState } from 'react';
import type { ComponentType } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import type { CommandInput } from '#shared/domain/automation/commands.ts';
import { event } from '#shared/resources/events/event.ts';
import type { Event } from '#shared/resources/events/event.ts';
import { useAccess } from '#renderer/data/hooks/useAccess.ts';
import { useStepsAccess } from '#renderer/data/hooks/useStepsAccess.ts';
import { useCommand } from '#renderer/data/hooks/useCommand.ts';
import { useFoundRecord } from '#renderer/data/hooks/useFoundRecord.ts';
import { useRecordWords } from '#renderer/data/hooks/useRecordWords.ts';
import { CommandFrame } from '#renderer/ui/CommandFrame.tsx';
import { EmptyState } from '#renderer/ui/EmptyState.tsx';
import { GuardedButton } from '#renderer/ui/GuardedButton.tsx';
import { RecordLink } from '#renderer/ui/RecordLink.tsx';
import { RelativeTime } from '#renderer/ui/RelativeTime.tsx';
import { StatusMark } from '#renderer/ui/StatusMark.tsx';
import { EditEventDialog } from './EditEventDialog.tsx';
import { EventData } from './EventData.tsx';
import detailPage from '#renderer/ui/DetailPage.module.css';
import classes from './Events.module.css';
import { EventRuns } from './EventRuns.tsx';
import { IgnoreDialog } from './IgnoreDialog.tsx';
import { ReplayDialog } from './ReplayDialog.tsx';
import { canIgnore, canRetry, isWithheld } from './eventActs.ts';

interface EventPageProps {
  id: string;
  /** Why rules ran for it or did not. */
  Why: ComponentType<{ eventId: string }>;
}

/** One event: its data, where it came from, what it caused, and why. */
export function EventPage({ id, Why }: EventPageProps) {
  const { t } = useTranslation('automation');
  const words = useRecordWords();
  const found = useFoundRecord('event', id);
  const parsed = found.state === 'found' ? event.body.safeParse(found.record.record.body) : undefined;
  if (found.state === 'reading') return <EmptyState icon={<IconDatabaseSearch size={32} />} title={t('reading')} />;
  if (found.state === 'missing' || !parsed?.success)
    return (
      <EmptyState
        icon={<IconActivity size={32} />}
        title={t('events.missing')}
        description={t('runs.missingText')}
        action={<Link href="/events">{words.kinds('event')}</Link>}
      />
    );
  return <OpenEvent key={id} record={{ ...found.record.record, body: parsed.data }} Why={Why} />;
}

function OpenEvent({ record, Why }: { record: Event; Why: EventPageProps['Why'] }) {
  const { t } = useTranslation('automation');
  const words = useRecordWords();
  const [tab, setTab] = useState<string | null>('data');
  return (
    <article
      className={detailPage.page}
      aria-label={`${record.body.module}.${record.body.code}`}
      data-testid="event-page"
    >
      <EventHeader record={record} />
      <Tabs value={tab} onChange={setTab} keepMounted={false} className={detailPage.tabs}>
        <Tabs.List px="sm">
          <Tabs.Tab value="data">{t('events.tab.data')}</Tabs.Tab>
          <Tabs.Tab value="runs" data-testid="tab-runs">
            {words.kinds('run')}
          </Tabs.Tab>
          <Tabs.Tab value="why" data-testid="tab-why">
            {t('events.tab.why')}
          </Tabs.Tab>
        </Tabs.List>
        <Tabs.Panel value="data" className={classes.scroll}>
          <EventData record={record} />
        </Tabs.Panel>
        <Tabs.Panel value="runs" className={classes.panel}>
          <EventRuns eventId={record.id} />
        </Tabs.Panel>
        <Tabs.Panel value="why" className={classes.scroll}>
          <Why eventId={record.id} />
        </Tabs.Panel>
      </Tabs>
    </article>
  );
}

function EventHeader({ record }: { record: Event }) {
  const { t } = useTranslation('automation');
  const words = useRecordWords();
  const access = useAccess();
  const control = useCommand();
  const [asked, setAsked] = useState<'edit' | 'ignore' | 'replay'>();
  const close = () => setAsked(undefined);
  const whyNot = access('events.edit', record) || access('commands.create');
  const steps = useStepsAccess();
  const verdict = steps.ofEvent(record);
  const barred = whyNot || verdict.whyNot;
  const { body, status, tenantId } = record;
  const retry = async () => {
    if (await steps.prove(verdict)) await control.give('retryEvents', { eventIds: [record.id] }, tenantId);
  };
  const replay = async (args: CommandInput<'replayEvents'>) => {
    if (await steps.prove(verdict)) await control.give('replayEvents', args, tenantId);
  };
  return (
    <header>
      <div className={detailPage.head}>
        <div className={detailPage.headWords}>
          <div className={detailPage.marks}>
            <span>{words.kind('event')}</span>
            <span data-testid="event-status" data-status={status}>
              <StatusMark tone={words.tone('event', status)}>{words.state('event', status)}</StatusMark>
            </span>
            {tenantId === '' ? (
              <span>{t('platform')}</span>
            ) : (
              <RecordLink kind="tenant" id={tenantId}>
                {words.name('tenant', tenantId)}
              </RecordLink>
            )}
            <RelativeTime instant={body.occurredAt} />
          </div>
          <h1 className={detailPage.title}>
            <bdi>
              {body.module}.{body.code}
            </bdi>
          </h1>
        </div>
        <div className={detailPage.headActions}>
          {canRetry(record) && (
            <GuardedButton
              leftSection={<IconRefresh size={14} />}
              whyNot={barred}
              data-testid="retry-event"
              onClick={() => void retry()}
            >
              {t('events.retry')}
            </GuardedButton>
          )}
          {status === 'failed' && (
            <GuardedButton
              variant="default"
              leftSection={<IconPencil size={14} />}
              whyNot={barred || (isWithheld(record) ? t('withheld') : '')}
              data-testid="edit-event"
              onClick={() => setAsked('edit')}
            >
              {t('events.edit')}
            </GuardedButton>
          )}
          {canIgnore(record) && (
            <GuardedButton
              variant="default"
              leftSection={<IconBan size={14} />}
              whyNot={whyNot}
              data-testid="ignore-event"
              onClick={() => setAsked('ignore')}
            >
              {t('events.ignore')}
            </GuardedButton>
          )}
          <GuardedButton
            variant="default"
            leftSection={<IconReload size={14} />}
            whyNot={whyNot}
            data-testid="replay-event"
            onClick={() => setAsked('replay')}
          >
            {t('replay.button')}
          </GuardedButton>
        </div>
      </div>
      <CommandFrame control={control} />
      {body.error !== '' && (
        <p className={classes.headError}>
          <bdi>{body.error}</bdi>
        </p>
      )}
      {asked === 'edit' && <EditEventDialog record={record} control={control} onClose={close} />}
      {asked === 'ignore' && <IgnoreDialog eventIds={[record.id]} control={control} onClose={close} />}
      {asked === 'replay' && (
        <ReplayDialog
          eventIds={[record.id]}
          onClose={close}
          onReplay={(args) => {
            close();
            void replay(args);
          }}
        />
      )}
    </header>
  );
}
