import { Anchor, Table } from '@mantine/core';
import { IconListDetails } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import { textIn } from '#shared/records/readBody.ts';
import type { Staff } from '#shared/resources/access/staff.ts';
import { useAccess } from '#renderer/data/hooks/useAccess.ts';
import { useRecordList } from '#renderer/data/hooks/useRecordList.ts';
import { useRecordWords } from '#renderer/data/hooks/useRecordWords.ts';
import { EmptyState } from '#renderer/ui/EmptyState.tsx';
import { RelativeTime } from '#renderer/ui/RelativeTime.tsx';
import { recordPath } from '#renderer/ui/recordPath.ts';
import classes from '../Access.module.css';

/** Entries shown here; the log's own page has the rest. */
const entriesShown = 100;

/** What the person did, as far as this console keeps the log. */
export function PersonActivity({ person }: { person: Staff }) {
  const { t } = useTranslation('access');
  const words = useRecordWords();
  const access = useAccess();
  const list = useRecordList({
    kind: 'auditEntry',
    filters: [{ path: 'body.actorId', operator: 'is', value: person.id }],
    sort: [{ path: 'body.at', descending: true }],
    limit: entriesShown,
  });
  if (list.rows.length === 0)
    return (
      <EmptyState
        icon={<IconListDetails size={32} />}
        title={t(list.state === 'reading' ? 'reading' : 'activity.none')}
        description={list.state === 'reading' ? undefined : access('audit.view') || t('activity.noneText')}
      />
    );
  return (
    <>
      <p className={classes.head}>
        {t('activity.count', { count: list.count })}
        <Anchor component={Link} href={`/audit?actor=${encodeURIComponent(person.id)}`} data-testid="all-activity">
          {t('activity.all')}
        </Anchor>
      </p>
      <Table verticalSpacing={6}>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{words.field('auditEntry', 'body.at')}</Table.Th>
            <Table.Th>{words.field('auditEntry', 'body.action')}</Table.Th>
            <Table.Th>{words.field('auditEntry', 'body.resource')}</Table.Th>
            <Table.Th>{words.kind('tenant')}</Table.Th>
            <Table.Th>{words.field('auditEntry', 'body.reason')}</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {list.rows.map(({ record }) => {
            const [resource, id] = [textIn(record.body, 'resource'), textIn(record.body, 'resourceId')];
            const name = textIn(record.body, 'resourceName') || words.kind(resource);
            return (
              <Table.Tr key={record.id}>
                <Table.Td>
                  <RelativeTime instant={textIn(record.body, 'at')} />
                </Table.Td>
                <Table.Td>{words.value('auditEntry', 'body.action', textIn(record.body, 'action'))}</Table.Td>
                <Table.Td maw={320}>
                  {id === '' ? (
                    <bdi>{name}</bdi>
                  ) : (
                    <Link href={recordPath(resource, id, false)} className={classes.link}>
                      <bdi>{name}</bdi>
                    </Link>
                  )}
                  <span className={classes.second}>{words.kind(resource)}</span>
                </Table.Td>
                <Table.Td>{record.tenantId === '' ? t('platform') : words.name('tenant', record.tenantId)}</Table.Td>
                <Table.Td maw={260}>
                  <bdi>{textIn(record.body, 'reason')}</bdi>
                </Table.Td>
              </Table.Tr>
            );
          })}
        </Table.Tbody>
      </Table>
    </>
  );
}
