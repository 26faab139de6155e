import { Badge, Button, Group, Modal, PasswordInput, Select, Stack } from '@mantine/core';
import { IconDialpad, IconLock, IconWifiOff } from '@tabler/icons-react';
import type { FormEvent } from 'react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useLock, useLockState } from '#renderer/data/hooks/useLock.ts';
import { useRecordWords } from '#renderer/data/hooks/useRecordWords.ts';
import { lockDelays, pinSchema } from '#shared/ipc/lock.ts';
import classes from './Account.module.css';
import { AccountRow } from './AccountRow.tsx';

/** The lock of this computer's console. Kept here, so it works without a connection. */
export function ComputerCard({ hasPassword }: { hasPassword: boolean | undefined }) {
  const { t } = useTranslation('account');
  const words = useRecordWords();
  const lock = useLock();
  const { secret, graceEndsAt, offlineDays } = useLockState();
  const { lockAfterMinutes } = lock.settings();
  const [asking, setAsking] = useState(false);
  const withPin = hasPassword === false || secret === 'pin';
  return (
    <section className={classes.card} aria-label={t('computer.title')}>
      <div className={classes.cardHead}>
        <div className={classes.cardWords}>
          <h2 className={classes.cardTitle}>{t('computer.title')}</h2>
          <p className={classes.quiet}>{t('computer.text')}</p>
        </div>
        <Button variant="default" leftSection={<IconLock size={14} />} onClick={() => void lock.lock('asked')}>
          {t('computer.lockNow')}
        </Button>
      </div>
      <AccountRow icon={<IconLock size={18} />} title={t('computer.lockAfter')} text={t('computer.lockAfterText')}>
        <Select
          w={180}
          aria-label={t('computer.lockAfter')}
          data-testid="lock-after"
          allowDeselect={false}
          value={String(lockAfterMinutes)}
          data={lockDelays.map((minutes) => ({
            value: String(minutes),
            label: minutes === 0 ? t('computer.never') : t('computer.minutes', { count: minutes }),
          }))}
          onChange={(value) => {
            const minutes = lockDelays.find((one) => String(one) === value);
            if (minutes !== undefined) void lock.setLockAfter(minutes);
          }}
        />
      </AccountRow>
      {withPin && (
        <AccountRow
          icon={<IconDialpad size={18} />}
          title={
            <>
              {t('pin.label')}
              <Badge variant="light" color={secret === 'pin' ? 'teal' : 'gray'}>
                {t(secret === 'pin' ? 'factor.on' : 'factor.off')}
              </Badge>
            </>
          }
          text={t(secret === 'pin' ? 'pin.onText' : 'pin.offText')}
        >
          {secret === 'pin' && (
            <Button variant="default" onClick={() => void lock.setPin(null)}>
              {t('pin.remove')}
            </Button>
          )}
          <Button variant="default" onClick={() => setAsking(true)} data-testid="set-pin">
            {t(secret === 'pin' ? 'pin.change' : 'pin.set')}
          </Button>
        </AccountRow>
      )}
      <AccountRow
        icon={<IconWifiOff size={18} />}
        title={offlineDays === 0 ? t('computer.offlineNone') : t('computer.offline', { count: offlineDays })}
        text={graceEndsAt !== '' && t('computer.offlineUntil', { date: words.instant(graceEndsAt) })}
        testId="offline-days"
      />
      {asking && <PinDialog onClose={() => setAsking(false)} />}
    </section>
  );
}

function PinDialog({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation('account');
  const lock = useLock();
  const [pin, setPin] = useState('');
  const [again, setAgain] = useState('');
  const good = pinSchema.safeParse(pin).success;
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    await lock.setPin(pin);
    onClose();
  };
  return (
    <Modal opened onClose={onClose} title={t('pin.set')} centered size="sm">
      <form onSubmit={(event) => void submit(event)}>
        <Stack gap="sm">
          <PasswordInput
            label={t('pin.label')}
            description={t('pin.help')}
            inputMode="numeric"
            size="sm"
            dir="ltr"
            data-autofocus
            data-testid="pin"
            value={pin}
            error={pin !== '' && !good ? t('pin.bad') : undefined}
            onChange={(event) => setPin(event.currentTarget.value)}
          />
          <PasswordInput
            label={t('pin.repeat')}
            inputMode="numeric"
            size="sm"
            dir="ltr"
            data-testid="pin-again"
            value={again}
            error={again !== '' && again !== pin ? t('pin.differs') : undefined}
            onChange={(event) => setAgain(event.currentTarget.value)}
          />
          <Group justify="flex-end" gap="xs">
            <Button variant="default" onClick={onClose}>
              {t('cancel')}
            </Button>
            <Button type="submit" disabled={!good || pin !== again} data-testid="save-pin">
              {t('pin.set')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
