import { Alert, Button, Group, Stack } from '@mantine/core';
import { IconAlertTriangle, IconCircleCheck } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import classes from './Exchange.module.css';
import type { ImportChoice } from './importChoices.ts';

export interface ImportResult {
  counts: Record<ImportChoice, number>;
  refused: { name: string; message: string }[];
  /** Rules of the file that could not be read. */
  faults: number;
}

/** What came of an import. Everything is in the replica; what is not sent yet waits in the outbox. */
export function ImportSummary({ result, onClose }: { result: ImportResult; onClose: () => void }) {
  const { t } = useTranslation('simulator');
  const { counts, refused, faults } = result;
  return (
    <Stack gap="md" data-testid="import-summary">
      <Alert color={refused.length === 0 ? 'teal' : 'orange'} icon={<IconCircleCheck size={16} />}>
        <ul className={classes.faults}>
          {(['add', 'overwrite', 'copy', 'skip'] as const).map((choice) =>
            counts[choice] === 0 ? null : (
              <li key={choice}>{t(`exchange.done.${choice}`, { count: counts[choice] })}</li>
            ),
          )}
          {faults > 0 && <li>{t('exchange.done.faults', { count: faults })}</li>}
        </ul>
        <p className={classes.quiet}>{t('exchange.sent')}</p>
      </Alert>
      {refused.length > 0 && (
        <Alert
          color="red"
          icon={<IconAlertTriangle size={16} />}
          title={t('exchange.refused', { count: refused.length })}
        >
          <ul className={classes.faults}>
            {refused.map(({ name, message }, index) => (
              <li key={`${name}/${index}`}>
                <bdi>{name}</bdi>: <bdi>{message}</bdi>
              </li>
            ))}
          </ul>
        </Alert>
      )}
      <Group justify="flex-end">
        <Button onClick={onClose} data-autofocus>
          {t('exchange.close')}
        </Button>
      </Group>
    </Stack>
  );
}
