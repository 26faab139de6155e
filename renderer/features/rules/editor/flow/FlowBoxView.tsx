import { ActionIcon, Menu } from '@mantine/core';
import {
  IconAlertTriangle,
  IconArrowDown,
  IconArrowUp,
  IconClipboardCopy,
  IconCopy,
  IconDots,
  IconFilter,
  IconScissors,
  IconTrash,
} from '@tabler/icons-react';
import { Handle, Position } from '@xyflow/react';
import type { NodeProps } from '@xyflow/react';
import { useTranslation } from 'react-i18next';
import { useAutomationWords } from '#renderer/data/hooks/useAutomationWords.ts';
import { stepIcons, triggerIcons, unknownIcon } from '#renderer/ui/stepIcons.ts';
import type { Step } from '#shared/resources/automation/step.ts';
import type { Selection } from '../model/editorStore.ts';
import { useEditor, useEditorStore } from '../model/useEditor.ts';
import { samePart, usePartProblems } from '../model/useProblems.ts';
import { useStepActions } from '../model/useStepActions.ts';
import classes from './Flow.module.css';
import type { BoxNode } from './flowModel.ts';

/** One box of the flow: the trigger, the conditions, a step, the point where branches meet, or the end. */
export function FlowBoxView({ data }: NodeProps<BoxNode>) {
  const { t } = useTranslation('rules');
  const { box, step } = data;
  return (
    <>
      <Handle type="target" position={Position.Top} className={classes.handle} isConnectable={false} />
      {box.kind === 'join' && <span className={classes.join} />}
      {box.kind === 'end' && <span className={classes.end}>{t('flow.end')}</span>}
      {box.kind === 'trigger' && <TriggerBox />}
      {box.kind === 'conditions' && <ConditionsBox />}
      {step && <StepBox step={step} />}
      <Handle type="source" position={Position.Bottom} className={classes.handle} isConnectable={false} />
    </>
  );
}

function TriggerBox() {
  const { t } = useTranslation('rules');
  const words = useAutomationWords();
  const trigger = useEditor((state) => state.draft.content.trigger);
  const Icon = triggerIcons[trigger.type] ?? unknownIcon;
  return (
    <PartButton
      selection={{ part: 'trigger' }}
      icon={<Icon size={18} />}
      kind={t('flow.when')}
      title={words.trigger(trigger)}
      tone="start"
    />
  );
}

function ConditionsBox() {
  const { t } = useTranslation('rules');
  const words = useAutomationWords();
  const conditions = useEditor((state) => state.draft.content.conditions);
  return (
    <PartButton
      selection={{ part: 'conditions' }}
      icon={<IconFilter size={18} />}
      kind={t('flow.onlyIf')}
      title={words.conditions(conditions) || t('flow.always')}
      tone="start"
    />
  );
}

function StepBox({ step }: { step: Step }) {
  const words = useAutomationWords();
  const Icon = stepIcons[step.type] ?? unknownIcon;
  const detail = words.stepDetail(step);
  const kind = words.stepKind(step);
  return (
    <>
      <PartButton
        selection={{ part: 'step', id: step.id }}
        icon={<Icon size={18} />}
        kind={kind === step.name ? detail : kind}
        detail={kind === step.name ? '' : detail}
        title={step.name}
        tone="step"
      />
      <StepMenu step={step} />
    </>
  );
}

interface PartButtonProps {
  selection: Selection;
  icon: React.ReactNode;
  kind: string;
  title: string;
  detail?: string;
  tone: 'start' | 'step';
}

function PartButton({ selection, icon, kind, title, detail, tone }: PartButtonProps) {
  const { t, i18n } = useTranslation('rules');
  const store = useEditorStore();
  const chosen = useEditor((state) => samePart(state.selection, selection));
  const problems = usePartProblems(selection);
  const errors = problems.filter((problem) => problem.severity === 'error').length;
  const doubts = problems.length - errors;
  return (
    <button
      type="button"
      className={classes.box}
      data-tone={tone}
      data-chosen={chosen || undefined}
      data-problem={errors > 0 ? 'error' : doubts > 0 ? 'warning' : undefined}
      data-testid={selection.part === 'step' ? `flow-step-${selection.id}` : `flow-${selection.part}`}
      aria-pressed={chosen}
      title={detail ? `${title} · ${detail}` : title}
      onClick={() => store.getState().select(selection)}
    >
      <span className={classes.icon} aria-hidden="true">
        {icon}
      </span>
      <span className={classes.words}>
        <span className={classes.kind}>{detail ? `${kind} · ${detail}` : kind}</span>
        <span className={classes.title}>
          {/* What starts a rule is said in the language of the page, whatever name comes first in it. */}
          <bdi dir={tone === 'start' ? i18n.dir() : 'auto'}>{title}</bdi>
        </span>
      </span>
      {problems.length > 0 && (
        <IconAlertTriangle
          className={classes.alert}
          size={16}
          role="img"
          aria-label={errors > 0 ? t('problems.errors', { count: errors }) : t('problems.warnings', { count: doubts })}
        />
      )}
    </button>
  );
}

function StepMenu({ step }: { step: Step }) {
  const { t } = useTranslation('rules');
  const actions = useStepActions();
  return (
    <Menu position="bottom-end" shadow="md" withinPortal withInitialFocusPlaceholder={false}>
      <Menu.Target>
        <ActionIcon
          className={`${classes.more} nodrag`}
          size="sm"
          aria-label={t('step.actionsFor', { name: step.name })}
        >
          <IconDots size={16} />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item leftSection={<IconArrowUp size={14} />} onClick={() => actions.nudge(step.id, 'up')}>
          {t('step.up')}
        </Menu.Item>
        <Menu.Item leftSection={<IconArrowDown size={14} />} onClick={() => actions.nudge(step.id, 'down')}>
          {t('step.down')}
        </Menu.Item>
        <Menu.Item leftSection={<IconCopy size={14} />} onClick={() => actions.duplicate(step.id)}>
          {t('step.duplicate')}
        </Menu.Item>
        <Menu.Item leftSection={<IconClipboardCopy size={14} />} onClick={() => actions.copy(step.id)}>
          {t('step.copy')}
        </Menu.Item>
        <Menu.Item leftSection={<IconScissors size={14} />} onClick={() => actions.cut(step.id)}>
          {t('step.cut')}
        </Menu.Item>
        <Menu.Item color="red" leftSection={<IconTrash size={14} />} onClick={() => actions.remove(step.id)}>
          {t('step.delete')}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
