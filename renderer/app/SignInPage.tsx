import { Alert, Anchor, Button, PasswordInput, Stack, TextInput } from '@mantine/core';
import { IconAlertCircle } from '@tabler/icons-react';
import type { FormEvent } from 'react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useReplica } from '#renderer/data/hooks/useReplica.ts';
import { useSyncStatus } from '#renderer/data/hooks/useSyncStatus.ts';
import { BrandMark } from '#renderer/ui/BrandMark.tsx';
import type { AppInfo } from '#shared/ipc/contract.ts';
import classes from './App.module.css';
import { LanguageMenu } from './shell/LanguageMenu.tsx';

/** Sign-in; also where a session that ended elsewhere leads. Unsent edits wait on this computer meanwhile. */
export function SignInPage({ info, startProblem }: { info: AppInfo; startProblem: string }) {
  const { t } = useTranslation('shell');
  const replica = useReplica();
  const status = useSyncStatus();
  const [email, setEmail] = useState('');
  const [password, setPassword] = useState('');
  const [problem, setProblem] = useState(startProblem);
  const [busy, setBusy] = useState(false);
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    setBusy(true);
    setProblem('');
    const outcome = await replica.signIn({ email, password });
    setBusy(false);
    if (!outcome.ok) setProblem(t(`signInProblem.${outcome.error.code}`, { defaultValue: outcome.error.message }));
  };
  const ended = status.problem?.code === 'session_revoked' && problem === '';
  return (
    <main className={classes.centre}>
      <form className={classes.card} onSubmit={(event) => void submit(event)} aria-label={t('signIn')}>
        <h1 className={classes.brand}>
          <BrandMark size={26} /> Steward
        </h1>
        <p className={classes.quiet}>{t('signInText')}</p>
        <Stack gap="sm">
          {ended && <Alert color="yellow">{t('sessionEnded')}</Alert>}
          {problem !== '' && (
            <Alert color="red" icon={<IconAlertCircle size={16} />} role="alert" data-testid="sign-in-problem">
              {problem}
            </Alert>
          )}
          <TextInput
            label={t('email')}
            type="email"
            autoComplete="username"
            required
            size="sm"
            autoFocus
            dir="ltr"
            data-testid="sign-in-email"
            value={email}
            onChange={(event) => setEmail(event.currentTarget.value)}
          />
          <PasswordInput
            label={t('password')}
            autoComplete="current-password"
            required
            size="sm"
            dir="ltr"
            data-testid="sign-in-password"
            value={password}
            onChange={(event) => setPassword(event.currentTarget.value)}
          />
          <Button type="submit" size="sm" loading={busy} data-testid="sign-in" mt={4}>
            {t('signIn')}
          </Button>
          {info.protection !== 'keychain' && <p className={classes.quiet}>{t(`protection.${info.protection}`)}</p>}
        </Stack>
        <ServerChoice serverUrl={info.serverUrl} />
        <LanguageMenu />
      </form>
    </main>
  );
}

function ServerChoice({ serverUrl }: { serverUrl: string }) {
  const { t } = useTranslation('shell');
  const [editing, setEditing] = useState(false);
  const [url, setUrl] = useState(serverUrl);
  const [problem, setProblem] = useState('');
  if (!editing)
    return (
      <p className={classes.quiet} style={{ marginBlock: '16px 8px' }}>
        {t('server')}: <bdi>{serverUrl}</bdi>{' '}
        <Anchor component="button" type="button" size="xs" onClick={() => setEditing(true)}>
          {t('change')}
        </Anchor>
      </p>
    );
  const apply = async () => {
    try {
      await window.steward.app.setServerUrl(url);
    } catch (error) {
      setProblem(error instanceof Error ? error.message : String(error));
    }
  };
  return (
    <TextInput
      mt="md"
      mb="xs"
      dir="ltr"
      label={t('server')}
      value={url}
      error={problem || undefined}
      onChange={(event) => setUrl(event.currentTarget.value)}
      rightSectionWidth={64}
      rightSection={
        <Button size="compact-xs" variant="light" onClick={() => void apply()}>
          {t('apply')}
        </Button>
      }
    />
  );
}
