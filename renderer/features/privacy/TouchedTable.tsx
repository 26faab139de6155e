import { Progress, Table } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { RecordEnvelope } from '#shared/records/envelope.ts';
import { privacyRequest } from '#shared/resources/access/privacyRequest.ts';
import { useRecordWords } from '#renderer/data/hooks/useRecordWords.ts';
import classes from './Privacy.module.css';
import { useKindWords } from './useKindWords.ts';

/** What was found and how much of it is done, live while the server works. Nothing before it begins. */
export function TouchedTable({ record }: { record: RecordEnvelope }) {
  const { t } = useTranslation('privacy');
  const words = useRecordWords();
  const kinds = useKindWords();
  const touched = privacyRequest.body.shape.touched.safeParse(record.body['touched']).data ?? [];
  const running = record.status === 'running';
  if (touched.length === 0) return running ? <p className={classes.quiet}>{t('touched.looking')}</p> : null;
  const isExport = record.body['type'] === 'export';
  const sum = (name: 'count' | 'done') => touched.reduce((total, one) => total + one[name], 0);
  return (
    <section className={classes.section} data-testid="touched">
      <div className={classes.headRow}>
        <h2 className={classes.heading}>{t('touched.title')}</h2>
        <span className={classes.quiet}>
          {isExport
            ? t('touched.found', { count: sum('count') })
            : t('touched.progress', { done: words.number(sum('done')), all: words.number(sum('count')) })}
        </span>
      </div>
      <Table verticalSpacing={6} className={classes.table}>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{t('touched.kind')}</Table.Th>
            <Table.Th className={classes.number}>{t('touched.count')}</Table.Th>
            {!isExport && <Table.Th className={classes.number}>{t('touched.done')}</Table.Th>}
            {!isExport && <Table.Th className={classes.bar} aria-label={t('touched.bar')} />}
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {touched.map(({ kind, count, done }) => (
            <Table.Tr key={kind}>
              <Table.Td>{kinds(kind)}</Table.Td>
              <Table.Td className={classes.number}>{words.number(count)}</Table.Td>
              {!isExport && <Table.Td className={classes.number}>{words.number(done)}</Table.Td>}
              {!isExport && (
                <Table.Td className={classes.bar}>
                  <Progress
                    value={count === 0 ? 100 : Math.min(100, (done / count) * 100)}
                    size="sm"
                    aria-label={kinds(kind)}
                    color={done >= count ? 'teal' : 'blue'}
                    animated={running && done < count}
                  />
                </Table.Td>
              )}
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </section>
  );
}
