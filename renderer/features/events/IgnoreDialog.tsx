import { useTranslation } from 'react-i18next';
import type { CommandControl } from '#renderer/data/hooks/useCommand.ts';
import { ReasonDialog } from '#renderer/ui/ReasonDialog.tsx';

interface IgnoreDialogProps {
  eventIds: readonly string[];
  control: CommandControl;
  onClose: () => void;
}

/** Puts failed events aside, with the reason that the log keeps. */
export function IgnoreDialog({ eventIds, control, onClose }: IgnoreDialogProps) {
  const { t } = useTranslation('automation');
  return (
    <ReasonDialog
      reason="required"
      words={{
        title: t('events.ignoreTitle', { count: eventIds.length }),
        confirm: t('events.ignore'),
        cancel: t('cancel'),
        reason: t('reason'),
        reasonHelp: t('reasonHelp'),
        reasonMissing: t('reasonMissing'),
      }}
      onClose={onClose}
      onConfirm={(reason) => {
        onClose();
        void control.give('ignoreEvents', { eventIds: [...eventIds], reason });
      }}
    >
      {t('events.ignoreText')}
    </ReasonDialog>
  );
}
