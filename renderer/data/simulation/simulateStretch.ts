import { eventFactsOf } from '#shared/domain/automation/rules/eventFactsOf.ts';
import { decideRule } from '#shared/domain/automation/rules/decideRule.ts';
import type { CompiledRule, RuleDecision } from '#shared/domain/automation/rules/decideRule.ts';
import { parsePattern, patternMatches } from '#shared/domain/automation/patterns/eventPattern.ts';
import { isDirected } from '#shared/domain/automation/rules/triggerEvents.ts';
import type { EventSubject } from '#shared/domain/automation/rules/subjectOf.ts';
import type { EventFacts } from '#shared/domain/automation/scope.ts';
import { scopeView } from '#shared/domain/automation/scopeView.ts';
import { simulateEvent } from '#shared/domain/automation/simulation/simulateRule.ts';
import type { EventSimulation, SimulationOptions } from '#shared/domain/automation/simulation/simulateRule.ts';
import type { RecordEnvelope } from '#shared/records/envelope.ts';
import { eventSubjects, lineOf } from './eventSubjects.ts';
import { createTally } from './historyTally.ts';
import type { SideOutcome } from './historyTally.ts';
import type { HistoryTally, MatchLine, RunSteps } from './simulationResult.ts';
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
  /** Events of which the steps are prepared; of those beyond, only the decision is made. */
  mostPrepared: number;
  /** Hears what was found since the last time, and less often the counts. */
  onPart: (part: { lines: MatchLine[]; tally?: HistoryTally }) => void;
  /** Lets messages in; answers whether to stop. Asked often enough that a person does not wait. */
  rest: () => Promise<boolean>;
  /** Monotonic milliseconds. */
  clock: () => number;
}

/** Milliseconds of work between two rests, and between two counts: what takes them has to draw them. */
const workAtOnce = 40;
const tallyEvery = 300;

/**
 * Decides a stretch of history with the server's own decision, and walks the steps of every run with the server's own
 * preparation, up to a bound. Nothing is done. undefined when it was stopped.
 */
export async function simulateStretch(stretch: Stretch): Promise<HistoryTally | undefined> {
  const { rules, pages, pattern, reads, options, mostPrepared, onPart, rest, clock } = stretch;
  const parsed = pattern === '' ? undefined : parsePattern(pattern);
  const wanted = parsed?.ok ? parsed.value : undefined;
  const keeper = createTally(rules.length);
  let lines: MatchLine[] = [];
  let prepared = 0;
  let restedAt = clock();
  let toldAt = restedAt;
  const tell = (withTally: boolean) => {
    if (withTally) toldAt = clock();
    if (withTally || lines.length > 0) onPart(withTally ? { lines, tally: keeper.tally() } : { lines });
    lines = [];
  };
  for await (const page of pages) {
    const events = page.map(eventFactsOf).filter(({ name }) => !wanted || patternMatches(wanted, name));
    const subjects = await heardSubjects(reads, rules, events);
    for (const event of events) {
      const subject = subjects.get(event) ?? { event, record: null, before: null, tenant: null };
      const decisions = decisionsOf(rules, subject);
      const runs = decisions.some(({ decision }) => decision === 'run');
      const isPrepared = runs && prepared++ < mostPrepared;
      const outcomes = isPrepared
        ? await outcomesOf(rules, subject, decisions, options)
        : decisions.map(outcomeWithoutSteps);
      const line = keeper.add(lineOf(event), outcomes);
      if (line) lines.push(line);
      if (clock() - restedAt < workAtOnce) continue;
      if (await rest()) return undefined;
      restedAt = clock();
      tell(restedAt - toldAt > tallyEvery);
    }
  }
  tell(true);
  return keeper.tally();
}

/** Records are read only for events that one of the rules listens to: for the others no rule looks at them. */
async function heardSubjects(
  reads: ThreadReads,
  rules: readonly CompiledRule[],
  events: readonly EventFacts[],
): Promise<ReadonlyMap<EventFacts, EventSubject>> {
  const heard = events.filter(({ name }) =>
    rules.some(({ pattern }) => isDirected(name) || (pattern !== undefined && patternMatches(pattern, name))),
  );
  const subjects = heard.length === 0 ? [] : await eventSubjects(reads, heard);
  return new Map(subjects.map((subject) => [subject.event, subject]));
}

function decisionsOf(rules: readonly CompiledRule[], subject: EventSubject): RuleDecision[] {
  const view = scopeView({
    ...subject,
    rule: { id: '', name: '', revision: 0 },
    run: { id: 'simulation' },
    steps: {},
    vars: {},
    now: subject.event.occurredAt,
  });
  return rules.map((rule) => decideRule(rule, subject.event, view));
}

function outcomeWithoutSteps(decision: RuleDecision): SideOutcome {
  return decision.decision === 'not' ? { not: decision } : { run: 'unprepared' };
}

async function outcomesOf(
  rules: readonly CompiledRule[],
  subject: EventSubject,
  decisions: readonly RuleDecision[],
  options: SimulationOptions,
): Promise<SideOutcome[]> {
  const outcomes: SideOutcome[] = [];
  for (const [index, rule] of rules.entries()) {
    const decision = decisions[index];
    if (decision?.decision === 'not') outcomes.push({ not: decision });
    else outcomes.push({ run: runLineOf(await simulateEvent(rule, subject, options), rules.length > 1) });
  }
  return outcomes;
}

/** Steps that only steer the run; they are not counted as actions. */
const steering: ReadonlySet<string> = new Set(['condition', 'loop', 'transform', 'wait']);

function runLineOf({ steps }: EventSimulation, compared: boolean): RunSteps {
  return {
    actions: steps.flatMap(({ type }) => (steering.has(type) ? [] : [type])),
    faults: steps.filter(({ status }) => status === 'failed').length,
    fingerprint: compared
      ? JSON.stringify(steps.map(({ key, type, prepared, fault }) => [key, type, prepared, fault]))
      : '',
  };
}
