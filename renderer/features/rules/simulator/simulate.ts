import type { Problem } from '#shared/kernel/errors.ts';
import type { Rule } from '#shared/resources/automation/rule.ts';
import { ruleTest } from '#shared/resources/automation/ruleTest.ts';
import { listRequestOf } from '#renderer/data/read/listRequestOf.ts';
import type { Replica } from '#renderer/data/replicaApi.ts';
import type { HistoryTally, MatchLine } from '#renderer/data/simulation/simulationResult.ts';
import type { Simulator } from '#renderer/data/simulation/simulator.ts';
import type { SimulatedInput } from '#renderer/data/simulation/threadTasks.ts';
import { countOnce } from './countOnce.ts';
import { historyQuery } from './historyQuery.ts';
import type { OutcomeSource } from './outcomeSource.ts';
import { readSides } from './readSides.ts';
import type { SimulatorSetup } from './useSimulatorSetup.ts';

/** A stretch of history being simulated, or simulated to its end. */
interface HistoryState {
  /** Another for every start. */
  number: number;
  source: OutcomeSource;
  /** Events that match the choice, before the pattern. */
  total: number;
  /** While it goes on, the first of them. */
  lines: readonly MatchLine[];
  tally: HistoryTally;
  /** Milliseconds so far. */
  took: number;
}

export type RunningState = HistoryState & { state: 'running' };
export type OverState = HistoryState & { state: 'over'; end: 'done' | 'stopped' | 'failed'; problem?: Problem };

export type SimulationState =
  | { state: 'idle' }
  | { state: 'single'; input: SimulatedInput; source: OutcomeSource }
  | RunningState
  | OverState;

export interface SimulationParts {
  replica: Pick<Replica, 'get' | 'readRows' | 'observeCount'>;
  simulator: Simulator;
  setup: SimulatorSetup;
  draft: Rule['body'] | undefined;
  /** Name of each version. */
  names: readonly string[];
  number: number;
  tell: (state: SimulationState) => void;
}

/** Simulates what was chosen, and tells how it goes. */
export async function simulate(parts: SimulationParts): Promise<void> {
  const { replica, setup, draft, names, tell } = parts;
  const sides = await readSides(replica, setup, draft);
  const source: OutcomeSource = { sides, names, assumptions: setup.assumptions, now: new Date().toISOString() };
  if (setup.source === 'history') {
    await simulateHistory(parts, source);
    return;
  }
  const input = await inputOf(replica, setup);
  if (input) tell({ state: 'single', input, source });
}

/** Matches shown before the end: drawing more and more of them would hold up what finds them. */
const shownWhileRunning = 200;

async function simulateHistory(parts: SimulationParts, source: OutcomeSource): Promise<void> {
  const { replica, simulator, setup, number, tell } = parts;
  const { sides, assumptions, now } = source;
  const query = historyQuery(setup, Date.now());
  const total = await countOnce(replica, query);
  const began = performance.now();
  const arrived: MatchLine[] = [];
  let history: HistoryState = { number, source, total, lines: [], tally: emptyTally(sides.length), took: 0 };
  tell({ state: 'running', ...history });
  const list = listRequestOf(query);
  const ask = { task: 'history' as const, sides, assumptions, now, list, pattern: setup.pattern };
  const outcome = await simulator.run(ask, (part) => {
    arrived.push(...part.lines);
    if (!part.tally) return;
    if (history.lines.length < shownWhileRunning) history = { ...history, lines: arrived.slice(0, shownWhileRunning) };
    history = { ...history, tally: part.tally, took: performance.now() - began };
    tell({ state: 'running', ...history });
  });
  history = { ...history, lines: arrived, took: performance.now() - began };
  tell(
    outcome.outcome === 'failed'
      ? { state: 'over', ...history, end: 'failed', problem: outcome.problem }
      : { state: 'over', ...history, end: outcome.outcome },
  );
}

/** The event to simulate by itself; undefined where it is not here any more. */
async function inputOf(replica: Pick<Replica, 'get'>, setup: SimulatorSetup): Promise<SimulatedInput | undefined> {
  if (setup.source === 'stored') return { from: 'history', eventId: setup.eventId };
  if (setup.source === 'made') return { from: 'made', event: setup.event };
  const kept = await replica.get(ruleTest.kind, setup.testId);
  const body = ruleTest.body.safeParse(kept?.record.body);
  return body.success ? { from: 'made', event: body.data.event, record: body.data.record } : undefined;
}

function emptyTally(sides: number): HistoryTally {
  return {
    seen: 0,
    sides: Array.from({ length: sides }, () => ({
      matched: 0,
      prepared: 0,
      notMatched: 0,
      actions: {},
      tenants: 0,
      faults: 0,
      reasons: [],
    })),
    comparison: undefined,
  };
}
