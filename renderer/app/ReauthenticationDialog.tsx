import { Alert, Anchor, Button, Divider, Group, Loader, Modal, PasswordInput, Stack, TextInput } from '@mantine/core';
import { IconAlertCircle, IconShieldLock } from '@tabler/icons-react';
import type { FormEvent } from 'react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useReplica } from '#renderer/data/hooks/useReplica.ts';
import { useServerCall } from '#renderer/data/hooks/useServerCall.ts';
import { useProblemText } from '#renderer/ui/problems/useProblemText.ts';
import { accountAnswerSchema } from '#shared/protocol/accounts.ts';
import { OidcProof } from './signIn/OidcSignIn.tsx';
import { useSetup } from './signIn/useSetup.ts';

/** Asks for the password, or for a code of the second factor, and proves it to the server. */
export function ReauthenticationDialog({ onProved, onClose }: { onProved: () => void; onClose: () => void }) {
  const { t } = useTranslation('account');
  const problemText = useProblemText();
  const answer = useServerCall('/v1/account');
  const account = accountAnswerSchema.safeParse(answer.value).data;
  return (
    <Modal opened onClose={onClose} title={t('reauthentication.title')} centered size="sm">
      <Stack gap="md" data-testid="reauthentication">
        <Group gap="sm" wrap="nowrap" align="flex-start">
          <IconShieldLock size={20} style={{ flex: 'none' }} aria-hidden="true" />
          <span>{t('reauthentication.text')}</span>
        </Group>
        {answer.loading && <Loader size="sm" mx="auto" />}
        {answer.problem && !account && (
          <Alert color="red" icon={<IconAlertCircle size={16} />} role="alert">
            {problemText(answer.problem, t(`problem.${answer.problem.code}`, { defaultValue: answer.problem.message }))}
          </Alert>
        )}
        {account && (account.hasPassword || account.totp) && (
          <ProofForm hasPassword={account.hasPassword} totp={account.totp} onProved={onProved} onClose={onClose} />
        )}
        {account && (account.provider || (!account.hasPassword && !account.totp)) && (
          <AtProvider besides={account.hasPassword || account.totp} onProved={onProved} />
        )}
      </Stack>
    </Modal>
  );
}

/** Who has neither password nor second factor here came from a provider; others may go there as well. */
function AtProvider({ besides, onProved }: { besides: boolean; onProved: () => void }) {
  const { t } = useTranslation('account');
  const provider = useSetup()?.methods.oidc;
  const [problem, setProblem] = useState('');
  if (besides && !provider) return null;
  return (
    <>
      {besides && <Divider label={t('signIn.or')} />}
      {problem !== '' && (
        <Alert color="red" icon={<IconAlertCircle size={16} />} role="alert">
          {problem}
        </Alert>
      )}
      {provider ? (
        <OidcProof name={provider.name} onProblem={setProblem} onProved={onProved} />
      ) : (
        t('reauthentication.signInAgain')
      )}
    </>
  );
}

interface ProofFormProps {
  hasPassword: boolean;
  totp: boolean;
  onProved: () => void;
  onClose: () => void;
}

function ProofForm({ hasPassword, totp, onProved, onClose }: ProofFormProps) {
  const { t } = useTranslation('account');
  const problemText = useProblemText();
  const replica = useReplica();
  const [byCode, setByCode] = useState(!hasPassword);
  const [proof, setProof] = useState('');
  const [problem, setProblem] = useState('');
  const [busy, setBusy] = useState(false);
  const submit = async (event: FormEvent) => {
    // The form may stand inside another form of the page in React's tree.
    event.preventDefault();
    event.stopPropagation();
    setBusy(true);
    const outcome = await replica.call(
      'POST',
      '/v1/auth/reauthenticate',
      byCode ? { totp: proof.replaceAll(/\s/g, '') } : { password: proof },
    );
    setBusy(false);
    if (outcome.ok) onProved();
    else
      setProblem(
        outcome.error.code === 'invalid_credentials'
          ? t(byCode ? 'reauthentication.wrongCode' : 'reauthentication.wrongPassword')
          : problemText(outcome.error, t(`problem.${outcome.error.code}`, { defaultValue: outcome.error.message })),
      );
  };
  const change = (value: string) => {
    setProof(value);
    setProblem('');
  };
  return (
    <form onSubmit={(event) => void submit(event)}>
      <Stack gap="md">
        {byCode ? (
          <TextInput
            key="code"
            label={t('code')}
            description={t('codeHelp')}
            inputMode="numeric"
            autoComplete="one-time-code"
            dir="ltr"
            size="sm"
            data-autofocus
            autoFocus
            data-testid="proof"
            value={proof}
            error={problem || undefined}
            onChange={(event) => change(event.currentTarget.value)}
          />
        ) : (
          <PasswordInput
            key="password"
            label={t('password.label')}
            autoComplete="current-password"
            dir="ltr"
            size="sm"
            data-autofocus
            autoFocus
            data-testid="proof"
            value={proof}
            error={problem || undefined}
            onChange={(event) => change(event.currentTarget.value)}
          />
        )}
        <Group justify="space-between" gap="xs">
          {hasPassword && totp ? (
            <Anchor
              component="button"
              type="button"
              size="xs"
              onClick={() => {
                setByCode(!byCode);
                change('');
              }}
            >
              {t(byCode ? 'reauthentication.withPassword' : 'reauthentication.withCode')}
            </Anchor>
          ) : (
            <span />
          )}
          <Group gap="xs">
            <Button variant="default" onClick={onClose}>
              {t('cancel')}
            </Button>
            <Button type="submit" loading={busy} disabled={proof === ''} data-testid="prove">
              {t('reauthentication.confirm')}
            </Button>
          </Group>
        </Group>
      </Stack>
    </form>
  );
}
