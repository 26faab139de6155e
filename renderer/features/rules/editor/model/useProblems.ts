import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import { useToldText, useProblemText } from '#renderer/ui/problems/useProblemText.ts';
import type { Selection } from './editorStore.ts';
import { findStep } from '../steps/stepTree.ts';
import { useKnowledge } from './KnowledgeContext.ts';
import type { EditorProblem } from './ruleProblems.ts';
import { useEditor } from './useEditor.ts';

/** What a problem says in the person's language. */
export function useProblemWords(): (problem: Pick<EditorProblem, 'code' | 'details'>) => string {
  const { t } = useTranslation(['rules', 'automation']);
  const problemText = useProblemText();
  const toldText = useToldText();
  return useCallback(
    (problem) => {
      const { details } = problem;
      const message = String(details['message'] ?? '');
      const code = isMissing(problem) ? 'missing_value' : problem.code;
      const shown = Object.fromEntries(
        Object.entries(details).map(([name, value]) => [
          name,
          typeof value === 'string' ? value : JSON.stringify(value),
        ]),
      );
      if (message !== '') shown['message'] = problemText({ code: 'invalid', message, details }, toldText(message));
      if (typeof details['operator'] === 'string') shown['operator'] = t(`automation:operator.${details['operator']}`);
      if (typeof details['type'] === 'string') shown['type'] = t(`fieldType.${details['type']}`, details['type']);
      const count = typeof details['count'] === 'number' ? { count: details['count'] } : {};
      return t(`problem.${code}`, { ...shown, ...count, defaultValue: t('problem.other', { code }) });
    },
    [t, problemText, toldText],
  );
}

/** A setting that an action needs and does not have; the schema of the settings says it in its own words. */
function isMissing({ code, details }: Pick<EditorProblem, 'code' | 'details'>): boolean {
  return code === 'bad_settings' && String(details['message']).includes('received undefined');
}

export function samePart(one: Selection, other: Selection): boolean {
  return one.part === other.part && (one.part !== 'step' || other.part !== 'step' || one.id === other.id);
}

/** The problems of one part of the rule. */
export function usePartProblems(selection: Selection): EditorProblem[] {
  return useKnowledge().problems.filter((problem) => samePart(problem.selection, selection));
}

export interface FieldProblem {
  error: string | undefined;
  /** A doubt that does not stand in the way. */
  warning: string | undefined;
}

/** What is wrong with a field of the part, and with what is inside it. */
export function useFieldProblem(selection: Selection, field: string): FieldProblem {
  const words = useProblemWords();
  const found = usePartProblems(selection).filter((one) => one.field === field || one.field.startsWith(`${field}.`));
  const error = found.find((one) => one.severity === 'error');
  const warning = found.find((one) => one.severity !== 'error');
  return { error: error && words(error), warning: warning && words(warning) };
}

/** The part of the rule that a problem is in: "Step Send the mail". */
export function useProblemPlaceWords(): (problem: EditorProblem) => string {
  const { t } = useTranslation('rules');
  const steps = useEditor((state) => state.draft.content.steps);
  return useCallback(
    ({ selection, field }) => {
      const step = selection.part === 'step' ? findStep(steps, selection.id)?.step : undefined;
      const part = selection.part === 'step' ? step?.name || selection.id : t(`panel.${selection.part}`);
      const name = field.replace(/^settings\./, '');
      const key = step ? `form.${step.type}.${name}` : `${selection.part}.${name}`;
      const label = /^\w+$/.test(name) ? t(key, t(`form.${name}`, '')) : '';
      return label === '' ? part : `${part} › ${label}`;
    },
    [t, steps],
  );
}
