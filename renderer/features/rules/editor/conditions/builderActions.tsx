import { ActionIcon, Button, Tooltip } from '@mantine/core';
import { IconArrowDown, IconArrowUp, IconCopy, IconFolderPlus, IconPlus, IconTrash } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { Rule } from 'react-querybuilder';
import type { ActionProps, RuleProps, ShiftActionsProps } from 'react-querybuilder';
import classes from './Conditions.module.css';
import { useConditionsScope } from './ConditionsContext.ts';

export function AddComparison(props: ActionProps) {
  const { t } = useTranslation('rules');
  return (
    <Button
      size="compact-xs"
      variant="subtle"
      leftSection={<IconPlus size={12} />}
      onClick={(event) => props.handleOnClick(event)}
      data-testid="add-comparison"
    >
      {t('conditions.add')}
    </Button>
  );
}

export function AddGroup(props: ActionProps) {
  const { t } = useTranslation('rules');
  return (
    <Button
      size="compact-xs"
      variant="subtle"
      leftSection={<IconFolderPlus size={12} />}
      onClick={(event) => props.handleOnClick(event)}
      data-testid="add-group"
    >
      {t('conditions.addGroup')}
    </Button>
  );
}

export function ClonePart(props: ActionProps) {
  const { t } = useTranslation('rules');
  if (props.path.length === 0) return null;
  return <PartButton name={t('conditions.clone')} Icon={IconCopy} onClick={() => props.handleOnClick()} />;
}

export function RemovePart(props: ActionProps) {
  const { t } = useTranslation('rules');
  if (props.path.length === 0) return null;
  return <PartButton name={t('conditions.remove')} Icon={IconTrash} onClick={() => props.handleOnClick()} />;
}

/** Moves a part up and down, in and out of groups; the keyboard goes with it. */
export function MovePart({
  path,
  ruleOrGroup,
  shiftUp,
  shiftDown,
  shiftUpDisabled,
  shiftDownDisabled,
}: ShiftActionsProps) {
  const { t } = useTranslation('rules');
  if (path.length === 0) return null;
  const id = ruleOrGroup.id ?? '';
  const move = (direction: 'up' | 'down') => {
    if (direction === 'up') shiftUp();
    else shiftDown();
    requestAnimationFrame(() => {
      document.querySelector<HTMLElement>(`[data-move="${CSS.escape(`${id}/${direction}`)}"]`)?.focus();
    });
  };
  return (
    <span className={classes.moves}>
      <PartButton
        name={t('conditions.up')}
        Icon={IconArrowUp}
        disabled={shiftUpDisabled === true}
        onClick={() => move('up')}
        mark={`${id}/up`}
      />
      <PartButton
        name={t('conditions.down')}
        Icon={IconArrowDown}
        disabled={shiftDownDisabled === true}
        onClick={() => move('down')}
        mark={`${id}/down`}
      />
    </span>
  );
}

interface PartButtonProps {
  name: string;
  Icon: typeof IconCopy;
  onClick: () => void;
  disabled?: boolean;
  mark?: string;
}

function PartButton({ name, Icon, onClick, disabled = false, mark }: PartButtonProps) {
  return (
    <Tooltip label={name}>
      <ActionIcon
        size="sm"
        className={classes.action}
        aria-label={name}
        data-disabled={disabled || undefined}
        aria-disabled={disabled}
        data-move={mark}
        onClick={disabled ? undefined : onClick}
      >
        <Icon size={14} />
      </ActionIcon>
    </Tooltip>
  );
}

/** A comparison with what is wrong with it below. */
export function PartWithProblems(props: RuleProps) {
  const { problemAt } = useConditionsScope();
  const problems = problemAt(props.path);
  return (
    <div className={classes.part} data-field={`conditions.${props.path.join('.conditions.')}`}>
      <Rule {...props} />
      {problems.map(({ message, isError }) => (
        <p key={message} className={classes.problem} data-error={isError || undefined} role="note">
          {message}
        </p>
      ))}
    </div>
  );
}
