import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import type { Problem } from '#shared/kernel/errors.ts';
import { sayingOf } from '#shared/kernel/sentences/readSaying.ts';
import { recognise } from '#shared/kernel/sentences/recognise.ts';
import type { Texts } from './sayingText.ts';
import { sayingText } from './sayingText.ts';

/** What went wrong, in the person's language; `otherwise` (its English message) where this console has no sentence for it. */
export function problemText(texts: Texts, problem: Problem, otherwise = problem.message): string {
  const says = sayingOf(problem) ?? recognise(problem.message);
  return says ? sayingText(texts, says, otherwise) : otherwise;
}

/** As `problemText`, in the language that is chosen now. */
export function useProblemText(): (problem: Problem, otherwise?: string) => string {
  const { i18n } = useTranslation();
  const { language } = i18n;
  return useCallback(
    (problem, otherwise) => problemText({ t: i18n.t, exists: i18n.exists, language }, problem, otherwise),
    [i18n, language],
  );
}

/** What is told as plain English text (see `recognise`), in the language that is chosen now. */
export function useToldText(): (message: string) => string {
  const { i18n } = useTranslation();
  const { language } = i18n;
  return useCallback(
    (message) => {
      const says = recognise(message);
      return says ? sayingText({ t: i18n.t, exists: i18n.exists, language }, says, message) : message;
    },
    [i18n, language],
  );
}
