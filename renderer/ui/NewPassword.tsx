import { PasswordInput } from '@mantine/core';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { PasswordCheck } from '#shared/domain/accounts/passwordPolicy.ts';
import classes from './NewPassword.module.css';

interface NewPasswordProps {
  /** A password is not made of their words. */
  person: { email: string; name: string };
  password: string;
  /** The same once more. */
  repeated: string;
  onChange: (next: { password: string; repeated: string; good: boolean }) => void;
}

const colors = ['red', 'red', 'orange', 'teal', 'teal'] as const;

/** A new password, twice, with how good it is while it is typed: the server's own rules, decided on this computer. */
export function NewPassword({ person, password, repeated, onChange }: NewPasswordProps) {
  const { t } = useTranslation('account');
  const [check, setCheck] = useState<PasswordCheck>();
  const { email, name } = person;
  const change = (next: { password: string; repeated: string }, checked: PasswordCheck | undefined) =>
    onChange({
      ...next,
      good: checked !== undefined && checked.problem === undefined && next.password === next.repeated,
    });
  useEffect(() => {
    if (password === '') {
      setCheck(undefined);
      return undefined;
    }
    let over = false;
    // Lists of common passwords are large, and nobody waits for them when the console opens.
    const decide = async () => {
      const { checkPassword } = await import('#shared/domain/accounts/passwordPolicy.ts');
      if (over) return;
      const checked = checkPassword(password, { email, name });
      setCheck(checked);
      change({ password, repeated }, checked);
    };
    // Lists of common passwords are large, and nobody waits for them when the console opens.
    void decide();
    return () => {
      over = true;
    };
    // `onChange` is another function at every drawing.
    // oxlint-disable-next-line react/exhaustive-deps
  }, [password, repeated, email, name]);
  const differs = repeated !== '' && repeated !== password;
  const score = check?.problem === undefined ? (check?.score ?? 0) : Math.min(check.score, 2);
  return (
    <>
      <div>
        <PasswordInput
          label={t('password.new')}
          description={t('password.advice')}
          autoComplete="new-password"
          required
          size="sm"
          dir="ltr"
          data-testid="new-password"
          value={password}
          onChange={(event) => change({ password: event.currentTarget.value, repeated }, undefined)}
        />
        <div className={classes.meter} aria-hidden="true">
          {[1, 2, 3, 4].map((bar) => (
            <span
              key={bar}
              className={classes.bar}
              style={
                password !== '' && Math.max(1, score) >= bar
                  ? { background: `var(--mantine-color-${colors[score]}-filled)` }
                  : undefined
              }
            />
          ))}
        </div>
        <p className={classes.words} role="status" data-testid="password-check" data-problem={check?.problem ?? ''}>
          {check && password !== '' && (
            <span>{check.problem ? t(`password.problem.${check.problem}`) : t(`password.score.${check.score}`)}</span>
          )}
        </p>
      </div>
      <PasswordInput
        label={t('password.repeat')}
        autoComplete="new-password"
        required
        size="sm"
        dir="ltr"
        data-testid="repeat-password"
        value={repeated}
        error={differs ? t('password.differs') : undefined}
        onChange={(event) => change({ password, repeated: event.currentTarget.value }, undefined)}
      />
    </>
  );
}
