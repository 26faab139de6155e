import { createContext, useContext } from 'react';
import type { ScopeView } from '#shared/domain/automation/scope.ts';
import type { RecordEnvelope } from '#shared/records/envelope.ts';
import type { EventType } from '#shared/resources/automation/eventType.ts';
import type { ScopeVariable } from '../code/scopeVariables.ts';
import type { RuleDraft } from './keptDraft.ts';
import type { EditorProblem } from './ruleProblems.ts';

/** What the parts of the editor know beside the draft. */
export interface EditorKnowledge {
  /** '' while the rule does not exist yet. */
  ruleId: string;
  eventTypes: readonly EventType[];
  /** Of the draft a moment ago: while somebody types, this comes after. */
  problems: readonly EditorProblem[];
  /** What is wrong with a draft as it is. */
  judge: (draft: RuleDraft) => readonly EditorProblem[];
  /** Ids of the steps that are stored: what runs and tests may name. */
  storedStepIds: ReadonlySet<string>;
  /** What a step may read; '' for the rule's own conditions. */
  variables: (stepId: string) => readonly ScopeVariable[];
  /** What previews are made with: a recent event of the replica, or data made from the event type's schema. */
  sample: {
    view: ScopeView;
    /** '' = made from the schema. */
    eventId: string;
    events: readonly RecordEnvelope[];
    choose: (eventId: string) => void;
  };
}

export const KnowledgeContext = createContext<EditorKnowledge | undefined>(undefined);

/** @throws Error outside of the rule editor: a bug of the page. */
export function useKnowledge(): EditorKnowledge {
  const knowledge = useContext(KnowledgeContext);
  if (!knowledge) throw new Error('useKnowledge needs a KnowledgeContext above it; RuleEditorPage provides it');
  return knowledge;
}
