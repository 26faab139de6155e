import { Alert, Button, Group, Modal, PasswordInput, Stack } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { IconAlertCircle } from '@tabler/icons-react';
import type { FormEvent } from 'react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useLock } from '#renderer/data/hooks/useLock.ts';
import { usePrincipal } from '#renderer/data/hooks/usePrincipal.ts';
import { useNewPassword } from '#renderer/data/hooks/useNewPassword.ts';
import { useReplica } from '#renderer/data/hooks/useReplica.ts';
import { useProblemText } from '#renderer/ui/problems/useProblemText.ts';
import { NewPassword } from '#renderer/ui/NewPassword.tsx';

/** Another password; the person's other sessions end with it. */
export function ChangePasswordDialog({ email, onClose }: { email: string; onClose: () => void }) {
  const { t } = useTranslation('account');
  const problemText = useProblemText();
  const replica = useReplica();
  const lock = useLock();
  const name = usePrincipal()?.name ?? '';
  const [current, setCurrent] = useState('');
  const secret = useNewPassword({ email, name });
  const [problem, setProblem] = useState('');
  const [busy, setBusy] = useState(false);
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    setBusy(true);
    const outcome = await replica.call('POST', '/v1/account/password', { current, next: secret.password });
    if (outcome.ok) {
      await lock.setPassword(secret.password);
      notifications.show({ message: t('password.done') });
      onClose();
      return;
    }
    setBusy(false);
    const { code } = outcome.error;
    setProblem(code === 'invalid_credentials' ? t('reauthentication.wrongPassword') : problemText(outcome.error));
  };
  return (
    <Modal opened onClose={onClose} title={t('password.change')} centered>
      <form onSubmit={(event) => void submit(event)}>
        <Stack gap="sm">
          {problem !== '' && (
            <Alert color="red" icon={<IconAlertCircle size={16} />} role="alert">
              {problem}
            </Alert>
          )}
          <PasswordInput
            label={t('password.current')}
            autoComplete="current-password"
            required
            size="sm"
            dir="ltr"
            data-autofocus
            data-testid="current-password"
            value={current}
            onChange={(event) => setCurrent(event.currentTarget.value)}
          />
          <NewPassword {...secret} />
          <p style={{ margin: 0 }}>{t('password.endsOthers')}</p>
          <Group justify="flex-end" gap="xs">
            <Button variant="default" onClick={onClose}>
              {t('cancel')}
            </Button>
            <Button type="submit" loading={busy} disabled={current === '' || !secret.good} data-testid="save-password">
              {t('password.change')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
