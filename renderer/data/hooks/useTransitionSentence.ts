import { useTranslation } from 'react-i18next';
import type { AccessTarget } from '#shared/domain/access/decideAccess.ts';
import type { TransitionProblem } from '#shared/records/stateMachine.ts';
import { useAccess } from './useAccess.ts';
import { useRecordWords } from './useRecordWords.ts';

/** One sentence that says why a record of the kind cannot move between two states, and what it can do instead; `target` = the record. */
export function useTransitionSentence(): (
  kind: string,
  problem: TransitionProblem,
  from: string,
  to: string,
  target?: AccessTarget,
) => string {
  const access = useAccess();
  const { t } = useTranslation('words');
  const words = useRecordWords();
  return (kind, problem, from, to, target) => {
    // In the words of every other control that lacks a right, so that it explains itself alike.
    const noRight = problem.reason === 'forbidden' && target ? access(problem.permission, target) : '';
    if (noRight !== '') return noRight;
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
