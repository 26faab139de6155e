import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import * as z from 'zod';
import { useProblemText } from '#renderer/ui/problems/useProblemText.ts';
import type { Problem } from '#shared/kernel/errors.ts';

const retrySchema = z.object({ retryAfter: z.number() });

/** Seconds after which the server looks at another attempt; 0 = it looks now. */
export function retryAfterOf(problem: Problem): number {
  const read = problem.code === 'rate_limited' ? retrySchema.safeParse(problem.details) : undefined;
  return read?.success ? read.data.retryAfter : 0;
}

/** What went wrong before or about a sign-in, in the person's language. */
export function useProblemWords(): (problem: Problem) => string {
  const { t } = useTranslation('account');
  const problemText = useProblemText();
  return useCallback(
    (problem) => problemText(problem, t(`problem.${problem.code}`, { defaultValue: problem.message })),
    [t, problemText],
  );
}
