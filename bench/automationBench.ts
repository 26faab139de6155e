import { evaluationCosts } from './automationEvaluation.ts';
import { httpThroughput, reactionTimes } from './automationOverHttp.ts';
import { eventThroughput, runThroughput } from './automationThroughput.ts';
import type { Measure } from './measure.ts';
import { benchSimulation } from './simulationBench.ts';

/** Events, rules and runs, on a store on disk with the evaluator's own processes. */
export async function* benchAutomation(): AsyncGenerator<Measure> {
  for (const measure of [reactionTimes, httpThroughput, eventThroughput, runThroughput, evaluationCosts])
    yield* await measure();
  yield* benchSimulation();
}
