import { ActionIcon, Tooltip } from '@mantine/core';
import {
  IconAlertTriangle,
  IconArrowDown,
  IconArrowUp,
  IconChevronRight,
  IconCopy,
  IconPlus,
  IconTrash,
} from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useAutomationWords } from '#renderer/data/hooks/useAutomationWords.ts';
import { stepIcons, unknownIcon } from '#renderer/ui/stepIcons.ts';
import type { Step } from '#shared/resources/automation/step.ts';
import { AddStepMenu } from '../flow/AddStepMenu.tsx';
import { useEditorStore } from '../model/useEditor.ts';
import { usePartProblems } from '../model/useProblems.ts';
import { useStepActions } from '../model/useStepActions.ts';
import { branchLabel } from '../steps/branchLabel.ts';
import classes from './StepList.module.css';
import type { TreeRow } from './treeRows.ts';

interface StepRowProps {
  row: TreeRow;
  /** The line that keys act on. */
  current: boolean;
  /** Its form is open. */
  chosen: boolean;
  /** Undefined where there is nothing below. */
  expanded: boolean | undefined;
  onCurrent: () => void;
  onToggle: () => void;
}

export function StepRow({ row, current, chosen, expanded, onCurrent, onToggle }: StepRowProps) {
  const { t } = useTranslation('rules');
  const words = useAutomationWords();
  const store = useEditorStore();
  const label = row.type === 'step' ? row.step.name : branchLabel(row.owner, row.name, words);
  return (
    <div
      role="treeitem"
      aria-level={row.level}
      aria-posinset={row.position}
      aria-setsize={row.size}
      aria-selected={chosen}
      aria-expanded={expanded}
      aria-label={row.type === 'step' ? `${words.stepKind(row.step)}: ${label}` : label}
      tabIndex={current ? 0 : -1}
      className={classes.row}
      data-type={row.type}
      data-tone={row.type === 'branch' && row.name === 'errorSteps' ? 'error' : undefined}
      data-chosen={chosen || undefined}
      data-testid={`row-${row.key}`}
      style={{ paddingInlineStart: (row.level - 1) * 16 + 4 }}
      onFocus={onCurrent}
      onClick={() => {
        onCurrent();
        if (row.type === 'step') store.getState().select({ part: 'step', id: row.step.id });
        else onToggle();
      }}
    >
      <button
        type="button"
        className={classes.toggle}
        tabIndex={-1}
        aria-hidden="true"
        data-open={expanded || undefined}
        data-none={expanded === undefined || undefined}
        onClick={(event) => {
          event.stopPropagation();
          onToggle();
        }}
      >
        <IconChevronRight size={14} className="mirrored" />
      </button>
      {row.type === 'step' ? <StepWords step={row.step} /> : <span className={classes.branch}>{label}</span>}
      {row.type === 'branch' && row.count === 0 && <span className={classes.quiet}>{t('list.nothingYet')}</span>}
      <RowActions row={row} label={label} />
    </div>
  );
}

function StepWords({ step }: { step: Step }) {
  const { t } = useTranslation('rules');
  const words = useAutomationWords();
  const problems = usePartProblems({ part: 'step', id: step.id });
  const errors = problems.filter((problem) => problem.severity === 'error').length;
  const Icon = stepIcons[step.type] ?? unknownIcon;
  return (
    <>
      <span className={classes.icon} aria-hidden="true">
        <Icon size={16} />
      </span>
      <span className={classes.words}>
        <span className={classes.name}>
          <bdi>{step.name}</bdi>
        </span>
        <span className={classes.quiet}>
          {[words.stepKind(step), words.stepDetail(step)]
            .filter((part) => part !== '' && part !== step.name)
            .join(' · ')}
        </span>
      </span>
      {problems.length > 0 && (
        <IconAlertTriangle
          className={classes.alert}
          data-error={errors > 0 || undefined}
          size={16}
          role="img"
          aria-label={
            errors > 0
              ? t('problems.errors', { count: errors })
              : t('problems.warnings', { count: problems.length - errors })
          }
        />
      )}
    </>
  );
}

function RowActions({ row, label }: { row: TreeRow; label: string }) {
  const { t } = useTranslation('rules');
  const actions = useStepActions();
  const id = row.type === 'step' ? row.step.id : '';
  const buttons = [
    { name: 'up', Icon: IconArrowUp, act: () => actions.nudge(id, 'up') },
    { name: 'down', Icon: IconArrowDown, act: () => actions.nudge(id, 'down') },
    { name: 'duplicate', Icon: IconCopy, act: () => actions.duplicate(id) },
    { name: 'delete', Icon: IconTrash, act: () => actions.remove(id) },
  ];
  return (
    <span className={classes.actions} onClick={(event) => event.stopPropagation()} role="presentation">
      {id !== '' &&
        buttons.map(({ name, Icon, act }) => (
          <Tooltip key={name} label={t(`step.${name}`)}>
            <ActionIcon size="sm" tabIndex={-1} aria-label={`${t(`step.${name}`)}: ${label}`} onClick={act}>
              <Icon size={14} />
            </ActionIcon>
          </Tooltip>
        ))}
      <AddStepMenu slot={row.after}>
        <ActionIcon size="sm" tabIndex={-1} data-add={row.key} aria-label={t('step.addAfter', { name: label })}>
          <IconPlus size={14} />
        </ActionIcon>
      </AddStepMenu>
    </span>
  );
}
