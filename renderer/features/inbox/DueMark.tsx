import { IconAlarm } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { RelativeTime } from '#renderer/ui/RelativeTime.tsx';
import { useNow } from '#renderer/ui/useNow.ts';
import classes from './Work.module.css';

/** When something is due, or since when it is overdue; nothing for ''. */
export function DueMark({ instant }: { instant: string }) {
  const { t } = useTranslation('inbox');
  const now = useNow();
  if (instant === '') return null;
  const overdue = Date.parse(instant) < now;
  return (
    <span className={classes.due} data-overdue={overdue || undefined}>
      <IconAlarm size={14} aria-hidden="true" />
      {overdue ? t('tasks.overdue') : t('tasks.due')} <RelativeTime instant={instant} />
    </span>
  );
}
