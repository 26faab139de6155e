import { ActionIcon, Button, Kbd, Popover, SegmentedControl, Switch, Tooltip, VisuallyHidden } from '@mantine/core';
import {
  IconAdjustments,
  IconAlertTriangle,
  IconArrowBackUp,
  IconArrowForwardUp,
  IconCircleCheck,
} from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useRecordWords } from '#renderer/data/hooks/useRecordWords.ts';
import type { SyncBadge } from '#renderer/data/replicaApi.ts';
import { SyncMark } from '#renderer/ui/SyncMark.tsx';
import classes from './Editor.module.css';
import { ReferenceInput } from './forms/ReferenceInput.tsx';
import { useKnowledge } from './model/KnowledgeContext.ts';
import { useEditor, useEditorHistory, useEditorStore } from './model/useEditor.ts';
import { useFieldProblem } from './model/useProblems.ts';
import type { OpenRule } from './model/useOpenRule.ts';
import type { SaveRule } from './model/useSaveRule.ts';
import { ProblemList } from './SaveQuestionDialog.tsx';

interface EditorHeaderProps {
  isNew: boolean;
  badge: SyncBadge | undefined;
  open: OpenRule;
  save: SaveRule;
  view: 'flow' | 'list';
  onView: (view: 'flow' | 'list') => void;
}

/** The rule's name and scope, whether it is on, what is wrong with it, and storing it. */
export function EditorHeader({ isNew, badge, open, save, view, onView }: EditorHeaderProps) {
  const { t } = useTranslation('rules');
  const store = useEditorStore();
  const content = useEditor((state) => state.draft.content);
  const part = useEditor((state) => state.selection.part);
  const history = useEditorHistory();
  const name = useFieldProblem({ part: 'settings' }, 'name');
  const blocked = open.standing.state === 'conflict' || open.standing.state === 'apart';
  const steps = [
    { name: 'undo', Icon: IconArrowBackUp, possible: history.canUndo, act: history.undo, keys: 'Ctrl Z' },
    { name: 'redo', Icon: IconArrowForwardUp, possible: history.canRedo, act: history.redo, keys: 'Ctrl Shift Z' },
  ];
  return (
    <div className={classes.header}>
      <VisuallyHidden component="h1">{content.name || t('header.namePlaceholder')}</VisuallyHidden>
      <div className={classes.headRow}>
        <div className={classes.nameBox} data-field="name">
          <input
            className={classes.name}
            aria-label={t('settings.name')}
            aria-invalid={name.error !== undefined}
            placeholder={t('header.namePlaceholder')}
            value={content.name}
            maxLength={200}
            dir="auto"
            data-testid="rule-name"
            onChange={(event) => store.getState().change({ name: event.currentTarget.value }, 'name')}
          />
        </div>
        <Switch
          className={classes.active}
          label={t(content.isActive ? 'header.active' : 'header.paused')}
          checked={content.isActive}
          data-testid="rule-active"
          onChange={(event) => store.getState().change({ isActive: event.currentTarget.checked })}
        />
        <span className={classes.tools}>
          {steps.map(({ name: step, Icon, possible, act, keys }) => (
            <Tooltip key={step} label={`${t(`header.${step}`)} (${keys})`}>
              <ActionIcon
                size="md"
                aria-label={t(`header.${step}`)}
                aria-disabled={!possible}
                data-disabled={!possible || undefined}
                data-testid={`editor-${step}`}
                onClick={possible ? act : undefined}
              >
                <Icon size={18} className="mirrored" />
              </ActionIcon>
            </Tooltip>
          ))}
        </span>
        <Button
          disabled={!open.dirty || blocked}
          loading={save.saving}
          rightSection={<Kbd size="xs">Ctrl S</Kbd>}
          data-testid="save-rule"
          onClick={save.save}
        >
          {t(isNew ? 'header.create' : 'header.save')}
        </Button>
      </div>
      <div className={classes.headRow}>
        <Scope isNew={isNew} />
        {badge && <SyncMark badge={badge} />}
        <span className={classes.state} role="status" data-dirty={open.dirty || undefined} data-testid="draft-state">
          {t(open.dirty ? (isNew ? 'header.notStored' : 'header.unsaved') : 'header.saved')}
        </span>
        <span className={classes.spring} />
        <ProblemSummary />
        <Button
          size="compact-sm"
          variant={part === 'settings' ? 'light' : 'subtle'}
          color={part === 'settings' ? undefined : 'gray'}
          aria-pressed={part === 'settings'}
          leftSection={<IconAdjustments size={16} />}
          data-testid="rule-settings"
          onClick={() => store.getState().select({ part: 'settings' })}
        >
          {t('panel.settings')}
        </Button>
        <SegmentedControl
          size="xs"
          aria-label={t('header.view')}
          value={view}
          onChange={(next) => onView(next === 'list' ? 'list' : 'flow')}
          data={[
            { value: 'flow', label: t('header.flow') },
            { value: 'list', label: t('header.list') },
          ]}
        />
      </div>
    </div>
  );
}

/** For whom the rule is. Chosen before it is stored; afterwards it stays, as what ran under it does. */
function Scope({ isNew }: { isNew: boolean }) {
  const { t } = useTranslation('rules');
  const store = useEditorStore();
  const words = useRecordWords();
  const tenantId = useEditor((state) => state.draft.tenantId);
  if (isNew) {
    return (
      <span className={classes.scope}>
        <ReferenceInput
          kind="tenant"
          aria-label={t('header.scope')}
          placeholder={t('header.platform')}
          value={tenantId}
          onChange={(id) => store.getState().setTenant(id)}
          data-testid="rule-scope"
        />
      </span>
    );
  }
  return (
    <span className={classes.quiet} data-testid="rule-scope">
      {tenantId === '' ? t('header.platform') : t('header.tenant', { name: words.name('tenant', tenantId) })}
    </span>
  );
}

/** How much is wrong, and a list that leads to each. */
function ProblemSummary() {
  const { t } = useTranslation('rules');
  const { problems } = useKnowledge();
  const [opened, setOpened] = useState(false);
  const errors = problems.filter((problem) => problem.severity === 'error').length;
  const doubts = problems.length - errors;
  if (problems.length === 0) {
    return (
      <span className={classes.fine} data-testid="problem-summary">
        <IconCircleCheck size={16} aria-hidden="true" /> {t('problems.none')}
      </span>
    );
  }
  const text = [
    ...(errors > 0 ? [t('problems.errors', { count: errors })] : []),
    ...(doubts > 0 ? [t('problems.warnings', { count: doubts })] : []),
  ].join(' · ');
  return (
    <Popover opened={opened} onChange={setOpened} width={420} position="bottom-end" shadow="md" trapFocus>
      <Popover.Target>
        <Button
          size="compact-sm"
          variant="subtle"
          color={errors > 0 ? 'red' : 'orange'}
          className={errors > 0 ? classes.wrong : classes.doubtful}
          leftSection={<IconAlertTriangle size={16} />}
          aria-expanded={opened}
          data-testid="problem-summary"
          onClick={() => setOpened(!opened)}
        >
          {text}
        </Button>
      </Popover.Target>
      <Popover.Dropdown className={classes.problemsBox} aria-label={t('problems.title')}>
        <ProblemList problems={problems} onJump={() => setOpened(false)} />
      </Popover.Dropdown>
    </Popover>
  );
}
