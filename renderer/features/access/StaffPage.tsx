import { Checkbox, CloseButton, Select, Table, TextInput } from '@mantine/core';
import { IconSearch, IconUserPlus, IconUsers } from '@tabler/icons-react';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useAccess } from '#renderer/data/hooks/useAccess.ts';
import { useRecordWords } from '#renderer/data/hooks/useRecordWords.ts';
import { EmptyState } from '#renderer/ui/EmptyState.tsx';
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

/** Rows drawn; a search finds the rest. */
const mostRows = 500;

/** Everybody who works with the console: what they hold, until when, and when they were last here. */
export function StaffPage() {
  const { t } = useTranslation('access');
  const words = useRecordWords();
  const access = useAccess();
  const people = usePeople();
  const roles = useRoles();
  const sessions = useSessions();
  const now = useNow();
  const [search, setSearch] = useState('');
  const [status, setStatus] = useState('');
  const [roleId, setRoleId] = useState('');
  const [ending, setEnding] = useState(false);
  const [inviting, setInviting] = useState(false);
  const facts = useMemo(() => factsOfSessions(sessions.all), [sessions]);
  const wanted = search.trim().toLowerCase();
  const shown = people.all.filter(
    (person) =>
      `${person.body.displayName} ${person.body.email}`.toLowerCase().includes(wanted) &&
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
      <div className={list.toolbar}>
        <TextInput
          className={list.wide}
          placeholder={t('people.search')}
          aria-label={t('people.search')}
          leftSection={<IconSearch size={14} />}
          rightSection={
            search !== '' && <CloseButton size="xs" aria-label={t('clear')} onClick={() => setSearch('')} />
          }
          data-testid="staff-search"
          value={search}
          onChange={(event) => setSearch(event.currentTarget.value)}
        />
        <Select
          className={list.choice}
          aria-label={words.field('staff', 'status')}
          placeholder={words.field('staff', 'status')}
          data={['active', 'disabled'].map((value) => ({ value, label: words.state('staff', value) }))}
          value={status || null}
          clearable
          onChange={(value) => setStatus(value ?? '')}
        />
        <Select
          className={list.wide}
          aria-label={words.kind('role')}
          placeholder={words.kind('role')}
          data={roles.all.map((role) => ({ value: role.id, label: role.body.name }))}
          value={roleId || null}
          searchable
          clearable
          onChange={(value) => setRoleId(value ?? '')}
        />
        <Checkbox
          label={t('people.ending')}
          checked={ending}
          onChange={(event) => setEnding(event.currentTarget.checked)}
        />
      </div>
      {shown.length === 0 ? (
        <EmptyState
          icon={<IconUsers size={32} />}
          title={t(people.state === 'reading' ? 'reading' : noRight === '' ? 'people.none' : 'people.noRight')}
          description={people.state === 'reading' ? undefined : noRight || t('people.noneText')}
        />
      ) : (
        <div className={classes.scroll}>
          <Table verticalSpacing={8} className={classes.table}>
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
              {shown.slice(0, mostRows).map((person) => (
                <PersonRow
                  key={person.id}
                  person={person}
                  roles={roles.byId}
                  facts={facts.get(person.id) ?? noSessions}
                />
              ))}
            </Table.Tbody>
          </Table>
          {shown.length > mostRows && (
            <p className={classes.quiet}>{t('people.more', { count: shown.length - mostRows })}</p>
          )}
        </div>
      )}
      {inviting && <InviteDialog onClose={() => setInviting(false)} />}
    </div>
  );
}
