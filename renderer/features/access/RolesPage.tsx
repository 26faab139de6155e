import { Badge, Button, Menu, Table } from '@mantine/core';
import {
  IconAlertTriangleFilled,
  IconBuilding,
  IconChevronDown,
  IconFlask,
  IconPlus,
  IconShieldLock,
} from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useLocation } from 'wouter';
import { useAccess } from '#renderer/data/hooks/useAccess.ts';
import { useRecordWords } from '#renderer/data/hooks/useRecordWords.ts';
import { useRoleWords } from '#renderer/data/hooks/useRoleWords.ts';
import { EmptyState } from '#renderer/ui/EmptyState.tsx';
import { FilterBar } from '#renderer/ui/FilterBar.tsx';
import { GuardedButton } from '#renderer/ui/GuardedButton.tsx';
import list from '#renderer/ui/ListPage.module.css';
import { PageHeader } from '#renderer/ui/PageHeader.tsx';
import { RelativeTime } from '#renderer/ui/RelativeTime.tsx';
import { useNow } from '#renderer/ui/useNow.ts';
import { expandPatterns, isDangerous } from '#shared/domain/access/permissionCatalogue.ts';
import type { Role } from '#shared/resources/access/role.ts';
import classes from './Access.module.css';
import { holdersOf } from './holders.ts';
import { useAccessWords } from './useAccessWords.ts';
import { usePeople, useRoles } from './useRoles.ts';

/** Every role: what it is, how much it may do, and who holds it. */
export function RolesPage() {
  const { t } = useTranslation('access');
  const roleWords = useRoleWords();
  const words = useRecordWords();
  const access = useAccess();
  const roles = useRoles();
  const [, navigate] = useLocation();
  const [search, setSearch] = useState('');
  const wanted = search.trim().toLowerCase();
  const shown = roles.all.filter(({ body }) =>
    `${roleWords.name(body)} ${body.name} ${body.key} ${roleWords.description(body)}`.toLowerCase().includes(wanted),
  );
  const noRight = access('roles.view');
  const whyNotNew = access('roles.create');
  return (
    <div className={list.page} data-testid="roles-page">
      <PageHeader
        title={words.kinds('role')}
        actions={
          <div className={list.actions}>
            <span className={list.count} role="status" data-testid="role-count">
              {t('roles.count', { count: shown.length })}
            </span>
            <Button
              variant="default"
              leftSection={<IconFlask size={14} />}
              data-testid="open-simulator"
              onClick={() => navigate('/roles/simulator')}
            >
              {t('roles.simulator')}
            </Button>
            {whyNotNew === '' ? (
              <Menu position="bottom-end">
                <Menu.Target>
                  <Button
                    leftSection={<IconPlus size={14} />}
                    rightSection={<IconChevronDown size={14} />}
                    data-testid="new-role"
                  >
                    {t('role.new')}
                  </Button>
                </Menu.Target>
                <Menu.Dropdown mah={360} style={{ overflowY: 'auto' }}>
                  <Menu.Item data-testid="new-blank-role" onClick={() => navigate('/roles/new')}>
                    {t('roles.blank')}
                  </Menu.Item>
                  <Menu.Label>{t('roles.copyOf')}</Menu.Label>
                  {roles.all.map((role) => (
                    <Menu.Item
                      key={role.id}
                      data-testid={`new-copy-${role.body.key}`}
                      onClick={() => navigate(`/roles/new?copy=${encodeURIComponent(role.id)}`)}
                    >
                      {roleWords.name(role.body)}
                    </Menu.Item>
                  ))}
                </Menu.Dropdown>
              </Menu>
            ) : (
              <GuardedButton
                leftSection={<IconPlus size={14} />}
                whyNot={whyNotNew}
                data-testid="new-role"
                onClick={() => undefined}
              >
                {t('role.new')}
              </GuardedButton>
            )}
          </div>
        }
      />
      <FilterBar
        words={{ label: t('roles.search'), search: t('roles.search'), reset: t('clear') }}
        text={search}
        onText={setSearch}
        testId="role-search"
        isNarrowed={search !== ''}
        onReset={() => setSearch('')}
      />
      {shown.length === 0 ? (
        <EmptyState
          icon={<IconShieldLock size={32} />}
          title={t(roles.state === 'reading' ? 'reading' : noRight === '' ? 'roles.none' : 'roles.noRight')}
          description={roles.state === 'reading' ? undefined : noRight || t('roles.noneText')}
        />
      ) : (
        <div className={list.frame}>
          <RoleTable roles={shown} />
        </div>
      )}
    </div>
  );
}

function RoleTable({ roles }: { roles: readonly Role[] }) {
  const { t } = useTranslation('access');
  const roleWords = useRoleWords();
  const words = useRecordWords();
  const access = useAccessWords();
  const people = usePeople();
  const now = useNow();
  return (
    <Table verticalSpacing={7} className={list.table}>
      <Table.Thead>
        <Table.Tr>
          <Table.Th>{words.kind('role')}</Table.Th>
          <Table.Th>{words.field('role', 'body.key')}</Table.Th>
          <Table.Th className={list.number}>{t('roles.people')}</Table.Th>
          <Table.Th className={list.number}>{t('roles.permissions')}</Table.Th>
          <Table.Th>{t('roles.dangerous')}</Table.Th>
          <Table.Th>{t('role.tenants')}</Table.Th>
          <Table.Th>{t('role.changed')}</Table.Th>
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {roles.map((role) => {
          const held = expandPatterns(role.body.permissions);
          const dangerous = held.filter(isDangerous);
          const description = roleWords.description(role.body);
          return (
            <Table.Tr key={role.id} data-testid={`role-${role.body.key}`}>
              <Table.Td maw={320}>
                <Link href={`/roles/${encodeURIComponent(role.id)}`} className={classes.link}>
                  <bdi>{roleWords.name(role.body)}</bdi>
                </Link>{' '}
                {role.body.isSystem && (
                  <Badge size="sm" variant="light" color="gray">
                    {t('role.systemMark')}
                  </Badge>
                )}
                {description !== '' && <span className={classes.second}>{description}</span>}
              </Table.Td>
              <Table.Td>
                <code dir="ltr">{role.body.key}</code>
              </Table.Td>
              <Table.Td className={list.number}>{words.number(holdersOf(role.id, people.all, now).length)}</Table.Td>
              <Table.Td className={list.number}>
                {role.body.permissions.includes('*') ? t('everything') : words.number(held.length)}
              </Table.Td>
              <Table.Td>
                {dangerous.length > 0 && (
                  <span className={classes.danger} title={dangerous.map(access.permission).join(words.listSeparator)}>
                    <IconAlertTriangleFilled size={12} aria-hidden="true" />
                    {words.number(dangerous.length)}
                  </span>
                )}
              </Table.Td>
              <Table.Td>
                {role.body.tenants.length === 0 ? (
                  <span className={classes.quiet}>{t('allTenants')}</span>
                ) : (
                  <span className={classes.expiry}>
                    <IconBuilding size={14} aria-hidden="true" />
                    {t('roles.limited', { count: role.body.tenants.length })}
                  </span>
                )}
              </Table.Td>
              <Table.Td>
                <RelativeTime instant={role.updatedAt} />
              </Table.Td>
            </Table.Tr>
          );
        })}
      </Table.Tbody>
    </Table>
  );
}
