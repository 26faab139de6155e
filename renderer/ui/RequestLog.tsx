import { Table } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import classes from './RequestLog.module.css';
import { RecordLink } from './RecordLink.tsx';
import { RelativeTime } from './RelativeTime.tsx';
import { StatusMark } from './StatusMark.tsx';

interface Attempt {
  id: string;
  at: string;
  runId: string;
  url: string;
  method: string;
  /** 0 = no answer came. */
  status: number;
  durationMs: number;
  attempt: number;
  error: string;
  responseExcerpt: string;
  /** The reader may not see what was sent and answered. */
  withheld?: boolean | undefined;
}

interface RequestLogProps {
  attempts: readonly Attempt[];
  /** Each line leads to its run. */
  withRun?: boolean;
}

/** Attempts to deliver webhooks, with what the receiver answered. */
export function RequestLog({ attempts, withRun = false }: RequestLogProps) {
  const { t, i18n } = useTranslation('automation');
  const duration = new Intl.NumberFormat(i18n.language, { style: 'unit', unit: 'millisecond', unitDisplay: 'short' });
  return (
    <div className={classes.frame} tabIndex={0} role="region" aria-label={t('requests.title')}>
      <Table verticalSpacing={6} stickyHeader>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{t('requests.when')}</Table.Th>
            <Table.Th>{t('requests.request')}</Table.Th>
            <Table.Th>{t('requests.answer')}</Table.Th>
            <Table.Th className={classes.number}>{t('requests.attempt')}</Table.Th>
            <Table.Th className={classes.number}>{t('requests.duration')}</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {attempts.map((one) => (
            <Table.Tr key={one.id}>
              <Table.Td className={classes.when}>
                {withRun ? (
                  <RecordLink kind="run" id={one.runId}>
                    <RelativeTime instant={one.at} />
                  </RecordLink>
                ) : (
                  <RelativeTime instant={one.at} />
                )}
              </Table.Td>
              <Table.Td className={classes.request}>
                <span dir="ltr">
                  <b>{one.method}</b> {one.url}
                </span>
              </Table.Td>
              <Table.Td>
                <StatusMark tone={isTaken(one) ? 'success' : 'danger'}>
                  {one.status === 0 ? t('requests.noAnswer') : String(one.status)}
                </StatusMark>
                {one.withheld === true && <span className={classes.excerpt}>{t('withheld')}</span>}
                {(one.error !== '' || one.responseExcerpt !== '') && (
                  <span className={classes.excerpt} dir="auto">
                    {one.error || one.responseExcerpt}
                  </span>
                )}
              </Table.Td>
              <Table.Td className={classes.number}>{one.attempt}</Table.Td>
              <Table.Td className={classes.number}>{duration.format(one.durationMs)}</Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </div>
  );
}

function isTaken({ status, error, withheld }: Attempt): boolean {
  return withheld === true ? status >= 200 && status < 300 : error === '';
}
