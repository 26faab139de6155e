import { useEffect, useState } from 'react';
import type { Rule } from '#shared/resources/automation/rule.ts';
import type { RuleTest } from '#shared/resources/automation/ruleTest.ts';
import type { TestAnswer } from '#renderer/data/simulation/simulationResult.ts';
import { useSimulator } from '#renderer/data/simulation/useSimulator.ts';
import { useProblemText } from '#renderer/ui/problems/useProblemText.ts';

interface TestAnswers {
  /** By test; undefined while they run. */
  answers: ReadonlyMap<string, TestAnswer> | undefined;
  /** Why they could not be run; '' otherwise. */
  problem: string;
  run: () => void;
}

/** What comes of tests, run at once and again whenever the rule or a test is another. */
export function useTestAnswers(rule: Rule | undefined, tests: readonly RuleTest[] | undefined): TestAnswers {
  const simulator = useSimulator();
  const problemText = useProblemText();
  const [times, setTimes] = useState(0);
  const [found, setFound] = useState<{ key: string; answers?: ReadonlyMap<string, TestAnswer>; problem: string }>();
  const key = rule && tests ? JSON.stringify({ rule, tests, times }) : '';
  useEffect(() => {
    if (key === '') return undefined;
    let over = false;
    const asked: { rule: Rule; tests: RuleTest[] } = JSON.parse(key);
    const ask = {
      task: 'tests' as const,
      side: { rule: asked.rule },
      tests: asked.tests,
      now: new Date().toISOString(),
    };
    const work = async () => {
      const outcome = await simulator.run(ask);
      if (over || outcome.outcome === 'stopped') return;
      setFound(
        outcome.outcome === 'done'
          ? { key, answers: new Map(outcome.answer.map((answer) => [answer.testId, answer])), problem: '' }
          : { key, problem: problemText(outcome.problem) },
      );
    };
    void work();
    return () => {
      over = true;
    };
  }, [simulator, key, problemText]);
  const current = found?.key === key ? found : undefined;
  return { answers: current?.answers, problem: current?.problem ?? '', run: () => setTimes((before) => before + 1) };
}
