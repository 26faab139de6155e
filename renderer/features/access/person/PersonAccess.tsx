import { Table } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { IconPlus } from '@tabler/icons-react';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import { principalFor, rolesById } from '#shared/domain/access/principalFor.ts';
import type { Staff } from '#shared/resources/access/staff.ts';
import { useRecordWords } from '#renderer/data/hooks/useRecordWords.ts';
import { useRoleWords } from '#renderer/data/hooks/useRoleWords.ts';
import { GuardedButton } from '#renderer/ui/GuardedButton.tsx';
import { ReasonDialog } from '#renderer/ui/ReasonDialog.tsx';
import { useNow } from '#renderer/ui/useNow.ts';
import { useProblemText } from '#renderer/ui/problems/useProblemText.ts';
import access from '../Access.module.css';
import { ExpiryMark } from '../ExpiryMark.tsx';
import { useTenantWords } from '../role/useTenantWords.ts';
import { useRoles } from '../useRoles.ts';
import { EffectiveRights } from './EffectiveRights.tsx';
import { GiveRoleDialog } from './GiveRoleDialog.tsx';
import { MayThey } from './MayThey.tsx';
import classes from './Person.module.css';
import { useGrants } from './useGrants.ts';

/** What the person holds, what that lets them do, and whether they may do one thing in one place. */
export function PersonAccess({ person }: { person: Staff }) {
  const { t } = useTranslation('access');
  const problemText = useProblemText();
  const words = useRecordWords();
  const roleWords = useRoleWords();
  const tenants = useTenantWords();
  const roles = useRoles();
  const grants = useGrants(person);
  const now = useNow();
  const [giving, setGiving] = useState(false);
  const [taking, setTaking] = useState('');
  const [asked, setAsked] = useState('tenants.view');
  const principal = useMemo(
    () => principalFor({ staff: person, roles: rolesById(roles.all), now }),
    [person, roles, now],
  );
  const take = async (reason: string) => {
    const roleId = taking;
    setTaking('');
    const outcome = await grants.take(roleId, reason);
    if (!outcome.ok) notifications.show({ color: 'red', title: t('failed'), message: problemText(outcome.error) });
  };
  return (
    <div className={classes.access}>
      <section aria-label={t('grants.title')}>
        <div className={classes.headRow}>
          <h2>{t('grants.title')}</h2>
          <GuardedButton
            size="xs"
            leftSection={<IconPlus size={14} />}
            whyNot={grants.whyNot}
            data-testid="give-role"
            onClick={() => setGiving(true)}
          >
            {t('grants.give')}
          </GuardedButton>
        </div>
        {person.body.roles.length === 0 ? (
          <p className={classes.quiet}>{t('people.noRoles')}</p>
        ) : (
          <Table verticalSpacing={6} data-testid="grants">
            <Table.Thead>
              <Table.Tr>
                <Table.Th>{words.kind('role')}</Table.Th>
                <Table.Th>{t('role.tenants')}</Table.Th>
                <Table.Th>{t('grants.until')}</Table.Th>
                <Table.Th>{t('grants.reason')}</Table.Th>
                <Table.Th aria-label={t('grants.take')} />
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {person.body.roles.map((held) => {
                const role = roles.byId.get(held.roleId);
                return (
                  <Table.Tr key={held.id} data-testid={`grant-${role?.body.key ?? held.roleId}`}>
                    <Table.Td>
                      <Link href={`/roles/${encodeURIComponent(held.roleId)}`} className={access.link}>
                        <bdi>{role ? roleWords.name(role.body) : words.name('role', held.roleId)}</bdi>
                      </Link>
                    </Table.Td>
                    <Table.Td>{role && tenants(role.body.tenants.length === 0 ? '*' : role.body.tenants)}</Table.Td>
                    <Table.Td>
                      <ExpiryMark expiresAt={held.expiresAt} />
                    </Table.Td>
                    <Table.Td maw={320}>
                      <bdi>{held.reason}</bdi>
                    </Table.Td>
                    <Table.Td className={access.end}>
                      <GuardedButton
                        size="compact-xs"
                        variant="subtle"
                        color="red"
                        whyNot={grants.whyNot}
                        data-testid={`take-${role?.body.key ?? held.roleId}`}
                        onClick={() => setTaking(held.roleId)}
                      >
                        {t('grants.take')}
                      </GuardedButton>
                    </Table.Td>
                  </Table.Tr>
                );
              })}
            </Table.Tbody>
          </Table>
        )}
      </section>
      {principal ? (
        <>
          <MayThey key={asked} person={person} principal={principal} initial={asked} />
          <EffectiveRights principal={principal} onAsk={setAsked} />
        </>
      ) : (
        <p className={classes.quiet}>{t('person.disabledRights')}</p>
      )}
      {giving && <GiveRoleDialog person={person} grants={grants} onClose={() => setGiving(false)} />}
      {taking !== '' && (
        <ReasonDialog
          reason="required"
          danger
          words={{
            title: t('grants.takeTitle', {
              role: roleWords.name(roles.byId.get(taking)?.body ?? {}),
              name: person.body.displayName,
            }),
            confirm: t('grants.take'),
            cancel: t('cancel'),
            reason: t('grants.reason'),
            reasonMissing: t('save.reasonMissing'),
          }}
          onClose={() => setTaking('')}
          onConfirm={(reason) => void take(reason)}
        >
          {t('grants.takeText')}
        </ReasonDialog>
      )}
    </div>
  );
}
