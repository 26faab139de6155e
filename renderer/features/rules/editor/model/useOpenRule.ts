import { useCallback, useEffect, useRef, useState } from 'react';
import { useStore } from 'zustand';
import { createStore } from 'zustand/vanilla';
import type { RecordEnvelope } from '#shared/records/envelope.ts';
import { createEditorStore } from './editorStore.ts';
import type { EditorStore } from './editorStore.ts';
import { keepDraft, readKeptDraft } from './keptDraft.ts';
import { keepMine, standing } from './reconcile.ts';
import type { Standing } from './reconcile.ts';
import { changedFields, contentOf, contentOfRecord, emptyContent } from './ruleContent.ts';
import type { RuleContent } from './ruleContent.ts';

/** What the draft began from. */
interface Base {
  content: RuleContent | null;
  version: number;
}

export interface OpenRule {
  store: EditorStore;
  base: Base;
  /** What was written before came back from this machine. */
  restored: boolean;
  /** Something differs from what is stored. */
  dirty: boolean;
  /** How the draft stands to what somebody else stored meanwhile. */
  standing: Standing;
  stored: RuleContent | undefined;
  /** Puts what was written here on top of what is stored now. */
  keepMine: () => void;
  /** Shows what is stored now; what was written comes back by undo. */
  takeTheirs: () => void;
  /** The draft was stored as this record. */
  settle: (record: RecordEnvelope) => void;
  /** Forgets what was written. */
  discard: () => void;
}

interface Opening {
  id: string;
  record: RecordEnvelope | undefined;
  initial: RuleContent | undefined;
  tenantId: string;
}

/** One open rule: its draft, kept on this machine after every change, and how it stands to the stored rule. */
export function useOpenRule({ id, record, initial, tenantId }: Opening): OpenRule {
  // Rules begun with different templates are different drafts.
  const [draftId] = useState(id === 'new' && initial ? `new:${initial.name}` : id);
  const [opened] = useState(() => {
    const kept = readKeptDraft(draftId, localStorage);
    const stored = record ? contentOfRecord(record) : undefined;
    const begun = stored ?? initial ?? emptyContent;
    const draft = kept ?? { tenantId: record?.tenantId ?? tenantId, content: begun, unfinished: {} };
    const { content, unfinished } = draft;
    return {
      store: createEditorStore(
        { tenantId: draft.tenantId, content, unfinished },
        { part: content.steps.length > 0 ? 'conditions' : 'trigger' },
        () => performance.now(),
      ),
      base: createStore<Base>(() =>
        kept
          ? { content: kept.base, version: kept.baseVersion }
          : { content: stored ?? null, version: record?.version ?? 0 },
      ),
      restored: kept !== undefined && (stored === undefined || changedFields(stored, kept.content).length > 0),
    };
  });
  const { store } = opened;
  const base = useStore(opened.base);
  const setBase = (next: Base) => opened.base.setState(next, true);
  /** The rule has a page of its own now: nothing is kept for this one any more. */
  const left = useRef(false);
  const [restored, setRestored] = useState(opened.restored);
  const draft = useStore(store, (state) => state.draft);
  const [seen, setSeen] = useState<{ record: RecordEnvelope | undefined; content: RuleContent | undefined }>(() => ({
    record,
    content: record && contentOfRecord(record),
  }));
  const current = seen.record === record ? seen : { record, content: record && contentOfRecord(record) };
  if (current !== seen) setSeen(current);
  const stored = current.content;
  const written = base.content ?? initial ?? emptyContent;
  const unfinished = Object.keys(draft.unfinished).length > 0;
  const dirty = changedFields(stored ?? written, draft.content).length > 0 || unfinished || base.content === null;
  const now: Standing = stored && base.content ? standing(base.content, draft.content, stored) : { state: 'same' };
  const behind = now.state === 'behind';
  const mine = base.content === null ? changedFields(emptyContent, draft.content).length > 0 || unfinished : dirty;

  useEffect(() => {
    const kept = mine ? { ...draft, base: base.content, baseVersion: base.version } : undefined;
    if (left.current) return;
    const problem = keepDraft(draftId, kept, localStorage);
    if (problem) void window.steward.log.write({ level: 'warn', message: `draft of a rule not kept: ${problem}` });
  }, [draftId, draft, base, mine]);
  useEffect(() => {
    if (!behind || !stored || !record) return;
    store.getState().replace({ ...store.getState().draft, content: stored });
    store.temporal.getState().clear();
    opened.base.setState({ content: stored, version: record.version }, true);
  }, [behind, stored, record, store, opened]);

  const rebase = useCallback(
    (content: RuleContent, from: RecordEnvelope) => {
      store.getState().replace({ ...store.getState().draft, content });
      opened.base.setState({ content: contentOfRecord(from), version: from.version }, true);
    },
    [store, opened],
  );
  return {
    store,
    base,
    restored: restored && mine,
    dirty,
    standing: now,
    stored,
    keepMine: () => stored && record && base.content && rebase(keepMine(base.content, draft.content, stored), record),
    takeTheirs: () => {
      if (!stored || !record) return;
      setRestored(false);
      rebase(stored, record);
    },
    settle: (saved) => {
      const content = contentOf(saved.body);
      setBase({ content, version: saved.version });
      setRestored(false);
      keepDraft(draftId, undefined, localStorage);
      left.current = saved.id !== id;
    },
    discard: () => {
      setRestored(false);
      const content = stored ?? initial ?? emptyContent;
      store.getState().replace({ ...store.getState().draft, content, unfinished: {} });
      keepDraft(draftId, undefined, localStorage);
    },
  };
}
