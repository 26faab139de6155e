import { ActionIcon, Tooltip } from '@mantine/core';
import {
  IconAlertTriangle,
  IconAdjustments,
  IconFilter,
  IconLayoutSidebarRightCollapse,
  IconLayoutSidebarRightExpand,
} from '@tabler/icons-react';
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { useAutomationWords } from '#renderer/data/hooks/useAutomationWords.ts';
import { stepIcons, triggerIcons, unknownIcon } from '#renderer/ui/stepIcons.ts';
import { ConditionsView } from '../conditions/ConditionsView.tsx';
import type { Selection } from '../model/editorStore.ts';
import { useEditor, useEditorStore } from '../model/useEditor.ts';
import { usePartProblems, useProblemWords } from '../model/useProblems.ts';
import { findStep } from '../steps/stepTree.ts';
import { TriggerPanel } from '../trigger/TriggerPanel.tsx';
import classes from './Panel.module.css';
import { SettingsPanel } from './SettingsPanel.tsx';
import { StepPanel } from './StepPanel.tsx';

interface EditorPanelProps {
  wide: boolean;
  onWide: (wide: boolean) => void;
}

/** The form of what is chosen in the flow. */
export function EditorPanel({ wide, onWide }: EditorPanelProps) {
  const { t } = useTranslation('rules');
  const selection = useEditor((state) => state.selection);
  const host = useRef<HTMLElement>(null);
  useFocusField(host);
  const Toggle = wide ? IconLayoutSidebarRightCollapse : IconLayoutSidebarRightExpand;
  return (
    <section ref={host} className={classes.panel} aria-label={t('panel.label')} data-testid="editor-panel">
      <div className={classes.head}>
        <PanelTitle selection={selection} />
        <Tooltip label={t(wide ? 'panel.narrow' : 'panel.wide')}>
          <ActionIcon
            aria-label={t(wide ? 'panel.narrow' : 'panel.wide')}
            aria-pressed={wide}
            onClick={() => onWide(!wide)}
          >
            <Toggle size={18} className="mirrored" />
          </ActionIcon>
        </Tooltip>
      </div>
      <div className={classes.body} tabIndex={-1}>
        <PartProblems selection={selection} />
        {selection.part === 'trigger' && <TriggerPanel />}
        {selection.part === 'conditions' && <RuleConditions />}
        {selection.part === 'settings' && <SettingsPanel />}
        {selection.part === 'step' && <StepPanel key={selection.id} id={selection.id} />}
      </div>
    </section>
  );
}

function PanelTitle({ selection }: { selection: Selection }) {
  const { t } = useTranslation('rules');
  const words = useAutomationWords();
  const { trigger, steps } = useEditor((state) => state.draft.content);
  const step = selection.part === 'step' ? findStep(steps, selection.id)?.step : undefined;
  const Icon =
    selection.part === 'trigger'
      ? (triggerIcons[trigger.type] ?? unknownIcon)
      : selection.part === 'conditions'
        ? IconFilter
        : selection.part === 'settings'
          ? IconAdjustments
          : (stepIcons[step?.type ?? ''] ?? unknownIcon);
  return (
    <h2 className={classes.title}>
      <Icon size={18} aria-hidden="true" className={classes.titleIcon} />
      <span className={classes.titleText}>{step ? words.stepKind(step) : t(`panel.${selection.part}`)}</span>
    </h2>
  );
}

function RuleConditions() {
  const store = useEditorStore();
  const conditions = useEditor((state) => state.draft.content.conditions);
  return (
    <ConditionsView
      selection={{ part: 'conditions' }}
      place="conditions"
      value={conditions}
      onChange={(next) => store.getState().change({ conditions: next }, 'conditions')}
    />
  );
}

/** Problems of the part as a whole, which no field shows. */
function PartProblems({ selection }: { selection: Selection }) {
  const words = useProblemWords();
  const own = usePartProblems(selection).filter((problem) => problem.field === '');
  if (own.length === 0) return null;
  return (
    <ul className={classes.problems}>
      {own.map((problem) => (
        <li key={`${problem.code}/${problem.path}`} data-error={problem.severity === 'error' || undefined}>
          <IconAlertTriangle size={14} aria-hidden="true" /> {words(problem)}
        </li>
      ))}
    </ul>
  );
}

/** Brings the field that was asked for into sight and the keyboard into it. */
function useFocusField(host: React.RefObject<HTMLElement | null>): void {
  const focus = useEditor((state) => state.focus);
  const store = useEditorStore();
  useEffect(() => {
    if (focus === '') return undefined;
    const frame = requestAnimationFrame(() => {
      const parts = focus.split('.');
      for (let length = parts.length; length > 0; length--) {
        const name = parts.slice(0, length).join('.');
        const field = host.current?.querySelector(`[data-field="${CSS.escape(name)}"]`);
        const input = field?.querySelector<HTMLElement>(
          '.cm-content, input:not([type="hidden"]), textarea, button, [tabindex="0"]',
        );
        if (!input) continue;
        input.focus({ preventScroll: true });
        input.scrollIntoView({ block: 'center' });
        if (input instanceof HTMLInputElement && name === 'name') input.select();
        break;
      }
      store.setState({ focus: '' });
    });
    return () => cancelAnimationFrame(frame);
  }, [focus, host, store]);
}
