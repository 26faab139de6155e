import { Anchor, Button, PinInput, TextInput } from '@mantine/core';
import type { FormEvent } from 'react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import classes from './SignIn.module.css';

interface SecondStepProps {
  busy: boolean;
  /** How many codes were refused; each empties the field. */
  refusals: number;
  /** Why the last code was not taken; '' = none was given yet. */
  problem: string;
  /** Other codes cannot be tried at the moment. */
  waiting: boolean;
  onCode: (code: string) => void;
  onBack: () => void;
}

const codeLength = 6;

/** The code of the authenticator app, or one of the recovery codes. */
export function SecondStep({ busy, refusals, problem, waiting, onCode, onBack }: SecondStepProps) {
  const { t } = useTranslation('account');
  const [recovery, setRecovery] = useState(false);
  const [code, setCode] = useState('');
  const [refused, setRefused] = useState(refusals);
  if (refused !== refusals) {
    setRefused(refusals);
    setCode('');
  }
  const submit = (event: FormEvent) => {
    event.preventDefault();
    onCode(code.trim());
  };
  return (
    <form className={classes.form} onSubmit={submit}>
      {recovery ? (
        <TextInput
          label={t('recovery.label')}
          description={t('recovery.help')}
          size="sm"
          dir="ltr"
          autoFocus
          autoComplete="off"
          data-testid="recovery-code"
          value={code}
          error={problem || undefined}
          onChange={(event) => setCode(event.currentTarget.value)}
        />
      ) : (
        <div>
          <PinInput
            key={refusals}
            length={codeLength}
            type="number"
            oneTimeCode
            autoFocus
            size="md"
            error={problem !== ''}
            aria-label={t('code')}
            data-testid="second-factor"
            style={{ justifyContent: 'space-between' }}
            dir="ltr"
            value={code}
            onChange={setCode}
            onComplete={(value) => !waiting && onCode(value)}
          />
          {problem !== '' && (
            <p role="alert" style={{ color: 'var(--mantine-color-error)', margin: '8px 0 0' }}>
              {problem}
            </p>
          )}
        </div>
      )}
      <Button
        type="submit"
        size="sm"
        loading={busy}
        disabled={waiting || code.length < codeLength}
        data-testid="send-code"
      >
        {t('signIn.continue')}
      </Button>
      <div className={classes.ways}>
        <Anchor
          component="button"
          type="button"
          size="xs"
          data-testid="other-code"
          onClick={() => {
            setRecovery(!recovery);
            setCode('');
          }}
        >
          {t(recovery ? 'recovery.withApp' : 'recovery.instead')}
        </Anchor>
        <Anchor component="button" type="button" size="xs" onClick={onBack}>
          {t('signIn.back')}
        </Anchor>
      </div>
    </form>
  );
}
