import { PasswordInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import classes from './NewPassword.module.css';

interface NewPasswordProps {
  password: string;
  /** The same once more. */
  repeated: string;
  /** How good it is (0 to 4), and why it may not be used; undefined while it is looked at. */
  check: { problem: string | undefined; score: number } | undefined;
  change: (next: { password: string; repeated: string }) => void;
}

const colors = ['red', 'red', 'orange', 'teal', 'teal'] as const;

/** A new password, twice, with how good it is while it is typed. */
export function NewPassword({ password, repeated, check, change }: NewPasswordProps) {
  const { t } = useTranslation('account');
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
          onChange={(event) => change({ password: event.currentTarget.value, repeated })}
        />
        <div className={classes.meter} aria-hidden="true">
          {[1, 2, 3, 4].map((bar) => (
            <span
              key={bar}
              className={classes.bar}
              style={
                check && Math.max(1, score) >= bar
                  ? { background: `var(--mantine-color-${colors[score] ?? 'gray'}-filled)` }
                  : undefined
              }
            />
          ))}
        </div>
        <p className={classes.words} role="status" data-testid="password-check" data-problem={check?.problem ?? ''}>
          {check && (
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
        onChange={(event) => change({ password, repeated: event.currentTarget.value })}
      />
    </>
  );
}
