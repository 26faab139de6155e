import { notifications } from '@mantine/notifications';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useReplica } from '#renderer/data/hooks/useReplica.ts';
import { useProblemText } from '#renderer/ui/problems/useProblemText.ts';
import type { Rule } from '#shared/resources/automation/rule.ts';
import type { RecordEnvelope } from '#shared/records/envelope.ts';
import type { Json, JsonObject } from '#shared/kernel/json.ts';
import { contentPatch } from './ruleContent.ts';
import type { RuleContent } from './ruleContent.ts';
import type { EditorKnowledge } from './KnowledgeContext.ts';
import { bodyOf } from './ruleProblems.ts';
import type { EditorProblem } from './ruleProblems.ts';
import type { OpenRule } from './useOpenRule.ts';

/** A saved test that the rule as it is written does not pass. */
export interface FailedTest {
  name: string;
  reason: string;
}

/** Runs the rule's saved tests on what is about to be stored; answers those that fail. */
export type BeforeSave = (body: Rule['body']) => Promise<readonly FailedTest[]>;

/** A question that stands before storing. */
export type SaveQuestion =
  | { about: 'structure'; problems: readonly EditorProblem[] }
  | { about: 'active'; problems: readonly EditorProblem[] }
  | { about: 'tests'; failed: readonly FailedTest[]; content: RuleContent };

export interface SaveRule {
  saving: boolean;
  question: SaveQuestion | undefined;
  save: () => void;
  /** Stores the rule switched off, errors and all. */
  savePaused: () => void;
  /** Stores it although tests fail. */
  saveAnyway: () => void;
  close: () => void;
}

interface SaveParts {
  id: string;
  open: OpenRule;
  /** Asked when it is saved: what is shown may be of the draft before the last key. */
  judge: EditorKnowledge['judge'];
  onBeforeSave: BeforeSave | undefined;
  onSaved: ((record: RecordEnvelope) => void) | undefined;
}

/** Stores a rule after its checks and tests; what cannot be stored says why and stays in the editor. */
export function useSaveRule({ id, open, judge, onBeforeSave, onSaved }: SaveParts): SaveRule {
  const { t } = useTranslation('rules');
  const problemText = useProblemText();
  const replica = useReplica();
  const [saving, setSaving] = useState(false);
  const [question, setQuestion] = useState<SaveQuestion>();

  const store = async (content: RuleContent) => {
    const { tenantId } = open.store.getState().draft;
    const from = open.stored ?? open.base.content;
    const result =
      id === 'new' || !from
        ? await replica.create('rule', tenantId, content as unknown as JsonObject)
        : await replica.edit('rule', id, { body: contentPatch(from, content) });
    if (!result.ok) {
      notifications.show({ color: 'red', title: t('save.failed'), message: problemText(result.error) });
      return;
    }
    if (open.store.getState().draft.content !== content) open.store.getState().change(content);
    open.settle(result.value);
    notifications.show({ message: t('save.done', { name: content.name }), autoClose: 2500 });
    onSaved?.(result.value);
  };
  const run = (work: () => Promise<void>) => {
    setSaving(true);
    setQuestion(undefined);
    void work().finally(() => setSaving(false));
  };
  const checked = (content: RuleContent) =>
    run(async () => {
      const failed = (await onBeforeSave?.(bodyOf(content))) ?? [];
      if (failed.length > 0) setQuestion({ about: 'tests', failed, content });
      else await store(content);
    });
  const begin = () => {
    const { draft } = open.store.getState();
    const { content } = draft;
    const errors = judge(draft).filter((problem) => problem.severity === 'error');
    const structural = errors.filter((problem) => problem.structural);
    if (structural.length > 0) setQuestion({ about: 'structure', problems: structural });
    else if (content.isActive && errors.length > 0) setQuestion({ about: 'active', problems: errors });
    else checked(content);
  };
  return {
    saving,
    question,
    save: () => {
      const conflict = open.standing.state === 'conflict' || open.standing.state === 'apart';
      if (!saving && open.dirty && !conflict) begin();
    },
    savePaused: () => checked({ ...open.store.getState().draft.content, isActive: false }),
    saveAnyway: () => {
      if (question?.about === 'tests') run(() => store(question.content));
    },
    close: () => setQuestion(undefined),
  };
}

/** A content's field as JSON, for showing what differs. */
export function fieldJson(content: RuleContent, name: keyof RuleContent): Json {
  return content[name] as unknown as Json;
}
