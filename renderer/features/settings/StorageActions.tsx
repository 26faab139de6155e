import { Alert, Button, Tooltip } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { IconAlertTriangle, IconCheck } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useReplica } from '#renderer/data/hooks/useReplica.ts';
import { byteText } from './byteText.ts';
import classes from './Storage.module.css';

/** Looks after the replica's file: gives unused space back, looks for damage. */
export function StorageActions({ onDone }: { onDone: () => Promise<void> }) {
  const { t, i18n } = useTranslation('settings');
  const replica = useReplica();
  const [busy, setBusy] = useState<'compact' | 'check'>();
  /** What the last look through the file found; undefined before it. */
  const [faults, setFaults] = useState<readonly string[]>();
  const act = async (purpose: 'compact' | 'check', work: () => Promise<void>) => {
    setBusy(purpose);
    try {
      await work();
      await onDone();
    } catch (error) {
      const message = error instanceof Error ? error.message : String(error);
      notifications.show({ color: 'red', title: t(`storage.${purpose}Failed`), message });
    } finally {
      setBusy(undefined);
    }
  };
  const compact = () =>
    act('compact', async () => {
      const { before, after } = await replica.compactStorage();
      const sizes = { before: byteText(before, i18n.language), after: byteText(after, i18n.language) };
      notifications.show({
        title: t('storage.compacted'),
        message: after < before ? t('storage.compactedText', sizes) : t('storage.compactedNothing', sizes),
      });
    });
  const check = () => act('check', async () => setFaults(await replica.checkStorage()));
  return (
    <>
      <div className={classes.actions}>
        <Tooltip label={t('storage.compactHint')} multiline maw={300}>
          <Button
            variant="default"
            loading={busy === 'compact'}
            disabled={busy === 'check'}
            data-testid="storage-compact"
            onClick={() => void compact()}
          >
            {t('storage.compact')}
          </Button>
        </Tooltip>
        <Tooltip label={t('storage.checkHint')} multiline maw={300}>
          <Button
            variant="default"
            loading={busy === 'check'}
            disabled={busy === 'compact'}
            data-testid="storage-check"
            onClick={() => void check()}
          >
            {t('storage.check')}
          </Button>
        </Tooltip>
      </div>
      {faults && (
        <Alert
          className={classes.checked}
          variant="light"
          color={faults.length === 0 ? 'teal' : 'red'}
          icon={faults.length === 0 ? <IconCheck size={16} /> : <IconAlertTriangle size={16} />}
          title={faults.length === 0 ? undefined : t('storage.damaged')}
          withCloseButton
          closeButtonLabel={t('storage.close')}
          onClose={() => setFaults(undefined)}
          role="status"
          data-testid="storage-checked"
        >
          {faults.length === 0 ? (
            t('storage.undamaged')
          ) : (
            <>
              <ul className={classes.faults} dir="ltr">
                {faults.map((fault) => (
                  <li key={fault}>{fault}</li>
                ))}
              </ul>
              {t('storage.damagedAdvice')}
            </>
          )}
        </Alert>
      )}
    </>
  );
}
