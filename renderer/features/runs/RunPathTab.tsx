import { SegmentedControl } from '@mantine/core';
import { IconRoute } from '@tabler/icons-react';
import { useState } from 'react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { Step } from '#shared/resources/automation/step.ts';
import type { Run, StepTrace } from '#shared/resources/runs/run.ts';
import { stepOutline } from '#renderer/data/automation/stepOutline.ts';
import { useAutomationWords } from '#renderer/data/hooks/useAutomationWords.ts';
import { EmptyState } from '#renderer/ui/EmptyState.tsx';
import { Outline } from '#renderer/ui/Outline.tsx';
import { runPath } from './runPath.ts';
import classes from './Runs.module.css';

interface RunPathTabProps {
  record: Run;
  /** Of the revision the run began with; undefined where it is not here. */
  steps: readonly Step[] | undefined;
  flow: ((steps: readonly Step[], traces: readonly StepTrace[]) => ReactNode) | undefined;
  onOpen: (stepId: string) => void;
}

/** The rule's steps with the way the run took through them, as an outline or as a flow. */
export function RunPathTab({ record, steps, flow, onOpen }: RunPathTabProps) {
  const { t } = useTranslation('automation');
  const words = useAutomationWords();
  const [view, setView] = useState('outline');
  if (!steps)
    return <EmptyState icon={<IconRoute size={32} />} title={t('path.missing')} description={t('path.missingText')} />;
  const ended = record.status !== 'running' && record.status !== 'waiting';
  return (
    <div className={classes.path}>
      {flow && (
        <SegmentedControl
          size="xs"
          aria-label={t('path.view')}
          data={[
            { value: 'outline', label: t('path.outline') },
            { value: 'flow', label: t('path.flow') },
          ]}
          value={view}
          onChange={setView}
        />
      )}
      {flow && view === 'flow' ? (
        <div className={classes.flow}>{flow(steps, record.body.steps)}</div>
      ) : (
        <Outline
          nodes={stepOutline(steps, words, runPath(record.body.steps, ended))}
          label={t('logic.steps')}
          markWords={(mark) => t(`stepState.${mark}`)}
          onOpen={onOpen}
        />
      )}
    </div>
  );
}
