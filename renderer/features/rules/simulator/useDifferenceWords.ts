import { useTranslation } from 'react-i18next';
import type { RuleDecision } from '#shared/domain/automation/rules/decideRule.ts';
import type { TestDifference } from '#shared/domain/automation/simulation/runRuleTest.ts';
import type { TestEvent } from '#shared/resources/automation/ruleTest.ts';
import { useDecisionWords } from './useDecisionWords.ts';

const isolated = (text: string) => `\u2068${text}\u2069`;
/** Beyond so many characters nobody finds the difference. */
const shownText = 300;

/** What a rule does otherwise than a test expects, in a sentence. */
export function useDifferenceWords(): (
  difference: TestDifference,
  decision: RuleDecision,
  event: Pick<TestEvent, 'module' | 'code' | 'tenantId'>,
) => string {
  const { t } = useTranslation('simulator');
  const decisions = useDecisionWords();
  const list = (steps: readonly string[]) =>
    steps.length === 0 ? t('testDifference.noSteps') : isolated(steps.join(' → '));
  return (difference, decision, event) => {
    switch (difference.what) {
      case 'matches':
        return t(difference.expected ? 'testDifference.shouldRun' : 'testDifference.shouldNotRun', {
          why: decisions.decision(decision, `${event.module}.${event.code}`, event.tenantId),
        });
      case 'steps':
        return t('testDifference.steps', { expected: list(difference.expected), found: list(difference.found) });
      case 'renders':
        return difference.found === ''
          ? t('testDifference.notRendered', {
              step: isolated(difference.stepId),
              expected: isolated(difference.expected),
            })
          : t('testDifference.renders', {
              step: isolated(difference.stepId),
              expected: isolated(difference.expected),
              found: isolated(difference.found.slice(0, shownText)),
            });
      case 'failed':
        return t('testDifference.failed', { step: isolated(difference.stepId), error: isolated(difference.error) });
    }
  };
}
