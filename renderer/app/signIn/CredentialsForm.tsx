import { Alert, Button, PasswordInput, TextInput } from '@mantine/core';
import { IconAlertCircle, IconClock } from '@tabler/icons-react';
import type { FormEvent } from 'react';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useReplica } from '#renderer/data/hooks/useReplica.ts';
import type { AppInfo } from '#shared/ipc/contract.ts';
import { CapsLockHint } from './CapsLockHint.tsx';
import { SecondStep } from './SecondStep.tsx';
import classes from './SignIn.module.css';
import { useCountdown } from './useCountdown.ts';
import { retryAfterOf, useProblemWords } from './useProblemWords.ts';

interface CredentialsFormProps {
  info: AppInfo;
  /** Already known, such as after an invitation. */
  email?: string;
  startProblem?: string;
  /** The second step has begun, or it was left. */
  onStep?: (second: boolean) => void;
}

/** E-mail and password, then the second factor where the server asks for one. */
export function CredentialsForm({ info, email: given = '', startProblem = '', onStep }: CredentialsFormProps) {
  const { t } = useTranslation('account');
  const replica = useReplica();
  const words = useProblemWords();
  const [email, setEmail] = useState(given);
  const [password, setPassword] = useState('');
  const [problem, setProblem] = useState(startProblem);
  const [second, setSecond] = useState(false);
  const [refusals, setRefusals] = useState(0);
  const [busy, setBusy] = useState(false);
  const [lockedUntil, setLockedUntil] = useState(0);
  const wait = useCountdown(lockedUntil);
  useEffect(() => {
    if (email !== '') return;
    const remember = async () => {
      // The person who was here last, where their session is still kept.
      const kept = await window.steward.session.load();
      if (kept?.serverUrl.replace(/\/$/, '') === info.serverUrl) setEmail((typed) => typed || kept.email);
    };
    void remember();
    // Only once: what is typed afterwards is the person's.
    // oxlint-disable-next-line react/exhaustive-deps
  }, []);
  const step = (next: boolean) => {
    setSecond(next);
    onStep?.(next);
  };
  const attempt = async (totp?: string) => {
    setBusy(true);
    setProblem('');
    const outcome = await replica.signIn({ email, password, ...(totp === undefined ? {} : { totp }) });
    setBusy(false);
    if (outcome.ok) return;
    const { code } = outcome.error;
    if (code === 'second_factor_required' && totp === undefined) return step(true);
    if (totp !== undefined) setRefusals((count) => count + 1);
    setLockedUntil(Date.now() + retryAfterOf(outcome.error) * 1000);
    const wrong = totp === undefined ? 'signIn.wrong' : 'signIn.wrongCode';
    const refused = code === 'invalid_credentials' || code === 'second_factor_required';
    setProblem(refused ? t(wrong) : words(outcome.error));
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    void attempt();
  };
  const locked = wait > 0 && (
    <Alert color="yellow" icon={<IconClock size={16} />} role="status" data-testid="locked-out">
      {t('signIn.lockedOut', { time: clockText(wait) })}
    </Alert>
  );
  if (second)
    return (
      <>
        {locked}
        <SecondStep
          busy={busy}
          refusals={refusals}
          problem={wait > 0 ? '' : problem}
          waiting={wait > 0}
          onCode={(code) => void attempt(code)}
          onBack={() => {
            step(false);
            setProblem('');
          }}
        />
      </>
    );
  return (
    <form className={classes.form} onSubmit={submit}>
      {locked}
      {problem !== '' && wait === 0 && (
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
        autoFocus={email === ''}
        dir="ltr"
        data-testid="sign-in-email"
        value={email}
        onChange={(event) => setEmail(event.currentTarget.value)}
      />
      <PasswordInput
        label={t('password.label')}
        autoComplete="current-password"
        required
        size="sm"
        dir="ltr"
        data-testid="sign-in-password"
        value={password}
        onChange={(event) => setPassword(event.currentTarget.value)}
      />
      <CapsLockHint />
      <Button type="submit" size="sm" loading={busy} disabled={wait > 0} data-testid="sign-in" mt={4}>
        {t('signIn.title')}
      </Button>
    </form>
  );
}

/** 65 is `1:05`. */
function clockText(seconds: number): string {
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;
}
