import { SegmentedControl } from '@mantine/core';
import { IconRoute } from '@tabler/icons-react';
import { useState } from 'react';
import type { ComponentType } from 'react';
import { useTranslation } from 'react-i18next';
import type { Step } from '#shared/resources/automation/step.ts';
import type { Run } from '#shared/resources/runs/run.ts';
import type { OutlinePath } from '#renderer/data/automation/stepOutline.ts';
import { stepOutline } from '#renderer/data/automation/stepOutline.ts';
import { useAutomationWords } from '#renderer/data/hooks/useAutomationWords.ts';
import { EmptyState } from '#renderer/ui/EmptyState.tsx';
import { Outline } from '#renderer/ui/Outline.tsx';
import { runPath } from './runPath.ts';
import classes from './Runs.module.css';

/** Draws a rule's steps with the way a run took. */
export type RunFlowComponent = ComponentType<{
  steps: readonly Step[];
  path: OutlinePath;
  onOpen: (stepId: string) => void;
}>;

interface RunPathTabProps {
  record: Run;
  /** Of the revision the run began with; undefined where it is not here. */
  steps: readonly Step[] | undefined;
  /** Draws the steps as a flow. */
  Flow: RunFlowComponent;
  onOpen: (stepId: string) => void;
}

/** The rule's steps with the way the run took through them, as an outline or as a flow. */
export function RunPathTab({ record, steps, Flow, onOpen }: RunPathTabProps) {
  const { t } = useTranslation('automation');
  const words = useAutomationWords();
  const [view, setView] = useState('outline');
  if (!steps)
    return <EmptyState icon={<IconRoute size={32} />} title={t('path.missing')} description={t('path.missingText')} />;
  const path = runPath(record.body.steps, record.status !== 'running' && record.status !== 'waiting');
  return (
    <div className={classes.path}>
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
      {view === 'flow' ? (
        <div className={classes.flow}>
          <Flow steps={steps} path={path} onOpen={onOpen} />
        </div>
      ) : (
        <Outline
          nodes={stepOutline(steps, words, path)}
          label={t('logic.steps')}
          markWords={(mark) => t(`stepState.${mark}`)}
          onOpen={onOpen}
        />
      )}
    </div>
  );
}
