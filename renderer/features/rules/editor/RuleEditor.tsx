import { useLocalStorage } from '@mantine/hooks';
import { useEffect, useRef, useState } from 'react';
import type { ReplicaRecord } from '#renderer/data/replicaApi.ts';
import type { RecordEnvelope } from '#shared/records/envelope.ts';
import { DraftNotices } from './DraftNotices.tsx';
import classes from './Editor.module.css';
import { EditorHeader } from './EditorHeader.tsx';
import { StepFlow } from './flow/StepFlow.tsx';
import { StepList } from './list/StepList.tsx';
import { KnowledgeContext } from './model/KnowledgeContext.ts';
import type { RuleContent } from './model/ruleContent.ts';
import { EditorContext } from './model/useEditor.ts';
import { useKnowledgeSources } from './model/useKnowledgeSources.ts';
import { useOpenRule } from './model/useOpenRule.ts';
import type { OpenRule } from './model/useOpenRule.ts';
import { useSaveRule } from './model/useSaveRule.ts';
import type { BeforeSave, SaveRule } from './model/useSaveRule.ts';
import { EditorPanel } from './panel/EditorPanel.tsx';
import { SaveQuestionDialog } from './SaveQuestionDialog.tsx';

interface RuleEditorProps {
  id: string;
  row: ReplicaRecord | undefined;
  initial: RuleContent | undefined;
  /** The tenant a new rule begins with. */
  tenantId: string;
  onBeforeSave: BeforeSave | undefined;
  onSaved: (record: RecordEnvelope) => void;
}

/** The open rule: the flow or the list on one side, the form of what is chosen in it on the other. */
export function RuleEditor({ id, row, initial, tenantId, onBeforeSave, onSaved }: RuleEditorProps) {
  const open = useOpenRule({ id, record: row?.record, initial, tenantId });
  const knowledge = useKnowledgeSources(open.store, id === 'new' ? '' : id, open.stored);
  const save = useSaveRule({ id, open, judge: knowledge.judge, onBeforeSave, onSaved });
  const [view, setView] = useLocalStorage<'flow' | 'list'>({ key: 'steward.ruleEditor.view', defaultValue: 'flow' });
  const [wide, setWide] = useState(false);
  useEditorKeys(open, save);
  return (
    <EditorContext value={open.store}>
      <KnowledgeContext value={knowledge}>
        <div className={classes.page} data-own-undo data-testid="rule-editor">
          <EditorHeader isNew={id === 'new'} badge={row?.badge} open={open} save={save} view={view} onView={setView} />
          <DraftNotices open={open} />
          <div className={classes.panes} data-wide={wide || undefined}>
            <div className={classes.canvas}>{view === 'flow' ? <StepFlow /> : <StepList />}</div>
            <EditorPanel wide={wide} onWide={setWide} />
          </div>
          <SaveQuestionDialog save={save} />
        </div>
      </KnowledgeContext>
    </EditorContext>
  );
}

/** Ctrl+S, Ctrl+Z and Ctrl+Shift+Z by physical key, also while an input has the keyboard: the rule has one history. */
function useEditorKeys(open: OpenRule, save: SaveRule): void {
  const latest = useRef({ open, save });
  useEffect(() => {
    latest.current = { open, save };
  });
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (!(event.ctrlKey || event.metaKey) || event.altKey || event.defaultPrevented) return;
      const { open: now, save: saving } = latest.current;
      const act =
        event.code === 'KeyS'
          ? saving.save
          : event.code === 'KeyZ' && !event.shiftKey
            ? () => now.store.temporal.getState().undo()
            : event.code === 'KeyY' || event.code === 'KeyZ'
              ? () => now.store.temporal.getState().redo()
              : undefined;
      if (!act) return;
      event.preventDefault();
      event.stopPropagation();
      act();
    };
    window.addEventListener('keydown', onKey, true);
    return () => window.removeEventListener('keydown', onKey, true);
  }, []);
}
