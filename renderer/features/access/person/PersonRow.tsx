import { Table } from '@mantine/core';
import { IconShieldCheck } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import { useRecordWords } from '#renderer/data/hooks/useRecordWords.ts';
import { RelativeTime } from '#renderer/ui/RelativeTime.tsx';
import { StatusMark } from '#renderer/ui/StatusMark.tsx';
import type { Role } from '#shared/resources/access/role.ts';
import type { Staff } from '#shared/resources/access/staff.ts';
import classes from '../Access.module.css';
import { useTenantWords } from '../role/useTenantWords.ts';
import { RoleChip } from './RoleChip.tsx';
import type { SessionFacts } from './sessionFacts.ts';

interface PersonRowProps {
  person: Staff;
  roles: ReadonlyMap<string, Role>;
  facts: SessionFacts;
}

/** One person in the list of people. */
export function PersonRow({ person, roles, facts }: PersonRowProps) {
  const { t } = useTranslation('access');
  const words = useRecordWords();
  const tenants = useTenantWords();
  return (
    <Table.Tr data-testid={`person-${person.body.email}`}>
      <Table.Td maw={280}>
        <span className={classes.oneLine}>
          <Link href={`/staff/${encodeURIComponent(person.id)}`} className={classes.link}>
            <bdi>{person.body.displayName}</bdi>
          </Link>
        </span>
        <span className={classes.second} title={person.body.email}>
          <bdi>{person.body.email}</bdi>
        </span>
      </Table.Td>
      <Table.Td>
        <StatusMark tone={words.tone('staff', person.status)}>{words.state('staff', person.status)}</StatusMark>
      </Table.Td>
      <Table.Td maw={340}>
        <span className={classes.roleChips}>
          {person.body.roles.map((held) => (
            <RoleChip key={held.id} held={held} role={roles.get(held.roleId)} />
          ))}
          {person.body.roles.length === 0 && <span className={classes.quiet}>{t('people.noRoles')}</span>}
        </span>
      </Table.Td>
      <Table.Td maw={200}>
        {person.body.tenants.length > 0 ? (
          <span className={classes.oneLine} title={tenants(person.body.tenants)}>
            {tenants(person.body.tenants)}
          </span>
        ) : (
          <span className={classes.quiet}>{t('none')}</span>
        )}
      </Table.Td>
      <Table.Td>
        {facts.lastSeenAt === '' ? (
          <span className={classes.quiet}>{t('people.notSeen')}</span>
        ) : (
          <RelativeTime instant={facts.lastSeenAt} />
        )}
      </Table.Td>
      <Table.Td>
        {facts.secondFactor === 'used' ? (
          <span className={classes.expiry}>
            <IconShieldCheck size={14} aria-hidden="true" /> {t('people.factorUsed')}
          </span>
        ) : (
          <span className={classes.quiet}>{t('people.factorUnknown')}</span>
        )}
      </Table.Td>
    </Table.Tr>
  );
}
