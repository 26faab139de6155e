import { Alert, Button, TextInput } from '@mantine/core';
import { IconAlertCircle } from '@tabler/icons-react';
import type { FormEvent } from 'react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNewPassword } from '#renderer/data/hooks/useNewPassword.ts';
import { useReplica } from '#renderer/data/hooks/useReplica.ts';
import { useLanguage } from '#renderer/data/hooks/useLanguage.ts';
import { NewPassword } from '#renderer/ui/NewPassword.tsx';
import type { Setup } from '#shared/protocol/accounts.ts';
import { CapsLockHint } from './CapsLockHint.tsx';
import classes from './SignIn.module.css';
import { useProblemWords } from './useProblemWords.ts';

/** The first administrator of a new server, who knows the code that it printed. */
export function SetUpForm({ onDone }: { onDone: (email: string) => void }) {
  const { t } = useTranslation('account');
  const replica = useReplica();
  const locale = useLanguage();
  const words = useProblemWords();
  const [code, setCode] = useState('');
  const [displayName, setDisplayName] = useState('');
  const [email, setEmail] = useState('');
  const secret = useNewPassword({ email, name: displayName });
  const [problem, setProblem] = useState('');
  const [busy, setBusy] = useState(false);
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    setBusy(true);
    setProblem('');
    const { password } = secret;
    const setup: Setup = { code: code.trim(), email: email.trim(), displayName: displayName.trim(), password, locale };
    const outcome = await replica.ask('POST', '/v1/setup', setup);
    if (outcome.ok) {
      const signedIn = await replica.signIn({ email: setup.email, password });
      if (!signedIn.ok) onDone(setup.email);
    } else setProblem(outcome.error.code === 'invalid_credentials' ? t('setUp.wrongCode') : words(outcome.error));
    setBusy(false);
  };
  return (
    <form className={classes.form} onSubmit={(event) => void submit(event)}>
      {problem !== '' && (
        <Alert color="red" icon={<IconAlertCircle size={16} />} role="alert" data-testid="set-up-problem">
          {problem}
        </Alert>
      )}
      <TextInput
        label={t('setUp.code')}
        description={t('setUp.codeHelp')}
        required
        size="sm"
        dir="ltr"
        autoFocus
        autoComplete="off"
        data-testid="set-up-code"
        value={code}
        onChange={(event) => setCode(event.currentTarget.value)}
      />
      <TextInput
        label={t('setUp.name')}
        required
        size="sm"
        autoComplete="name"
        data-testid="set-up-name"
        value={displayName}
        onChange={(event) => setDisplayName(event.currentTarget.value)}
      />
      <TextInput
        label={t('email')}
        type="email"
        required
        size="sm"
        dir="ltr"
        autoComplete="username"
        data-testid="set-up-email"
        value={email}
        onChange={(event) => setEmail(event.currentTarget.value)}
      />
      <NewPassword {...secret} />
      <CapsLockHint />
      <Button type="submit" size="sm" loading={busy} disabled={!secret.good} data-testid="set-up">
        {t('setUp.confirm')}
      </Button>
    </form>
  );
}
