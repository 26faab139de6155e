import { Alert } from '@mantine/core';
import { IconHourglassEmpty } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { numberIn, textIn } from '#shared/records/readBody.ts';
import type { EntryView } from '#renderer/data/audit/entryView.ts';
import { useRecord } from '#renderer/data/hooks/useRecord.ts';
import { useRecordWords } from '#renderer/data/hooks/useRecordWords.ts';
import classes from './Entry.module.css';

/** Which rule removed the content of an entry, as its marker says. */
export function ThinnedNote({ entry }: { entry: EntryView }) {
  const { t } = useTranslation('audit');
  const words = useRecordWords();
  // A marker is the record whose id the entries that it covers name.
  const found = useRecord('auditGap', entry.body.thinned?.mark ?? '')?.record;
  const marker = found?.tenantId === entry.tenantId ? found.body : undefined;
  return (
    <Alert
      variant="light"
      color="gray"
      icon={<IconHourglassEmpty size={18} />}
      style={{ flexShrink: 0 }}
      data-testid="entry-thinned"
    >
      <p className={classes.quiet}>
        {marker
          ? t('thinned.by', { rule: textIn(marker, 'reason'), time: words.instant(textIn(marker, 'removedAt')) })
          : t('thinned.unknown')}
      </p>
      {marker && (
        <p className={classes.quiet}>
          {t('thinned.stays', { first: numberIn(marker, 'first'), last: numberIn(marker, 'last') })}
        </p>
      )}
    </Alert>
  );
}
