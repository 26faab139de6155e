import { useCallback } from 'react';
import type { Rule } from '#shared/resources/automation/rule.ts';
import type { RuleTest } from '#shared/resources/automation/ruleTest.ts';
import { useReplica } from '#renderer/data/hooks/useReplica.ts';
import type { TestAnswer } from '#renderer/data/simulation/simulationResult.ts';
import { useSimulator } from '#renderer/data/simulation/useSimulator.ts';
import { readSides } from './readSides.ts';
import { testsOf, testsQuery } from './useRuleTests.ts';

/** A saved test that the body about to be saved would not pass. `problem` = it could not be run at all. */
export interface FailingTest {
  test: RuleTest;
  answer: TestAnswer | undefined;
  problem: string;
}

/** Runs every saved test of a rule against a body that is about to be saved, and answers those that fail. */
export function useRuleTestsOnSave(ruleId: string): (body: Rule['body']) => Promise<FailingTest[]> {
  const replica = useReplica();
  const simulator = useSimulator();
  return useCallback(
    async (body) => {
      const tests: RuleTest[] = [];
      await replica.readRows(testsQuery(ruleId), (rows) => void tests.push(...testsOf(rows)));
      if (tests.length === 0) return [];
      const [side] = await readSides(replica, { ruleId, version: 'draft', other: undefined }, body);
      if (!side) return [];
      const outcome = await simulator.run({ task: 'tests', side, tests, now: new Date().toISOString() });
      if (outcome.outcome === 'stopped') return [];
      if (outcome.outcome === 'failed')
        return tests.map((test) => ({ test, answer: undefined, problem: outcome.problem.message }));
      const answers = new Map(outcome.answer.map((answer) => [answer.testId, answer]));
      return tests.flatMap((test) => {
        const answer = answers.get(test.id);
        return answer?.passed ? [] : [{ test, answer, problem: '' }];
      });
    },
    [replica, simulator, ruleId],
  );
}
