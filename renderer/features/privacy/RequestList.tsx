import { CloseButton, SegmentedControl, Table, TextInput } from '@mantine/core';
import { IconEyeOff, IconSearch } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import type { RecordEnvelope } from '#shared/records/envelope.ts';
import { textIn } from '#shared/records/readBody.ts';
import { privacyRequest } from '#shared/resources/access/privacyRequest.ts';
import { useRecordList } from '#renderer/data/hooks/useRecordList.ts';
import { useRecordWords } from '#renderer/data/hooks/useRecordWords.ts';
import { EmptyState } from '#renderer/ui/EmptyState.tsx';
import { Figures } from '#renderer/ui/Figures.tsx';
import { GrowingRows } from '#renderer/ui/GrowingRows.tsx';
import list from '#renderer/ui/ListPage.module.css';
import link from '#renderer/ui/RecordLink.module.css';
import { StatusMark } from '#renderer/ui/StatusMark.tsx';
import { useNow } from '#renderer/ui/useNow.ts';
import { urgencyOf } from './deadline.ts';
import { DueMark } from './DueMark.tsx';
import classes from './Privacy.module.css';

/** Requests read at most, of those that are open and of those that have ended. */
const readAtMost = 2000;
const states = Object.entries(privacyRequest.states?.states ?? {});
const endedStates = states.flatMap(([name, { terminal }]) => (terminal ? [name] : []));
const openStates = states.flatMap(([name, { terminal }]) => (terminal ? [] : [name]));
type Filter = 'open' | 'overdue' | 'ended' | 'all';
const filters: readonly Filter[] = ['open', 'overdue', 'ended', 'all'];

/** Requests, the most urgent first. */
export function RequestList() {
  const { t } = useTranslation('privacy');
  const words = useRecordWords();
  const now = useNow();
  const [filter, setFilter] = useState<Filter>('open');
  const [search, setSearch] = useState('');
  // What has ended grows for ever; it must not crowd out what is open.
  const opened = useRecordList({
    kind: 'privacyRequest',
    search,
    filters: [{ path: 'status', operator: 'in', value: openStates }],
    sort: [{ path: 'body.dueAt', descending: false }],
    limit: readAtMost,
  });
  const past = useRecordList({
    kind: 'privacyRequest',
    search,
    filters: [{ path: 'status', operator: 'in', value: endedStates }],
    sort: [{ path: 'body.dueAt', descending: true }],
    limit: filter === 'ended' || filter === 'all' ? readAtMost : 1,
  });
  const withUrgency = ({ record }: { record: RecordEnvelope }) => ({
    record,
    urgency: urgencyOf(record.status, textIn(record.body, 'dueAt'), now),
  });
  const ended = past.rows.map(withUrgency);
  const open = opened.rows.map(withUrgency);
  const count = (wanted: string) => open.filter(({ urgency }) => urgency === wanted).length;
  const isReading = opened.state === 'reading' || (filter !== 'open' && past.state === 'reading');
  const shown = {
    open,
    overdue: open.filter(({ urgency }) => urgency === 'overdue'),
    ended,
    all: [...open, ...ended],
  }[filter];
  return (
    <div className={classes.scroll}>
      <Figures
        figures={[
          {
            key: 'overdue',
            label: t('figures.overdue'),
            value: words.number(count('overdue')),
            hint: t('figures.overdueHint'),
            tone: count('overdue') > 0 ? 'danger' : 'plain',
          },
          {
            key: 'soon',
            label: t('figures.soon'),
            value: words.number(count('soon')),
            hint: t('figures.soonHint'),
            tone: count('soon') > 0 ? 'warning' : 'plain',
          },
          { key: 'open', label: t('figures.open'), value: words.number(opened.count), hint: t('figures.openHint') },
          { key: 'ended', label: t('figures.ended'), value: words.number(past.count), hint: t('figures.endedHint') },
        ]}
      />
      <div className={classes.toolbar}>
        <SegmentedControl
          size="xs"
          aria-label={t('filter.label')}
          value={filter}
          onChange={(value) => setFilter(filters.find((one) => one === value) ?? 'open')}
          data={filters.map((value) => ({ value, label: t(`filter.${value}`) }))}
        />
        <TextInput
          className={classes.search}
          leftSection={<IconSearch size={14} />}
          rightSection={
            search !== '' && <CloseButton size="xs" aria-label={t('filter.clear')} onClick={() => setSearch('')} />
          }
          aria-label={t('filter.search')}
          placeholder={t('filter.search')}
          value={search}
          onChange={(event) => setSearch(event.currentTarget.value)}
        />
      </div>
      {shown.length === 0 ? (
        <EmptyState
          icon={<IconEyeOff size={32} />}
          title={isReading ? t('list.reading') : t('list.empty')}
          description={isReading ? '' : t('list.emptyText')}
        />
      ) : (
        <div className={classes.bleed}>
          <Table verticalSpacing={6} className={`${classes.table} ${list.table}`} data-testid="privacy-requests">
            <Table.Thead>
              <Table.Tr>
                <Table.Th>{t('list.person')}</Table.Th>
                <Table.Th>{words.field('privacyRequest', 'body.type')}</Table.Th>
                <Table.Th>{words.field('privacyRequest', 'status')}</Table.Th>
                <Table.Th>{words.field('privacyRequest', 'body.dueAt')}</Table.Th>
                <Table.Th>{t('list.askedBy')}</Table.Th>
                <Table.Th>{words.field('privacyRequest', 'tenantId')}</Table.Th>
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              <GrowingRows
                rows={shown}
                subject={`${filter} ${search}`}
                render={({ record, urgency }) => (
                  <Table.Tr key={record.id} data-urgency={urgency} data-testid={`request-${record.id}`}>
                    <Table.Td className={classes.person}>
                      <Link href={`/privacy/${encodeURIComponent(record.id)}`} className={link.link}>
                        <Person record={record} />
                      </Link>
                    </Table.Td>
                    <Table.Td>{words.value('privacyRequest', 'body.type', record.body['type'])}</Table.Td>
                    <Table.Td>
                      <StatusMark tone={words.tone('privacyRequest', record.status)}>
                        {words.state('privacyRequest', record.status)}
                      </StatusMark>
                    </Table.Td>
                    <Table.Td>
                      <DueMark record={record} />
                    </Table.Td>
                    <Table.Td>{words.name('staff', record.createdBy)}</Table.Td>
                    <Table.Td>
                      {record.tenantId === '' ? t('everywhere') : words.name('tenant', record.tenantId)}
                    </Table.Td>
                  </Table.Tr>
                )}
              />
            </Table.Tbody>
          </Table>
        </div>
      )}
    </div>
  );
}

/** Who is meant, or that it is no longer known. */
function Person({ record }: { record: RecordEnvelope }) {
  const { t } = useTranslation('privacy');
  const [name, email] = [textIn(record.body, 'subjectName'), textIn(record.body, 'subjectEmail')];
  if (name === '' && email === '') return <span className={classes.erased}>{t('list.erased')}</span>;
  return (
    <span className={list.two}>
      <bdi>{name || email}</bdi>
      {name !== '' && email !== '' && <bdi className={list.second}>{email}</bdi>}
    </span>
  );
}
