import { Button, CopyButton, Group, Modal, Stack, TextInput } from '@mantine/core';
import { IconCheck, IconCopy } from '@tabler/icons-react';
import type { FormEvent } from 'react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useReplica } from '#renderer/data/hooks/useReplica.ts';
import { useProblemText } from '#renderer/ui/problems/useProblemText.ts';
import { recoveryCodesSchema } from '#shared/protocol/accounts.ts';
import classes from './Account.module.css';
import { QrCode } from './QrCode.tsx';

interface EnrolmentDialogProps {
  /** Base32. */
  secret: string;
  /** `otpauth://totp/…` */
  uri: string;
  onConfirmed: (recoveryCodes: string[]) => void;
  onClose: () => void;
}

/** The secret for an authenticator app; nothing changes before a code proves that the app has it. */
export function EnrolmentDialog({ secret, uri, onConfirmed, onClose }: EnrolmentDialogProps) {
  const { t } = useTranslation('account');
  const problemText = useProblemText();
  const replica = useReplica();
  const [code, setCode] = useState('');
  const [problem, setProblem] = useState('');
  const [busy, setBusy] = useState(false);
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    setBusy(true);
    const outcome = await replica.call('POST', '/v1/account/totp/confirm', { code: code.replaceAll(/\s/g, '') });
    setBusy(false);
    const made = outcome.ok ? recoveryCodesSchema.safeParse(outcome.value).data : undefined;
    if (made) onConfirmed(made.recoveryCodes);
    else if (!outcome.ok)
      setProblem(
        ['invalid_credentials', 'invalid'].includes(outcome.error.code)
          ? t('reauthentication.wrongCode')
          : problemText(outcome.error, t(`problem.${outcome.error.code}`, { defaultValue: outcome.error.message })),
      );
  };
  return (
    <Modal opened onClose={onClose} title={t('factor.setUp')} centered>
      <form onSubmit={(event) => void submit(event)}>
        <Stack gap="md">
          <ol className={classes.steps}>
            <li>{t('factor.step.app')}</li>
            <li>{t('factor.step.scan')}</li>
            <li>{t('factor.step.code')}</li>
          </ol>
          <QrCode text={uri} label={t('factor.qr')} />
          <Group gap="xs" wrap="nowrap" justify="center">
            <code className={classes.secret} dir="ltr" data-testid="totp-secret" data-secret={secret}>
              {secret.replaceAll(/(.{4})(?=.)/g, '$1 ')}
            </code>
            <CopyButton value={secret}>
              {({ copied, copy }) => (
                <Button
                  variant="default"
                  style={{ flex: 'none' }}
                  onClick={copy}
                  leftSection={copied ? <IconCheck size={14} /> : <IconCopy size={14} />}
                >
                  {t(copied ? 'copied' : 'copy')}
                </Button>
              )}
            </CopyButton>
          </Group>
          <TextInput
            label={t('code')}
            description={t('codeHelp')}
            inputMode="numeric"
            autoComplete="one-time-code"
            size="sm"
            dir="ltr"
            data-autofocus
            data-testid="totp-code"
            value={code}
            error={problem || undefined}
            onChange={(event) => {
              setCode(event.currentTarget.value);
              setProblem('');
            }}
          />
          <Group justify="flex-end" gap="xs">
            <Button variant="default" onClick={onClose}>
              {t('cancel')}
            </Button>
            <Button type="submit" loading={busy} disabled={code.trim().length < 6} data-testid="confirm-totp">
              {t('factor.confirm')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
