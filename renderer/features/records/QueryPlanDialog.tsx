import { Alert, Button, CopyButton, Group, Modal, Skeleton, Stack } from '@mantine/core';
import { IconCheck, IconCopy } from '@tabler/icons-react';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useReplica } from '#renderer/data/hooks/useReplica.ts';
import type { QueryPlan, RecordQuery } from '#renderer/data/replicaApi.ts';
import classes from './RecordList.module.css';

type Explained = { state: 'reading' } | { state: 'ready'; plan: QueryPlan } | { state: 'failed'; problem: string };

/** How the engine reads a list: the query, SQLite's plan for it, and what it takes. For developers. */
export function QueryPlanDialog({ query, onClose }: { query: RecordQuery; onClose: () => void }) {
  const { t } = useTranslation('records');
  const replica = useReplica();
  // The query as it was when the dialog opened.
  const [asked] = useState(query);
  const [explained, setExplained] = useState<Explained>({ state: 'reading' });
  useEffect(() => {
    let closed = false;
    const show = (next: Explained) => {
      if (!closed) setExplained(next);
    };
    replica.explain(asked).then(
      (plan) => show({ state: 'ready', plan }),
      (error: unknown) => show({ state: 'failed', problem: error instanceof Error ? error.message : String(error) }),
    );
    return () => {
      closed = true;
    };
  }, [replica, asked]);
  return (
    <Modal opened onClose={onClose} title={t('plan.title')} size="xl" centered>
      <div data-testid="query-plan" data-state={explained.state}>
        {explained.state === 'reading' && <Skeleton h={200} aria-label={t('reading')} />}
        {explained.state === 'failed' && (
          <Alert color="red" title={t('plan.failed')}>
            {explained.problem}
          </Alert>
        )}
        {explained.state === 'ready' && <PlanOf plan={explained.plan} />}
      </div>
    </Modal>
  );
}

function PlanOf({ plan }: { plan: QueryPlan }) {
  const { t, i18n } = useTranslation('records');
  const times = new Intl.NumberFormat(i18n.language, {
    style: 'unit',
    unit: 'millisecond',
    maximumFractionDigits: 1,
  });
  const lines = plan.plan.join('\n');
  return (
    <Stack gap="sm">
      <dl className={classes.times}>
        <dt>{t('plan.pageTime')}</dt>
        <dd>{times.format(plan.pageTime)}</dd>
        <dt>{t('plan.countTime')}</dt>
        <dd>{times.format(plan.countTime)}</dd>
      </dl>
      <section>
        <h3 className={classes.planHead}>{t('plan.sql')}</h3>
        <pre className={classes.plan} dir="ltr" tabIndex={0} aria-label={t('plan.sql')}>
          {plan.sql}
        </pre>
      </section>
      <section>
        <h3 className={classes.planHead}>{t('plan.lines')}</h3>
        <pre className={classes.plan} dir="ltr" tabIndex={0} aria-label={t('plan.lines')}>
          {lines}
        </pre>
      </section>
      <Group justify="flex-end">
        <CopyButton value={`${plan.sql}\n\n${lines}\n\npage ${plan.pageTime} ms, count ${plan.countTime} ms\n`}>
          {({ copied, copy }) => (
            <Button
              variant="default"
              leftSection={copied ? <IconCheck size={14} /> : <IconCopy size={14} />}
              onClick={copy}
            >
              {copied ? t('copied') : t('plan.copy')}
            </Button>
          )}
        </CopyButton>
      </Group>
    </Stack>
  );
}
