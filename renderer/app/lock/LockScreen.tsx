import { Alert, Anchor, Avatar, Button, Group, PasswordInput } from '@mantine/core';
import { IconLock } from '@tabler/icons-react';
import type { FormEvent } from 'react';
import { useCallback, useState, useSyncExternalStore } from 'react';
import { useTranslation } from 'react-i18next';
import { useLock, useLockState } from '#renderer/data/hooks/useLock.ts';
import { ReplicaContext } from '#renderer/data/hooks/replicaContext.ts';
import type { Replica } from '#renderer/data/replicaApi.ts';
import type { AppInfo } from '#shared/ipc/contract.ts';
import { CapsLockHint } from '../signIn/CapsLockHint.tsx';
import { Gate } from '../signIn/Gate.tsx';
import gate from '../signIn/SignIn.module.css';
import { useSetup } from '../signIn/useSetup.ts';
import { Ways } from '../signIn/Ways.tsx';
import { useCountdown } from '../signIn/useCountdown.ts';
import classes from './Lock.module.css';

/** Who is signed in, and what opens the console. Nothing else of it is in the document meanwhile. */
export function LockScreen({ replica, info }: { replica: Replica; info: AppInfo }) {
  const { t } = useTranslation('account');
  const { locked, opensWith } = useLockState();
  const name = replica.principal()?.name ?? '';
  return (
    <ReplicaContext value={replica}>
      <Gate label={name} ways={<Leave replica={replica} />} data-testid="lock-screen" data-reason={locked}>
        <div className={classes.person}>
          <Avatar size={48} radius={48} color="teal" name={name} />
          <div>
            <h1 className={gate.title}>{name}</h1>
            <p className={gate.quiet}>{t(`lock.reason.${locked === '' ? 'asked' : locked}`)}</p>
          </div>
        </div>
        {opensWith === 'sign_in' ? (
          <Online info={info} grace={locked === 'grace'} />
        ) : (
          <SecretForm kind={opensWith} replica={replica} />
        )}
      </Gate>
    </ReplicaContext>
  );
}

/** Until when the console opens although its server is not heard. */
function OfflineUntil({ replica }: { replica: Replica }) {
  const { t, i18n } = useTranslation('account');
  const { locked, graceEndsAt } = useLockState();
  const subscribe = useCallback((listener: () => void) => replica.onStatus(listener), [replica]);
  const online = useSyncExternalStore(subscribe, () => replica.status().connection === 'online');
  if (online || locked === 'grace' || graceEndsAt === '') return null;
  const date = new Intl.DateTimeFormat(i18n.language, { dateStyle: 'medium', timeStyle: 'short' }).format(
    new Date(graceEndsAt),
  );
  return (
    <p className={gate.quiet} data-testid="offline-until">
      {t('computer.offlineUntil', { date })}
    </p>
  );
}

function Online({ info, grace }: { info: AppInfo; grace: boolean }) {
  const { t } = useTranslation('account');
  const setup = useSetup();
  return (
    <>
      <Alert color="yellow" icon={<IconLock size={16} />}>
        {t(grace ? 'lock.grace' : 'lock.signInOnline')}
      </Alert>
      <Ways info={info} setup={setup} />
    </>
  );
}

function SecretForm({ kind, replica }: { kind: 'password' | 'pin'; replica: Replica }) {
  const { t } = useTranslation('account');
  const lock = useLock();
  const { triesLeft, waitSeconds } = useLockState();
  const [secret, setSecret] = useState('');
  const [wrong, setWrong] = useState(false);
  const [busy, setBusy] = useState(false);
  const [waitedFrom, setWaitedFrom] = useState(() => Date.now());
  const wait = useCountdown(waitedFrom + waitSeconds * 1000);
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    setBusy(true);
    const answer = await lock.unlock(secret);
    setBusy(false);
    setWaitedFrom(Date.now());
    setSecret('');
    setWrong(!answer.opened);
  };
  const problem =
    wait > 0 ? t('lock.wait', { count: wait }) : wrong ? t('lock.wrong', { count: triesLeft }) : undefined;
  return (
    <form className={gate.form} onSubmit={(event) => void submit(event)}>
      <PasswordInput
        label={t(kind === 'pin' ? 'pin.label' : 'password.label')}
        autoComplete="current-password"
        inputMode={kind === 'pin' ? 'numeric' : 'text'}
        size="sm"
        dir="ltr"
        autoFocus
        data-testid="unlock-secret"
        value={secret}
        error={problem}
        onChange={(event) => setSecret(event.currentTarget.value)}
      />
      <CapsLockHint />
      <Button type="submit" size="sm" loading={busy} disabled={secret === '' || wait > 0} data-testid="unlock">
        {t('lock.unlock')}
      </Button>
      <OfflineUntil replica={replica} />
    </form>
  );
}

/** Signing out removes what is here, so it is asked once more; in place, since no dialog is drawn while it is locked. */
function Leave({ replica }: { replica: Replica }) {
  const { t } = useTranslation('account');
  const [asking, setAsking] = useState(false);
  const { unsent } = replica.status();
  if (!asking)
    return (
      <Anchor component="button" type="button" size="xs" onClick={() => setAsking(true)}>
        {t('lock.signOut')}
      </Anchor>
    );
  return (
    <div className={classes.leave}>
      <span>{unsent > 0 ? t('lock.signOutUnsent', { count: unsent }) : t('lock.signOutText')}</span>
      <Group justify="flex-end" gap="xs">
        <Button variant="default" onClick={() => setAsking(false)}>
          {t('cancel')}
        </Button>
        <Button color="red" onClick={() => void replica.signOut({ discard: true })}>
          {t('lock.signOut')}
        </Button>
      </Group>
    </div>
  );
}
