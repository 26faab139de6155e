import { useTranslation } from 'react-i18next';
import type { TransitionProblem } from '#shared/records/stateMachine.ts';
import { useRecordWords } from './useRecordWords.ts';

/** One sentence that says why a record of the kind cannot move between two states, and what it can do instead. */
export function useTransitionSentence(): (
  kind: string,
  problem: TransitionProblem,
  from: string,
  to: string,
) => string {
  const { t } = useTranslation('words');
  const words = useRecordWords();
  return (kind, problem, from, to) => {
    const allowed = problem.allowed.map((state) => words.state(kind, state)).join(words.listSeparator);
    const key = problem.reason === 'not_allowed' && problem.allowed.length === 0 ? 'not_allowed_end' : problem.reason;
    return t(key, {
      from: words.state(kind, from),
      to: words.state(kind, to),
      allowed,
      permission: problem.reason === 'forbidden' ? problem.permission : '',
    });
  };
}
