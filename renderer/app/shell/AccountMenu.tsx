import { ActionIcon, Avatar, Kbd, Menu, Text } from '@mantine/core';
import { IconLock, IconLogout, IconSettings, IconUserCircle } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocation } from 'wouter';
import { useLock } from '#renderer/data/hooks/useLock.ts';
import { usePrincipal } from '#renderer/data/hooks/usePrincipal.ts';
import { useReplica } from '#renderer/data/hooks/useReplica.ts';
import { useSyncPart } from '#renderer/data/hooks/useSyncStatus.ts';
import { ReasonDialog } from '#renderer/ui/ReasonDialog.tsx';

/** Who is signed in; settings and sign-out. Signing out asks while edits are unsent, since it removes them. */
export function AccountMenu() {
  const { t } = useTranslation('shell');
  const principal = usePrincipal();
  const replica = useReplica();
  const lock = useLock();
  const unsent = useSyncPart((status) => status.unsent);
  const [, navigate] = useLocation();
  const [asking, setAsking] = useState(false);
  if (!principal) return null;
  const leave = () => {
    if (unsent > 0) setAsking(true);
    else void replica.signOut({ discard: false });
  };
  return (
    <>
      <Menu position="bottom-end" width={240}>
        <Menu.Target>
          <ActionIcon aria-label={t('account', { name: principal.name })} radius="xl" data-testid="account">
            <Avatar size={24} radius="xl" color="teal" name={principal.name} />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Label>
            <Text size="sm" fw={500} c="var(--mantine-color-text)">
              {principal.name}
            </Text>
            {principal.grants.map((grant) => grant.role.replaceAll('_', ' ')).join(', ')}
          </Menu.Label>
          <Menu.Item
            leftSection={<IconUserCircle size={14} />}
            onClick={() => navigate('/account')}
            data-testid="my-account"
          >
            {t('place.account')}
          </Menu.Item>
          <Menu.Item leftSection={<IconSettings size={14} />} onClick={() => navigate('/settings')}>
            {t('place.settings')}
          </Menu.Item>
          <Menu.Divider />
          <Menu.Item
            leftSection={<IconLock size={14} />}
            rightSection={<Kbd size="xs">Ctrl Shift L</Kbd>}
            onClick={() => void lock.lock('asked')}
            data-testid="lock-now"
          >
            {t('lockNow')}
          </Menu.Item>
          <Menu.Item leftSection={<IconLogout size={14} />} onClick={leave} data-testid="sign-out">
            {t('signOut')}
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
      {asking && (
        <ReasonDialog
          words={{ title: t('signOutTitle', { count: unsent }), confirm: t('signOutDiscard'), cancel: t('stay') }}
          reason="none"
          danger
          onConfirm={() => void replica.signOut({ discard: true })}
          onClose={() => setAsking(false)}
        >
          {t('signOutText')}
        </ReasonDialog>
      )}
    </>
  );
}
