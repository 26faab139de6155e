import { Button, Progress } from '@mantine/core';
import { IconAlertTriangle, IconCircleCheck, IconClockUp, IconLoader2, IconX } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import classes from './CommandNotice.module.css';

interface CommandNoticeProps {
  command: {
    status: 'queued' | 'running' | 'done' | 'failed' | 'refused' | 'aborted';
    badge: 'synced' | 'waiting' | 'conflict' | 'refused';
    /** Percent. */
    progress: number;
    problem: string;
    ended: boolean;
  };
  /** What was commanded. */
  title: string;
  onAbort: () => void;
  onClose: () => void;
  /** The result, once there is one. */
  children?: ReactNode;
}

/** How a command goes: not sent yet, under way with its progress, or how it ended. Said aloud when it changes. */
export function CommandNotice({ command, title, onAbort, onClose, children }: CommandNoticeProps) {
  const { t } = useTranslation('automation');
  const { status, badge, progress, problem, ended } = command;
  const state = status === 'queued' && badge !== 'synced' ? 'unsent' : status;
  const Icon = icons[state];
  return (
    <div className={classes.notice} data-state={state} role="status" data-testid="command" data-status={status}>
      <div className={classes.row}>
        <Icon size={16} className={classes.icon} aria-hidden="true" />
        <div className={classes.words}>
          <b>{title}</b> <span>{t(`command.${state}`)}</span>
        </div>
        {!ended && (
          <Button size="compact-xs" variant="default" data-testid="command-abort" onClick={onAbort}>
            {t('command.abort')}
          </Button>
        )}
        {(ended || state === 'unsent') && (
          <Button
            size="compact-xs"
            variant="subtle"
            color="gray"
            leftSection={<IconX size={12} />}
            data-testid="command-close"
            onClick={onClose}
          >
            {t('close')}
          </Button>
        )}
      </div>
      {status === 'running' && (
        <Progress value={progress} size="sm" aria-label={t('command.progress')} transitionDuration={100} />
      )}
      {problem !== '' && <p className={classes.problem}>{problem}</p>}
      {children}
    </div>
  );
}

const icons = {
  unsent: IconClockUp,
  queued: IconLoader2,
  running: IconLoader2,
  done: IconCircleCheck,
  failed: IconAlertTriangle,
  refused: IconAlertTriangle,
  aborted: IconX,
} as const;
