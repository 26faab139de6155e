import { Table } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { IconRefresh } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { DeadJob } from '#shared/protocol/engine.ts';
import { useAccess } from '#renderer/data/hooks/useAccess.ts';
import { useRecordWords } from '#renderer/data/hooks/useRecordWords.ts';
import { useReplica } from '#renderer/data/hooks/useReplica.ts';
import { GuardedButton } from '#renderer/ui/GuardedButton.tsx';
import { RelativeTime } from '#renderer/ui/RelativeTime.tsx';
import { useProblemText } from '#renderer/ui/problems/useProblemText.ts';
import classes from './Engine.module.css';

interface DeadJobsProps {
  /** The newest. */
  dead: readonly DeadJob[];
  total: number;
  onRetried: () => void;
}

/** Jobs that the engine gave up, each with its reason and another chance. */
export function DeadJobs({ dead, total, onRetried }: DeadJobsProps) {
  const { t } = useTranslation('automation');
  const problemText = useProblemText();
  const words = useRecordWords();
  const replica = useReplica();
  const access = useAccess();
  const [busy, setBusy] = useState('');
  const whyNot = access('runs.edit', { tenantId: '' });
  const retry = async (ids: readonly string[]) => {
    let problem = '';
    for (const id of ids) {
      setBusy(id);
      const outcome = await replica.call('POST', `/v1/engine/dead/${encodeURIComponent(id)}/retry`);
      if (!outcome.ok) problem = problemText(outcome.error);
    }
    setBusy('');
    if (problem !== '') notifications.show({ color: 'red', title: t('failed'), message: problem });
    onRetried();
  };
  if (dead.length === 0) return null;
  return (
    <section data-testid="dead-jobs">
      <div className={classes.headRow}>
        <h2 className={classes.heading}>{t('engine.deadTitle', { count: total })}</h2>
        <GuardedButton
          size="compact-sm"
          variant="default"
          leftSection={<IconRefresh size={14} />}
          whyNot={whyNot}
          loading={busy !== ''}
          onClick={() => void retry(dead.map((job) => job.id))}
        >
          {t('engine.retryShown', { count: dead.length })}
        </GuardedButton>
      </div>
      <Table verticalSpacing={4}>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{t('engine.jobType')}</Table.Th>
            <Table.Th>{words.kind('tenant')}</Table.Th>
            <Table.Th>{t('engine.problem')}</Table.Th>
            <Table.Th className={classes.number}>{t('engine.attempts')}</Table.Th>
            <Table.Th>{t('engine.since')}</Table.Th>
            <Table.Th aria-label={t('engine.retry')} />
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {dead.map((job) => (
            <Table.Tr key={job.id}>
              <Table.Td title={job.type}>{t(`engine.job.${job.type}`, job.type)}</Table.Td>
              <Table.Td>{job.tenantId === '' ? t('platform') : words.name('tenant', job.tenantId)}</Table.Td>
              <Table.Td className={classes.problemText} dir="auto">
                {job.withheld === true ? t('withheld') : job.problem}
              </Table.Td>
              <Table.Td className={classes.number}>{words.number(job.attempts)}</Table.Td>
              <Table.Td>
                <RelativeTime instant={job.createdAt} />
              </Table.Td>
              <Table.Td className={classes.number}>
                <GuardedButton
                  size="compact-xs"
                  variant="default"
                  whyNot={whyNot}
                  loading={busy === job.id}
                  data-testid={`retry-job-${job.id}`}
                  onClick={() => void retry([job.id])}
                >
                  {t('engine.retry')}
                </GuardedButton>
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </section>
  );
}
