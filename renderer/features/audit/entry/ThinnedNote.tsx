import { Alert } from '@mantine/core';
import { IconHourglassEmpty } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { numberIn, textIn } from '#shared/records/readBody.ts';
import type { EntryView } from '#renderer/data/audit/entryView.ts';
import { useRecordList } from '#renderer/data/hooks/useRecordList.ts';
import { useRecordWords } from '#renderer/data/hooks/useRecordWords.ts';
import classes from './Entry.module.css';

/** Which rule removed the content of an entry, as its marker says. */
export function ThinnedNote({ entry }: { entry: EntryView }) {
  const { t } = useTranslation('audit');
  const words = useRecordWords();
  const { rows } = useRecordList({ kind: 'auditGap' });
  const mark = entry.body.thinned?.mark ?? '';
  const marker = rows.find(
    ({ record }) => record.tenantId === entry.tenantId && textIn(record.body, 'mark') === mark && mark !== '',
  )?.record.body;
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
