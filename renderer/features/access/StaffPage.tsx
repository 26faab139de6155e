import { Chip, Table } from '@mantine/core';
import { IconClockExclamation, IconUserPlus, IconUsers } from '@tabler/icons-react';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useAccess } from '#renderer/data/hooks/useAccess.ts';
import { useRecordWords } from '#renderer/data/hooks/useRecordWords.ts';
import { useRoleWords } from '#renderer/data/hooks/useRoleWords.ts';
import { EmptyState } from '#renderer/ui/EmptyState.tsx';
import { FilterBar } from '#renderer/ui/FilterBar.tsx';
import { FilterSelect } from '#renderer/ui/FilterSelect.tsx';
import { GrowingRows } from '#renderer/ui/GrowingRows.tsx';
import { GuardedButton } from '#renderer/ui/GuardedButton.tsx';
import list from '#renderer/ui/ListPage.module.css';
import { PageHeader } from '#renderer/ui/PageHeader.tsx';
import { useNow } from '#renderer/ui/useNow.ts';
import classes from './Access.module.css';
import { grantState } from './holders.ts';
import { InviteDialog } from './person/InviteDialog.tsx';
import { PersonRow } from './person/PersonRow.tsx';
import { factsOfSessions, noSessions } from './person/sessionFacts.ts';
import { useSessions } from './person/useSessions.ts';
import { usePeople, useRoles } from './useRoles.ts';

/** Everybody who works with the console: what they hold, until when, and when they were last here. */
export function StaffPage() {
  const { t } = useTranslation('access');
  const roleWords = useRoleWords();
  const words = useRecordWords();
  const access = useAccess();
  const roles = useRoles();
  const sessions = useSessions();
  const now = useNow();
  const [search, setSearch] = useState('');
  const people = usePeople(search);
  const [status, setStatus] = useState('');
  const [roleId, setRoleId] = useState('');
  const [ending, setEnding] = useState(false);
  const [inviting, setInviting] = useState(false);
  const facts = useMemo(() => factsOfSessions(sessions.all), [sessions]);
  const shown = people.all.filter(
    (person) =>
      (status === '' || person.status === status) &&
      (roleId === '' || person.body.roles.some((held) => held.roleId === roleId)) &&
      (!ending || person.body.roles.some((held) => ['soon', 'over'].includes(grantState(held, now)))),
  );
  const noRight = access('staff.view');
  return (
    <div className={list.page} data-testid="staff-page">
      <PageHeader
        title={words.kinds('staff')}
        actions={
          <div className={list.actions}>
            <span className={list.count} role="status" data-testid="staff-count">
              {t('people.count', { count: shown.length })}
            </span>
            <GuardedButton
              leftSection={<IconUserPlus size={14} />}
              whyNot={access('staff.create')}
              data-testid="invite"
              onClick={() => setInviting(true)}
            >
              {t('people.invite')}
            </GuardedButton>
          </div>
        }
      />
      <FilterBar
        words={{ label: t('people.search'), search: t('people.search'), reset: t('clear') }}
        text={search}
        onText={setSearch}
        testId="staff-search"
        isNarrowed={search !== '' || status !== '' || roleId !== '' || ending}
        onReset={() => {
          setSearch('');
          setStatus('');
          setRoleId('');
          setEnding(false);
        }}
      >
        <FilterSelect
          label={words.field('staff', 'status')}
          data={['active', 'disabled'].map((value) => ({ value, label: words.state('staff', value) }))}
          value={status}
          onChange={setStatus}
        />
        <FilterSelect
          label={words.kind('role')}
          wide
          searchable
          data={roles.all.map((role) => ({ value: role.id, label: roleWords.name(role.body) }))}
          value={roleId}
          onChange={setRoleId}
        />
        <Chip size="xs" variant="light" icon={<IconClockExclamation size={12} />} checked={ending} onChange={setEnding}>
          {t('people.ending')}
        </Chip>
      </FilterBar>
      {shown.length === 0 ? (
        <EmptyState
          icon={<IconUsers size={32} />}
          title={t(people.state === 'reading' ? 'reading' : noRight === '' ? 'people.none' : 'people.noRight')}
          description={people.state === 'reading' ? undefined : noRight || t('people.noneText')}
        />
      ) : (
        <div className={list.frame}>
          <Table verticalSpacing={6} className={list.table}>
            <Table.Thead>
              <Table.Tr>
                <Table.Th>{words.kind('staff')}</Table.Th>
                <Table.Th>{words.field('staff', 'status')}</Table.Th>
                <Table.Th>{words.kinds('role')}</Table.Th>
                <Table.Th>{t('people.tenants')}</Table.Th>
                <Table.Th>{t('people.lastSeen')}</Table.Th>
                <Table.Th>{t('people.secondFactor')}</Table.Th>
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              <GrowingRows
                rows={shown}
                subject={`${search} ${status} ${roleId} ${ending}`}
                render={(person) => (
                  <PersonRow
                    key={person.id}
                    person={person}
                    roles={roles.byId}
                    facts={facts.get(person.id) ?? noSessions}
                  />
                )}
              />
            </Table.Tbody>
          </Table>
          {people.more > 0 && <p className={classes.quiet}>{t('people.more', { count: people.more })}</p>}
        </div>
      )}
      {inviting && <InviteDialog onClose={() => setInviting(false)} />}
    </div>
  );
}
