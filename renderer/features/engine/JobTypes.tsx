import { Table } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { EngineHealth } from '#shared/protocol/engine.ts';
import { useRecordWords } from '#renderer/data/hooks/useRecordWords.ts';
import classes from './Engine.module.css';

/** What waits and what was given up, by type of job. */
export function JobTypes({ byType }: { byType: EngineHealth['jobs']['byType'] }) {
  const { t } = useTranslation('automation');
  const words = useRecordWords();
  return (
    <section>
      <h2 className={classes.heading}>{t('engine.jobs')}</h2>
      {byType.length === 0 ? (
        <p className={classes.quiet}>{t('engine.noJobs')}</p>
      ) : (
        <Table verticalSpacing={4}>
          <Table.Thead>
            <Table.Tr>
              <Table.Th>{t('engine.jobType')}</Table.Th>
              <Table.Th className={classes.number}>{t('engine.waiting')}</Table.Th>
              <Table.Th className={classes.number}>{t('engine.dead')}</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {byType.map(({ type, waiting, dead }) => (
              <Table.Tr key={type}>
                <Table.Td title={type}>{t(`engine.job.${type}`, type)}</Table.Td>
                <Table.Td className={classes.number}>{words.number(waiting)}</Table.Td>
                <Table.Td className={classes.number} data-dead={dead > 0 || undefined}>
                  {words.number(dead)}
                </Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      )}
    </section>
  );
}
