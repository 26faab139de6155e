import { Alert } from '@mantine/core';
import { IconDatabaseHeart } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useRecordWords } from '#renderer/data/hooks/useRecordWords.ts';
import { useSyncPart } from '#renderer/data/hooks/useSyncStatus.ts';
import classes from './Notices.module.css';

/** Says that the replica's file was damaged, what could be saved and what is to be looked at. Stays until it is closed. */
export function RescueNotice() {
  const { t } = useTranslation('shell');
  const words = useRecordWords();
  const rescue = useSyncPart((status) => status.rescue);
  const [read, setRead] = useState('');
  if (!rescue || rescue.keptAs === read) return null;
  const { at, unsent, inbox, incomplete, keptAs } = rescue;
  const saved = [
    ...(unsent > 0 ? [t('rescue.unsent', { count: unsent })] : []),
    ...(inbox > 0 ? [t('rescue.inbox', { count: inbox })] : []),
  ].join(words.listSeparator);
  return (
    <Alert
      classNames={{ root: classes.rescue, title: classes.rescueTitle, message: classes.rescueText }}
      variant="light"
      color={incomplete ? 'red' : 'orange'}
      radius={0}
      icon={<IconDatabaseHeart size={18} />}
      title={t('rescue.title')}
      withCloseButton
      closeButtonLabel={t('close')}
      onClose={() => setRead(keptAs)}
      data-testid="rescue"
      data-unsent={unsent}
      data-incomplete={incomplete}
    >
      <p>
        {t('rescue.text', { time: words.instant(at) })}{' '}
        {saved === '' ? t('rescue.nothing') : t('rescue.saved', { saved })}
        {incomplete && <strong> {t('rescue.incomplete')}</strong>}
      </p>
      <p className={classes.rescueFile}>
        {t('rescue.kept')} <code dir="ltr">{keptAs}</code>
      </p>
    </Alert>
  );
}
