import { eventFactsOf } from '#shared/domain/automation/rules/eventFactsOf.ts';
import { decideRule } from '#shared/domain/automation/rules/decideRule.ts';
import type { CompiledRule } from '#shared/domain/automation/rules/decideRule.ts';
import { parsePattern, patternMatches } from '#shared/domain/automation/patterns/eventPattern.ts';
import type { EventSubject } from '#shared/domain/automation/rules/subjectOf.ts';
import { scopeView } from '#shared/domain/automation/scopeView.ts';
import { simulateEvent } from '#shared/domain/automation/simulation/simulateRule.ts';
import type { EventSimulation, SimulationOptions } from '#shared/domain/automation/simulation/simulateRule.ts';
import type { RecordEnvelope } from '#shared/records/envelope.ts';
import { eventSubjects, lineOf } from './eventSubjects.ts';
import { createTally } from './historyTally.ts';
import type { SideOutcome } from './historyTally.ts';
import type { HistoryTally, MatchLine, RunLine } from './simulationResult.ts';
import type { ThreadReads } from './threadReads.ts';

export interface Stretch {
  /** Versions of a rule, each simulated by itself. */
  rules: readonly CompiledRule[];
  /** Pages of events. */
  pages: AsyncIterable<readonly RecordEnvelope[]>;
  /** Only events whose names fit; '' = all. */
  pattern: string;
  reads: ThreadReads;
  options: SimulationOptions;
  /** Hears what was found since the last time. */
  onPart: (part: { lines: MatchLine[]; tally: HistoryTally }) => void;
  /** Lets messages in; answers whether to stop. Asked often enough that a person does not wait. */
  rest: () => Promise<boolean>;
  /** Monotonic milliseconds. */
  clock: () => number;
}

/** Milliseconds of work between two rests, and between two parts. */
const workAtOnce = 40;
const partEvery = 150;

/**
 * Decides a stretch of history with the server's own decision, and walks the steps of every run with the server's own
 * preparation, so that every action is counted. Nothing is done. undefined when it was stopped.
 */
export async function simulateStretch(stretch: Stretch): Promise<HistoryTally | undefined> {
  const { rules, pages, pattern, reads, options, onPart, rest, clock } = stretch;
  const parsed = pattern === '' ? undefined : parsePattern(pattern);
  const wanted = parsed?.ok ? parsed.value : undefined;
  const keeper = createTally(rules.length);
  let lines: MatchLine[] = [];
  let restedAt = clock();
  let toldAt = restedAt;
  const tell = () => {
    onPart({ lines, tally: keeper.tally() });
    lines = [];
    toldAt = clock();
  };
  for await (const page of pages) {
    const events = page.map(eventFactsOf).filter(({ name }) => !wanted || patternMatches(wanted, name));
    for (const subject of await eventSubjects(reads, events)) {
      const line = keeper.add(lineOf(subject.event), await outcomesOf(rules, subject, options));
      if (line) lines.push(line);
      if (clock() - restedAt < workAtOnce) continue;
      if (await rest()) return undefined;
      restedAt = clock();
      if (restedAt - toldAt > partEvery) tell();
    }
  }
  tell();
  return keeper.tally();
}

async function outcomesOf(
  rules: readonly CompiledRule[],
  subject: EventSubject,
  options: SimulationOptions,
): Promise<SideOutcome[]> {
  const view = scopeView({
    ...subject,
    rule: { id: '', name: '', revision: 0 },
    run: { id: 'simulation' },
    steps: {},
    vars: {},
    now: subject.event.occurredAt,
  });
  const outcomes: SideOutcome[] = [];
  for (const rule of rules) {
    const decision = decideRule(rule, subject.event, view);
    if (decision.decision === 'not') outcomes.push({ not: decision });
    else outcomes.push({ run: runLineOf(await simulateEvent(rule, subject, options), rules.length > 1) });
  }
  return outcomes;
}

/** Steps that only steer the run; they are not counted as actions. */
const steering: ReadonlySet<string> = new Set(['condition', 'loop', 'transform', 'wait']);

function runLineOf({ steps }: EventSimulation, compared: boolean): RunLine {
  return {
    actions: steps.flatMap(({ type }) => (steering.has(type) ? [] : [type])),
    faults: steps.filter(({ status }) => status === 'failed').length,
    fingerprint: compared
      ? JSON.stringify(steps.map(({ key, type, prepared, fault }) => [key, type, prepared, fault]))
      : '',
  };
}
