import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { parsePattern } from '#shared/domain/automation/patterns/eventPattern.ts';
import type { Problem } from '#shared/kernel/errors.ts';
import type { Rule } from '#shared/resources/automation/rule.ts';
import { ruleTest } from '#shared/resources/automation/ruleTest.ts';
import { useReplica } from '#renderer/data/hooks/useReplica.ts';
import { listRequestOf } from '#renderer/data/read/listRequestOf.ts';
import type { HistoryTally, MatchLine } from '#renderer/data/simulation/simulationResult.ts';
import type { SimulatedInput } from '#renderer/data/simulation/threadTasks.ts';
import { useSimulator } from '#renderer/data/simulation/useSimulator.ts';
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

/** What has to be chosen before anything can be simulated. */
export type Missing = 'rule' | 'event' | 'test' | 'type' | 'period' | 'pattern';

/** Runs what was chosen, beside the window. */
export function useSimulation(draft: Rule['body'] | undefined) {
  const { t } = useTranslation('simulator');
  const replica = useReplica();
  const simulator = useSimulator();
  const [state, setState] = useState<SimulationState>({ state: 'idle' });
  const starts = useRef(0);

  const start = async (setup: SimulatorSetup): Promise<void> => {
    const number = ++starts.current;
    const sides = await readSides(replica, setup, draft);
    const nameOf = (version: string) =>
      version.startsWith('revision:')
        ? t('version.short', { revision: Number(version.slice('revision:'.length)) })
        : t(`version.${version}`);
    const names = [setup.version, ...(setup.other ? [setup.other] : [])].map(nameOf);
    const source: OutcomeSource = { sides, names, assumptions: setup.assumptions, now: new Date().toISOString() };
    if (number !== starts.current) return;
    if (setup.source !== 'history') {
      const input = await inputOf(setup);
      if (input && number === starts.current) setState({ state: 'single', input, source });
      return;
    }
    const query = historyQuery(setup, Date.now());
    const total = await countOnce(replica, query);
    const began = performance.now();
    let found: MatchLine[] = [];
    let history: HistoryState = { number, source, total, lines: found, tally: emptyTally(sides.length), took: 0 };
    if (number !== starts.current) return;
    setState({ state: 'running', ...history });
    const { assumptions, now } = source;
    const pattern = setup.pattern;
    const ask = { task: 'history' as const, sides, assumptions, now, list: listRequestOf(query), pattern };
    const outcome = await simulator.run(ask, (part) => {
      if (number !== starts.current) return;
      found = part.lines.length === 0 ? found : [...found, ...part.lines];
      history = { ...history, lines: found, tally: part.tally, took: performance.now() - began };
      setState({ state: 'running', ...history });
    });
    if (number !== starts.current) return;
    const took = performance.now() - began;
    setState(
      outcome.outcome === 'failed'
        ? { state: 'over', ...history, took, end: 'failed', problem: outcome.problem }
        : { state: 'over', ...history, took, end: outcome.outcome },
    );
  };
  /** The event to simulate by itself; undefined where it is not here any more. */
  const inputOf = async (setup: SimulatorSetup): Promise<SimulatedInput | undefined> => {
    if (setup.source === 'stored') return { from: 'history', eventId: setup.eventId };
    if (setup.source === 'made') return { from: 'made', event: setup.event };
    const kept = await replica.get(ruleTest.kind, setup.testId);
    const body = ruleTest.body.safeParse(kept?.record.body);
    return body.success ? { from: 'made', event: body.data.event, record: body.data.record } : undefined;
  };
  return { state, start, stop: simulator.stop, missing: (setup: SimulatorSetup) => missingOf(setup, draft) };
}

function missingOf(setup: SimulatorSetup, draft: Rule['body'] | undefined): Missing | undefined {
  if (setup.ruleId === '' && draft === undefined) return 'rule';
  switch (setup.source) {
    case 'history':
      if (setup.period.type === 'between' && (setup.period.from === '' || setup.period.to === '')) return 'period';
      return setup.pattern !== '' && !parsePattern(setup.pattern).ok ? 'pattern' : undefined;
    case 'stored':
      return setup.eventId === '' ? 'event' : undefined;
    case 'test':
      return setup.testId === '' ? 'test' : undefined;
    case 'made':
      return setup.event.code === '' ? 'type' : undefined;
  }
}

function emptyTally(sides: number): HistoryTally {
  return {
    seen: 0,
    sides: Array.from({ length: sides }, () => ({
      matched: 0,
      notMatched: 0,
      actions: {},
      tenants: 0,
      faults: 0,
      reasons: [],
    })),
    comparison: undefined,
  };
}
