import { Alert, Button, Checkbox, CopyButton, Group, Modal, Stack } from '@mantine/core';
import { IconAlertTriangle, IconCheck, IconCopy, IconDownload, IconPrinter } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import classes from './Account.module.css';
import { printText } from './printText.ts';

interface RecoveryCodesDialogProps {
  codes: readonly string[];
  email: string;
  onClose: () => void;
}

/** Shown once, since the server keeps only what checks them: closes only when the person says that they kept them. */
export function RecoveryCodesDialog({ codes, email, onClose }: RecoveryCodesDialogProps) {
  const { t } = useTranslation('account');
  const [kept, setKept] = useState(false);
  const text = `${t('recovery.file', { email })}\n\n${codes.join('\n')}\n`;
  const save = () =>
    window.steward.file.saveText({ suggestedName: 'steward-recovery-codes.txt', mimeType: 'text/plain', text });
  return (
    <Modal
      opened
      onClose={onClose}
      withCloseButton={false}
      closeOnEscape={false}
      closeOnClickOutside={false}
      title={t('recovery.title')}
      centered
    >
      <Stack gap="md">
        <Alert color="yellow" icon={<IconAlertTriangle size={16} />}>
          {t('recovery.once')}
        </Alert>
        <ul className={classes.codes} dir="ltr" data-testid="recovery-codes">
          {codes.map((code) => (
            <li key={code}>{code}</li>
          ))}
        </ul>
        <Group gap="xs">
          <CopyButton value={codes.join('\n')}>
            {({ copied, copy }) => (
              <Button
                variant="default"
                onClick={copy}
                leftSection={copied ? <IconCheck size={14} /> : <IconCopy size={14} />}
              >
                {t(copied ? 'copied' : 'copy')}
              </Button>
            )}
          </CopyButton>
          <Button
            variant="default"
            leftSection={<IconDownload size={14} />}
            onClick={() => void save()}
            data-testid="save-codes"
          >
            {t('recovery.save')}
          </Button>
          <Button variant="default" leftSection={<IconPrinter size={14} />} onClick={() => printText(text)}>
            {t('recovery.print')}
          </Button>
        </Group>
        <Checkbox
          label={t('recovery.kept')}
          checked={kept}
          onChange={(event) => setKept(event.currentTarget.checked)}
          data-testid="codes-kept"
        />
        <Group justify="flex-end">
          <Button disabled={!kept} onClick={onClose} data-testid="codes-done">
            {t('recovery.done')}
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}
