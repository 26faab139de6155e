import { IconAlertTriangle, IconArrowsSplit, IconClockUp, IconCloudCheck } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import classes from './SyncMark.module.css';

const marks = {
  synced: IconCloudCheck,
  waiting: IconClockUp,
  conflict: IconArrowsSplit,
  refused: IconAlertTriangle,
} as const;

/** Whether the server has what is shown: a shape, a colour and a word. Waiting is violet everywhere. */
export function SyncMark({ badge }: { badge: keyof typeof marks }) {
  const { t } = useTranslation('words');
  const Mark = marks[badge];
  return (
    <span className={classes.mark} data-badge={badge} data-testid="sync-mark">
      <Mark size={14} aria-hidden="true" />
      {t(`sync.${badge}`)}
    </span>
  );
}
