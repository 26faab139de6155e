import { Kbd } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { accessTargetOf } from '#shared/domain/access/decideAccess.ts';
import type { RecordEnvelope } from '#shared/records/envelope.ts';
import { useAccess } from '#renderer/data/hooks/useAccess.ts';
import { useTransitionSentence } from '#renderer/data/hooks/useTransitionSentence.ts';
import { GuardedButton } from '#renderer/ui/GuardedButton.tsx';
import classes from './Anomalies.module.css';
import type { OpenDialog } from './AnomalyDialog.tsx';
import { useAnomalyActions } from './useAnomalyActions.ts';

interface AnomalyActionsProps {
  record: RecordEnvelope;
  onDialog: (type: OpenDialog['type']) => void;
}

/** The acts of triage with their keys; what is not possible now stays visible and says why. */
export function AnomalyActions({ record, onDialog }: AnomalyActionsProps) {
  const { t } = useTranslation('anomalies');
  const actions = useAnomalyActions();
  const access = useAccess();
  const sentence = useTransitionSentence();
  const why = (to: string) => {
    const problem = actions.problemOf(record, to);
    return problem ? sentence('anomaly', problem, record.status, to, accessTargetOf(record)) : '';
  };
  const noRight = access('anomalies.edit', accessTargetOf(record));
  const reopens = record.status === 'resolved';
  return (
    <div className={classes.actions}>
      <Act
        name="investigate"
        label={reopens ? t('act.reopen') : t('act.investigate')}
        shortcut="I"
        why={why('investigating')}
        primary={record.status === 'detected'}
        onAct={() => void actions.investigate(record)}
      />
      <Act
        name="resolved"
        label={t('act.resolve')}
        shortcut="R"
        why={why('resolved')}
        primary={record.status === 'investigating'}
        onAct={() => onDialog('resolved')}
      />
      <Act
        name="false_positive"
        label={t('act.falsePositive')}
        shortcut="F"
        why={why('false_positive')}
        onAct={() => onDialog('false_positive')}
      />
      <Act name="assign" label={t('act.assign')} shortcut="A" why={noRight} onAct={() => onDialog('assign')} />
      <Act name="snooze" label={t('act.snooze')} shortcut="S" why={noRight} onAct={() => onDialog('snooze')} />
    </div>
  );
}

interface ActProps {
  name: string;
  label: string;
  shortcut: string;
  /** Why it is not possible now; '' = it is. */
  why: string;
  primary?: boolean;
  onAct: () => void;
}

function Act({ name, label, shortcut, why, primary, onAct }: ActProps) {
  return (
    <GuardedButton
      size="xs"
      variant={primary && why === '' ? 'filled' : 'default'}
      whyNot={why}
      data-testid={`transition-${name === 'investigate' ? 'investigating' : name}`}
      rightSection={<Kbd size="xs">{shortcut}</Kbd>}
      onClick={onAct}
    >
      {label}
    </GuardedButton>
  );
}
