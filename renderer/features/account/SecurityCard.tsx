import { Alert, Badge, Group, Loader } from '@mantine/core';
import { IconAlertCircle, IconDeviceMobile, IconKey, IconLifebuoy } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ServerAnswer } from '#renderer/data/hooks/useServerCall.ts';
import { useReauthentication } from '#renderer/data/hooks/useReauthentication.ts';
import { useReplica } from '#renderer/data/hooks/useReplica.ts';
import { useSyncPart } from '#renderer/data/hooks/useSyncStatus.ts';
import { GuardedButton } from '#renderer/ui/GuardedButton.tsx';
import { RelativeTime } from '#renderer/ui/RelativeTime.tsx';
import type { Problem } from '#shared/kernel/errors.ts';
import { useProblemText } from '#renderer/ui/problems/useProblemText.ts';
import { recoveryCodesSchema, totpBegunSchema } from '#shared/protocol/accounts.ts';
import type { AccountAnswer } from '#shared/protocol/accounts.ts';
import classes from './Account.module.css';
import { AccountRow } from './AccountRow.tsx';
import { ChangePasswordDialog } from './ChangePasswordDialog.tsx';
import { EnrolmentDialog } from './EnrolmentDialog.tsx';
import { ProviderRow } from './ProviderRow.tsx';
import { RecoveryCodesDialog } from './RecoveryCodesDialog.tsx';
import { RemoveSecondFactorDialog } from './RemoveSecondFactorDialog.tsx';

type Shown =
  | { is: 'nothing' }
  | { is: 'password' }
  | { is: 'enrolment'; secret: string; uri: string }
  | { is: 'codes'; codes: string[] }
  | { is: 'removal' };

interface SecurityCardProps {
  account: AccountAnswer | undefined;
  answer: ServerAnswer;
}

const fewCodes = 3;

/** Password, second factor, recovery codes. All of it is the server's, so it needs a connection. */
export function SecurityCard({ account, answer }: SecurityCardProps) {
  const { t } = useTranslation('account');
  const problemText = useProblemText();
  const replica = useReplica();
  const confirm = useReauthentication();
  const online = useSyncPart((status) => status.connection === 'online' && !status.workOffline);
  const [shown, setShown] = useState<Shown>({ is: 'nothing' });
  const [problem, setProblem] = useState('');
  const whyNot = online ? '' : t('needsConnection');
  const close = () => {
    setShown({ is: 'nothing' });
    answer.reload();
  };
  const begin = async () => {
    const outcome = await confirm(() => replica.call('POST', '/v1/account/totp/begin'));
    const begun = outcome.ok ? totpBegunSchema.safeParse(outcome.value).data : undefined;
    if (begun) setShown({ is: 'enrolment', ...begun });
    else if (!outcome.ok) report(outcome.error);
  };
  const renew = async () => {
    const outcome = await confirm(() => replica.call('POST', '/v1/account/recovery-codes'));
    const made = outcome.ok ? recoveryCodesSchema.safeParse(outcome.value).data : undefined;
    if (made) setShown({ is: 'codes', codes: made.recoveryCodes });
    else if (!outcome.ok) report(outcome.error);
  };
  const report = (refusal: Problem) =>
    // Who gave up knows why nothing happened.
    setProblem(refusal.code === 'reauthentication_required' ? '' : problemText(refusal));
  return (
    <section className={classes.card} aria-label={t('security.title')}>
      <div className={classes.cardHead}>
        <div className={classes.cardWords}>
          <h2 className={classes.cardTitle}>{t('security.title')}</h2>
          <p className={classes.quiet}>{t('security.text')}</p>
        </div>
        {answer.loading && <Loader size="xs" />}
      </div>
      {(problem !== '' || (answer.problem && !account)) && (
        <Alert color={online ? 'red' : 'gray'} icon={<IconAlertCircle size={16} />} m="0 16px 12px" role="status">
          {problem || (answer.problem && problemText(answer.problem))}
        </Alert>
      )}
      {account?.hasPassword && (
        <AccountRow
          icon={<IconKey size={18} />}
          title={t('password.label')}
          text={
            account.passwordChangedAt !== '' && (
              <>
                {t('password.changed')} <RelativeTime instant={account.passwordChangedAt} />
              </>
            )
          }
        >
          <GuardedButton
            variant="default"
            whyNot={whyNot}
            data-testid="change-password"
            onClick={() => setShown({ is: 'password' })}
          >
            {t('password.change')}
          </GuardedButton>
        </AccountRow>
      )}
      {account?.provider && (
        <ProviderRow tie={account.provider} hasPassword={account.hasPassword} onReleased={answer.reload} />
      )}
      {account && (
        <AccountRow
          testId="second-factor-row"
          icon={<IconDeviceMobile size={18} />}
          title={
            <>
              {t('factor.title')}
              <Badge
                variant="light"

                color={account.totp ? 'teal' : 'gray'}
                data-testid="second-factor-state"
                data-on={account.totp}
              >
                {t(account.totp ? 'factor.on' : 'factor.off')}
              </Badge>
            </>
          }
          text={t(account.totp ? 'factor.onText' : 'factor.offText')}
        >
          {account.totp ? (
            <GuardedButton
              variant="default"
              whyNot={whyNot}
              data-testid="remove-factor"
              onClick={() => setShown({ is: 'removal' })}
            >
              {t('factor.remove')}
            </GuardedButton>
          ) : (
            <GuardedButton whyNot={whyNot} data-testid="enrol" onClick={() => void begin()}>
              {t('factor.setUp')}
            </GuardedButton>
          )}
        </AccountRow>
      )}
      {account?.totp && (
        <AccountRow
          icon={<IconLifebuoy size={18} />}
          title={
            <Group gap={8}>
              {t('recovery.title')}
              <Badge variant="light" color={account.recoveryCodesLeft <= fewCodes ? 'orange' : 'gray'}>
                {t('recovery.left', { count: account.recoveryCodesLeft })}
              </Badge>
            </Group>
          }
          text={t('recovery.text')}
        >
          <GuardedButton variant="default" whyNot={whyNot} data-testid="renew-codes" onClick={() => void renew()}>
            {t('recovery.renew')}
          </GuardedButton>
        </AccountRow>
      )}
      {shown.is === 'password' && account && <ChangePasswordDialog email={account.email} onClose={close} />}
      {shown.is === 'enrolment' && (
        <EnrolmentDialog
          {...shown}
          onClose={close}
          onConfirmed={(codes) => {
            answer.reload();
            setShown({ is: 'codes', codes });
          }}
        />
      )}
      {shown.is === 'codes' && <RecoveryCodesDialog codes={shown.codes} email={account?.email ?? ''} onClose={close} />}
      {shown.is === 'removal' && <RemoveSecondFactorDialog onClose={close} />}
    </section>
  );
}
