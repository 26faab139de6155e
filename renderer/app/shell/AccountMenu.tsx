import { ActionIcon, Avatar, Kbd, Menu, Text } from '@mantine/core';
import { IconLock, IconLogout, IconSettings, IconUserCircle } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocation } from 'wouter';
import { useLock } from '#renderer/data/hooks/useLock.ts';
import { usePrincipal } from '#renderer/data/hooks/usePrincipal.ts';
import { useReplica } from '#renderer/data/hooks/useReplica.ts';
import { useRoleWords } from '#renderer/data/hooks/useRoleWords.ts';
import { useSyncPart } from '#renderer/data/hooks/useSyncStatus.ts';
import { useServerCall } from '#renderer/data/hooks/useServerCall.ts';
import { accountAnswerSchema } from '#shared/protocol/accounts.ts';
import { SignOutDialog } from './SignOutDialog.tsx';

/** Who is signed in; settings and sign-out. Signing out asks while edits are unsent, since it removes them. */
export function AccountMenu() {
  const { t } = useTranslation('shell');
  const principal = usePrincipal();
  const replica = useReplica();
  const roleWords = useRoleWords();
  const lock = useLock();
  const unsent = useSyncPart((status) => status.unsent);
  const [, navigate] = useLocation();
  const [asking, setAsking] = useState(false);
  const [opened, setOpened] = useState(false);
  // Asked when the menu opens, so that signing out waits for nothing.
  const answer = useServerCall(opened || asking ? '/v1/account' : '');
  const signOutAt = accountAnswerSchema.safeParse(answer.value).data?.signOutAt ?? '';
  if (!principal) return null;
  const leave = () => {
    if (unsent > 0 || signOutAt !== '') setAsking(true);
    else void replica.signOut({ discard: false });
  };
  return (
    <>
      <Menu position="bottom-end" width={240} opened={opened} onChange={setOpened}>
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
            {roleWords.list(principal.grants)}
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
      {asking && <SignOutDialog unsent={unsent} provider={signOutAt} onClose={() => setAsking(false)} />}
    </>
  );
}
