import { useEffect, useState } from 'react';
import type { Problem } from '#shared/kernel/errors.ts';
import type { EventAnswer } from '#renderer/data/simulation/simulationResult.ts';
import type { SimulatedInput } from '#renderer/data/simulation/threadTasks.ts';
import { useSimulator } from '#renderer/data/simulation/useSimulator.ts';
import type { OutcomeSource } from './outcomeSource.ts';

export type OutcomeState =
  | { state: 'working' }
  | { state: 'ready'; answer: EventAnswer }
  | { state: 'failed'; problem: Problem };

/** One event simulated in full; again when the rule, the event or an assumption is another. */
export function useEventOutcome(
  input: SimulatedInput,
  { sides, assumptions, now, asItIs = false }: OutcomeSource,
): OutcomeState {
  const simulator = useSimulator();
  const key = JSON.stringify({ input, sides, assumptions, now, asItIs });
  const [found, setFound] = useState<{ key: string; state: OutcomeState }>();
  useEffect(() => {
    let over = false;
    const asked: Pick<OutcomeSource, 'sides' | 'assumptions' | 'now' | 'asItIs'> & { input: SimulatedInput } =
      JSON.parse(key);
    const work = async () => {
      const outcome = await simulator.run({ task: 'event', ...asked });
      if (over || outcome.outcome === 'stopped') return;
      setFound({
        key,
        state:
          outcome.outcome === 'done'
            ? { state: 'ready', answer: outcome.answer }
            : { state: 'failed', problem: outcome.problem },
      });
    };
    void work();
    return () => {
      over = true;
    };
  }, [simulator, key]);
  return found?.key === key ? found.state : { state: 'working' };
}
