import { Tabs } from '@mantine/core';
import { IconDatabaseSearch, IconPlayerPause } from '@tabler/icons-react';
import { useState } from 'react';
import type { ComponentType } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import { rule } from '#shared/resources/automation/rule.ts';
import { ruleRevision } from '#shared/resources/automation/ruleRevision.ts';
import type { Step } from '#shared/resources/automation/step.ts';
import { run } from '#shared/resources/runs/run.ts';
import type { Run } from '#shared/resources/runs/run.ts';
import { useFoundRecord } from '#renderer/data/hooks/useFoundRecord.ts';
import { useRecordList } from '#renderer/data/hooks/useRecordList.ts';
import { useRecordWords } from '#renderer/data/hooks/useRecordWords.ts';
import { EmptyState } from '#renderer/ui/EmptyState.tsx';
import { JsonView } from '#renderer/ui/JsonView.tsx';
import { RunFacts } from './RunFacts.tsx';
import { RunHeader } from './RunHeader.tsx';
import { RunPathTab } from './RunPathTab.tsx';
import type { RunFlowComponent } from './RunPathTab.tsx';
import { RunRequests } from './RunRequests.tsx';
import detailPage from '#renderer/ui/DetailPage.module.css';
import classes from './Runs.module.css';
import { Trace } from './Trace.tsx';

interface RunPageProps {
  id: string;
  /** Draws the steps as a flow with the way the run took. */
  Flow: RunFlowComponent;
  /** Why the rule ran, from the event and the rule. */
  Why: ComponentType<{ eventId: string; ruleId: string }>;
}

/** One run: what caused it, what every step did, where it stands and what can be done. */
export function RunPage({ id, Flow, Why }: RunPageProps) {
  const { t } = useTranslation('automation');
  const words = useRecordWords();
  const found = useFoundRecord('run', id);
  const parsed = found.state === 'found' ? run.body.safeParse(found.record.record.body) : undefined;
  if (found.state === 'reading') return <EmptyState icon={<IconDatabaseSearch size={32} />} title={t('reading')} />;
  if (found.state === 'missing' || !parsed?.success)
    return (
      <EmptyState
        icon={<IconPlayerPause size={32} />}
        title={t('runs.missing')}
        description={t('runs.missingText')}
        action={<Link href="/runs">{words.kinds('run')}</Link>}
      />
    );
  const record: Run = { ...found.record.record, body: parsed.data };
  return <OpenRun key={id} record={record} Flow={Flow} Why={Why} />;
}

function OpenRun({ record, Flow, Why }: Omit<RunPageProps, 'id'> & { record: Run }) {
  const { t } = useTranslation('automation');
  const words = useRecordWords();
  const [tab, setTab] = useState<string | null>('trace');
  /** Key of the step that was opened from the path. */
  const [open, setOpen] = useState('');
  const { body } = record;
  const steps = usePinnedSteps(record);
  const hasRequests = body.steps.some((trace) => trace.type === 'webhook');
  return (
    <article className={detailPage.page} aria-label={words.title(record)} data-testid="run-page">
      <RunHeader record={record} />
      <Tabs value={tab} onChange={setTab} keepMounted={false} className={detailPage.tabs}>
        <Tabs.List px="sm">
          <Tabs.Tab value="trace" data-testid="tab-trace">
            {t('runs.tab.trace')}
          </Tabs.Tab>
          <Tabs.Tab value="path" data-testid="tab-path">
            {t('runs.tab.path')}
          </Tabs.Tab>
          {hasRequests && (
            <Tabs.Tab value="requests" data-testid="tab-requests">
              {t('runs.tab.requests')}
            </Tabs.Tab>
          )}
          {body.eventId !== '' && (
            <Tabs.Tab value="why" data-testid="tab-why">
              {t('runs.tab.why')}
            </Tabs.Tab>
          )}
          <Tabs.Tab value="data">{t('runs.tab.data')}</Tabs.Tab>
        </Tabs.List>
        <Tabs.Panel value="trace" className={classes.panel}>
          <div className={classes.columns}>
            <Trace body={body} ended={record.status !== 'running' && record.status !== 'waiting'} opened={open} />
            <RunFacts record={record} />
          </div>
        </Tabs.Panel>
        <Tabs.Panel value="path" className={classes.panel}>
          <RunPathTab
            record={record}
            steps={steps}
            Flow={Flow}
            onOpen={(stepId) => {
              setOpen(stepId);
              setTab('trace');
            }}
          />
        </Tabs.Panel>
        <Tabs.Panel value="requests" className={classes.panel}>
          <RunRequests runId={record.id} />
        </Tabs.Panel>
        <Tabs.Panel value="why" className={classes.panel}>
          <Why eventId={body.eventId} ruleId={body.ruleId} />
        </Tabs.Panel>
        <Tabs.Panel value="data" className={classes.panel}>
          <div className={classes.data}>
            <JsonView label={t('runs.variables')} value={body.variables} words={copyWords(t)} />
            <JsonView label={t('runs.record')} value={record} words={copyWords(t)} />
          </div>
        </Tabs.Panel>
      </Tabs>
    </article>
  );
}

function copyWords(t: (key: string) => string) {
  return { copy: t('copy'), copied: t('copied') };
}

/** The steps of the revision the run began with; the rule's own where the revision is not here; undefined without both. */
function usePinnedSteps({ body }: Run): readonly Step[] | undefined {
  const revisions = useRecordList({
    kind: 'ruleRevision',
    filters: [
      { path: 'body.ruleId', operator: 'is', value: body.ruleId },
      { path: 'body.revision', operator: 'is', value: body.revision },
    ],
    limit: 1,
  });
  const live = useFoundRecord('rule', body.ruleId);
  const pinned = ruleRevision.body.safeParse(revisions.rows[0]?.record.body);
  const snapshot = pinned.success ? rule.body.safeParse(pinned.data.snapshot) : undefined;
  if (snapshot?.success) return snapshot.data.steps;
  const now = live.state === 'found' ? rule.body.safeParse(live.record.record.body) : undefined;
  return now?.success && now.data.revision === body.revision ? now.data.steps : undefined;
}
