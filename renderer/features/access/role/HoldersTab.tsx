import { Table } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import { useRecordWords } from '#renderer/data/hooks/useRecordWords.ts';
import { GrowingRows } from '#renderer/ui/GrowingRows.tsx';
import { StatusMark } from '#renderer/ui/StatusMark.tsx';
import { useNow } from '#renderer/ui/useNow.ts';
import type { Role } from '#shared/resources/access/role.ts';
import { ExpiryMark } from '../ExpiryMark.tsx';
import { usePeople } from '../useRoles.ts';
import classes from './Role.module.css';

/** Who holds the role, since what reason and until when; those whose grant has ended come last. */
export function HoldersTab({ role }: { role: Role }) {
  const { t } = useTranslation('access');
  const words = useRecordWords();
  const people = usePeople();
  const now = useNow();
  const rows = people.all
    .flatMap((person) => {
      const held = person.body.roles.find((one) => one.roleId === role.id);
      return held ? [{ person, held }] : [];
    })
    .toSorted((left, right) => Number(isOver(left.held.expiresAt, now)) - Number(isOver(right.held.expiresAt, now)));
  if (rows.length === 0) return <p className={classes.quiet}>{t('holders.none')}</p>;
  return (
    <Table verticalSpacing={6} data-testid="holders">
      <Table.Thead>
        <Table.Tr>
          <Table.Th>{words.kind('staff')}</Table.Th>
          <Table.Th>{words.field('staff', 'status')}</Table.Th>
          <Table.Th>{t('grants.until')}</Table.Th>
          <Table.Th>{t('grants.reason')}</Table.Th>
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        <GrowingRows
          rows={rows}
          subject={role.id}
          render={({ person, held }) => (
            <Table.Tr key={person.id}>
              <Table.Td>
                <Link href={`/staff/${encodeURIComponent(person.id)}/access`} className={classes.link}>
                  <bdi>{person.body.displayName}</bdi>
                </Link>
              </Table.Td>
              <Table.Td>
                <StatusMark tone={words.tone('staff', person.status)}>{words.state('staff', person.status)}</StatusMark>
              </Table.Td>
              <Table.Td>
                <ExpiryMark expiresAt={held.expiresAt} />
              </Table.Td>
              <Table.Td>
                <bdi>{held.reason}</bdi>
              </Table.Td>
            </Table.Tr>
          )}
        />
      </Table.Tbody>
    </Table>
  );
}

function isOver(expiresAt: string, now: number): boolean {
  return expiresAt !== '' && Date.parse(expiresAt) <= now;
}
