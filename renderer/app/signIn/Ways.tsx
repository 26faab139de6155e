import { Alert } from '@mantine/core';
import { IconAlertCircle } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { AppInfo } from '#shared/ipc/contract.ts';
import type { SetupAnswer } from '#shared/protocol/accounts.ts';
import { CredentialsForm } from './CredentialsForm.tsx';
import { OidcSignIn } from './OidcSignIn.tsx';
import classes from './SignIn.module.css';

interface WaysProps {
  info: AppInfo;
  /** undefined = not known yet; a password is offered then. */
  setup: SetupAnswer | undefined;
  email?: string;
  startProblem?: string;
  onStep?: (second: boolean) => void;
}

/** Every way to sign in that the server takes. */
export function Ways({ info, setup, email, startProblem, onStep }: WaysProps) {
  const { t } = useTranslation('account');
  const [problem, setProblem] = useState('');
  const [second, setSecond] = useState(false);
  const provider = setup?.methods.oidc ?? null;
  const password = setup?.methods.password ?? true;
  return (
    <>
      {password && (
        <CredentialsForm
          info={info}
          {...(email === undefined ? {} : { email })}
          {...(startProblem === undefined ? {} : { startProblem })}
          onStep={(next) => {
            setSecond(next);
            onStep?.(next);
          }}
        />
      )}
      {provider && !second && (
        <>
          {password && <div className={classes.or}>{t('signIn.or')}</div>}
          {problem !== '' && (
            <Alert color="red" icon={<IconAlertCircle size={16} />} role="alert" data-testid="provider-problem">
              {problem}
            </Alert>
          )}
          <OidcSignIn name={provider.name} disabled={false} onProblem={setProblem} onSignedIn={() => undefined} />
        </>
      )}
    </>
  );
}
