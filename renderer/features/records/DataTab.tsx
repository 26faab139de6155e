import { Button, CopyButton } from '@mantine/core';
import { IconCheck, IconCopy } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { RecordEnvelope } from '#shared/records/envelope.ts';
import classes from './Records.module.css';

/** The record as it is kept, to read and to copy. */
export function DataTab({ record }: { record: RecordEnvelope }) {
  const { t } = useTranslation('records');
  const text = JSON.stringify(record, null, 2);
  return (
    <div className={classes.dataTab}>
      <CopyButton value={text}>
        {({ copied, copy }) => (
          <Button
            size="xs"
            variant="default"
            leftSection={copied ? <IconCheck size={14} /> : <IconCopy size={14} />}
            onClick={copy}
          >
            {copied ? t('copied') : t('copyData')}
          </Button>
        )}
      </CopyButton>
      <pre className={classes.data} dir="ltr" tabIndex={0} aria-label={t('tab.data')}>
        {text}
      </pre>
    </div>
  );
}
