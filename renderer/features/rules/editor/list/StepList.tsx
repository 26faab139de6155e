import { Button, Kbd } from '@mantine/core';
import { IconFilter, IconPlus } from '@tabler/icons-react';
import { useEffect, useMemo, useRef, useState } from 'react';
import type { KeyboardEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { useAutomationWords } from '#renderer/data/hooks/useAutomationWords.ts';
import { triggerIcons, unknownIcon } from '#renderer/ui/stepIcons.ts';
import { AddStepMenu } from '../flow/AddStepMenu.tsx';
import { useEditor, useEditorStore } from '../model/useEditor.ts';
import { useStepActions } from '../model/useStepActions.ts';
import { ruleList } from '../steps/stepTree.ts';
import classes from './StepList.module.css';
import { StepRow } from './StepRow.tsx';
import { opens, parentOf, treeRows } from './treeRows.ts';
import type { TreeRow } from './treeRows.ts';

/** The rule as a list that the keyboard walks through, with everything the drawing can do. */
export function StepList() {
  const { t } = useTranslation('rules');
  const store = useEditorStore();
  const steps = useEditor((state) => state.draft.content.steps);
  const selection = useEditor((state) => state.selection);
  const clipboard = useEditor((state) => state.clipboard);
  const actions = useStepActions();
  const [closed, setClosed] = useState<ReadonlySet<string>>(new Set());
  const [current, setCurrent] = useState('');
  const tree = useRef<HTMLDivElement>(null);
  const rows = useMemo(() => treeRows(steps, closed), [steps, closed]);
  const chosen = selection.part === 'step' ? selection.id : '';
  const index = Math.max(
    0,
    rows.findIndex((row) => row.key === current),
  );
  const row = rows[index];
  const follows = useRef(false);
  const within = useRef(false);

  useEffect(() => {
    // A line that undo took away leaves the keyboard nowhere; it goes on with the line that is current now.
    const lost = within.current && document.activeElement === document.body;
    if (!follows.current && !lost) return;
    follows.current = false;
    tree.current?.querySelector<HTMLElement>('[tabindex="0"]')?.focus();
  });
  const goTo = (next: TreeRow | undefined) => {
    if (!next) return;
    follows.current = true;
    setCurrent(next.key);
  };
  const toggle = (key: string) =>
    setClosed((before) => {
      const next = new Set(before);
      if (!next.delete(key)) next.add(key);
      return next;
    });
  /** What acts on a step keeps the keyboard in the list, on the step it left chosen. */
  const act = (work: () => void) => {
    work();
    const after = store.getState().selection;
    follows.current = true;
    setCurrent(after.part === 'step' ? after.id : '');
  };
  const nudge = (id: string, direction: 'up' | 'down') => {
    follows.current = true;
    actions.nudge(id, direction);
  };

  /** What a key does on the current line; undefined where it does nothing here. */
  const actionOf = (event: KeyboardEvent, on: TreeRow): (() => void) | undefined => {
    const id = on.type === 'step' ? on.step.id : '';
    const key = document.documentElement.dir === 'rtl' ? (swapped[event.key] ?? event.key) : event.key;
    const onStep = (work: () => void) => (id === '' ? nothing : work);
    if (event.altKey) {
      if (key === 'ArrowUp') return onStep(() => nudge(id, 'up'));
      return key === 'ArrowDown' ? onStep(() => nudge(id, 'down')) : undefined;
    }
    if (event.ctrlKey || event.metaKey) {
      if (event.code === 'KeyD') return onStep(() => act(() => actions.duplicate(id)));
      if (event.code === 'KeyC') return onStep(() => actions.copy(id));
      if (event.code === 'KeyX') return onStep(() => act(() => actions.cut(id)));
      return event.code === 'KeyV' ? () => act(() => actions.paste(on.after)) : undefined;
    }
    const open = opens(on) && !closed.has(on.key);
    switch (key) {
      case 'ArrowDown':
        return () => goTo(rows[index + 1]);
      case 'ArrowUp':
        return () => goTo(rows[index - 1]);
      case 'Home':
        return () => goTo(rows[0]);
      case 'End':
        return () => goTo(rows.at(-1));
      case 'ArrowRight':
        if (!opens(on)) return nothing;
        return open ? () => goTo(rows[index + 1]) : () => toggle(on.key);
      case 'ArrowLeft':
        return open ? () => toggle(on.key) : () => goTo(parentOf(rows, index));
      case 'Delete':
        return onStep(() => act(() => actions.remove(id)));
      case 'Insert':
        return () => tree.current?.querySelector<HTMLElement>(`[data-add="${CSS.escape(on.key)}"]`)?.click();
      case 'Enter':
      case ' ':
        if (id === '') return () => toggle(on.key);
        return () => store.getState().select({ part: 'step', id }, key === 'Enter' ? 'name' : '');
      default:
        return undefined;
    }
  };
  const onKey = (event: KeyboardEvent) => {
    const work = row && !(event.target instanceof HTMLButtonElement) ? actionOf(event, row) : undefined;
    if (!work) return;
    event.preventDefault();
    event.stopPropagation();
    work();
  };

  return (
    <div className={classes.list} data-testid="step-list">
      <Outset />
      <div
        ref={tree}
        role="tree"
        aria-label={t('list.label')}
        className={classes.tree}
        onKeyDown={onKey}
        onFocus={() => (within.current = true)}
        onBlur={(event) => (within.current = event.relatedTarget === null && within.current)}
      >
        {rows.map((one, at) => (
          <StepRow
            key={one.key}
            row={one}
            current={at === index}
            chosen={one.type === 'step' && one.step.id === chosen}
            expanded={opens(one) ? !closed.has(one.key) : undefined}
            onCurrent={() => setCurrent(one.key)}
            onToggle={() => toggle(one.key)}
          />
        ))}
      </div>
      {steps.length === 0 && <p className={classes.empty}>{t('list.empty')}</p>}
      <div className={classes.foot}>
        <AddStepMenu slot={{ ...ruleList, index: steps.length }}>
          <Button variant="default" leftSection={<IconPlus size={14} />} data-testid="add-step">
            {t('step.add')}
          </Button>
        </AddStepMenu>
        {clipboard && (
          <Button variant="subtle" onClick={() => act(() => actions.paste(row?.after ?? { ...ruleList, index: 0 }))}>
            {t('step.pasteNamed', { name: clipboard.name })}
          </Button>
        )}
      </div>
      <p className={classes.keys}>
        <Kbd size="xs">↑↓</Kbd> {t('list.keyMove')} <Kbd size="xs">Alt ↑↓</Kbd> {t('list.keyShift')}{' '}
        <Kbd size="xs">Ins</Kbd> {t('list.keyAdd')} <Kbd size="xs">Ctrl D</Kbd> {t('list.keyDuplicate')}{' '}
        <Kbd size="xs">Del</Kbd> {t('list.keyDelete')} <Kbd size="xs">Ctrl X/V</Kbd> {t('list.keyPaste')}
      </p>
    </div>
  );
}

const nothing = () => undefined;
/** Arrows that open and close point the way of the text. */
const swapped: Readonly<Record<string, string>> = { ArrowLeft: 'ArrowRight', ArrowRight: 'ArrowLeft' };

/** The two parts that come before every step. */
function Outset() {
  const { t } = useTranslation('rules');
  const store = useEditorStore();
  const words = useAutomationWords();
  const { trigger, conditions } = useEditor((state) => state.draft.content);
  const part = useEditor((state) => state.selection.part);
  const Icon = triggerIcons[trigger.type] ?? unknownIcon;
  const parts = [
    { part: 'trigger' as const, icon: <Icon size={16} />, label: t('flow.when'), text: words.trigger(trigger) },
    {
      part: 'conditions' as const,
      icon: <IconFilter size={16} />,
      label: t('flow.onlyIf'),
      text: words.conditions(conditions) || t('flow.always'),
    },
  ];
  return (
    <div className={classes.outset}>
      {parts.map((one) => (
        <button
          key={one.part}
          type="button"
          className={classes.part}
          data-chosen={one.part === part || undefined}
          aria-pressed={one.part === part}
          data-testid={`list-${one.part}`}
          onClick={() => store.getState().select({ part: one.part })}
        >
          <span className={classes.icon} aria-hidden="true">
            {one.icon}
          </span>
          <span className={classes.partLabel}>{one.label}</span>
          <span className={classes.partText}>{one.text}</span>
        </button>
      ))}
    </div>
  );
}
