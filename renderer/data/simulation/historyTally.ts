import { differenceOf } from './simulationResult.ts';
import type {
  ComparisonTally,
  EventLine,
  HistoryTally,
  MatchLine,
  NotDecision,
  ReasonGroup,
  RunLine,
  SideTally,
} from './simulationResult.ts';

/** What became of one event for one version. */
export type SideOutcome = { run: RunLine } | { not: NotDecision };

/** Counts outcomes event by event, and keeps a few examples of each reason not to run. */
export interface TallyKeeper {
  /** One outcome per version. Answers the line for the list where at least one runs. */
  add: (event: EventLine, outcomes: readonly SideOutcome[]) => MatchLine | undefined;
  tally: () => HistoryTally;
}

const keptExamples = 25;

interface SideCount extends Omit<SideTally, 'tenants' | 'reasons'> {
  tenants: Set<string>;
  reasons: Map<string, ReasonGroup>;
}

export function createTally(sides: number): TallyKeeper {
  const counts = Array.from({ length: sides }, (): SideCount => ({
    matched: 0,
    prepared: 0,
    notMatched: 0,
    actions: {},
    tenants: new Set(),
    faults: 0,
    reasons: new Map(),
  }));
  const comparison: ComparisonTally = { onlyFirst: 0, onlySecond: 0, different: 0, same: 0, unprepared: 0 };
  let seen = 0;
  return {
    add: (event, outcomes) => {
      seen += 1;
      counts.forEach((count, index) => {
        const outcome = outcomes[index];
        if (!outcome) return;
        if ('run' in outcome) addRun(count, event, outcome.run);
        else addReason(count, event, outcome.not);
      });
      const runs = outcomes.map((outcome) => ('run' in outcome ? outcome.run : null));
      if (runs.every((run) => run === null)) return undefined;
      const line = { event, runs };
      if (sides === 2) comparison[differenceOf(line)] += 1;
      return line;
    },
    tally: () => ({
      seen,
      sides: counts.map(({ tenants, reasons, ...count }) => ({
        ...count,
        tenants: tenants.size,
        reasons: [...reasons.values()].sort(byInterest),
      })),
      comparison: sides === 2 ? comparison : undefined,
    }),
  };
}

function addRun(count: SideCount, event: EventLine, run: RunLine): void {
  count.matched += 1;
  if (event.tenantId !== '') count.tenants.add(event.tenantId);
  if (run === 'unprepared') return;
  count.prepared += 1;
  if (run.faults > 0) count.faults += 1;
  for (const type of run.actions) count.actions[type] = (count.actions[type] ?? 0) + 1;
}

function addReason(count: SideCount, event: EventLine, decision: NotDecision): void {
  count.notMatched += 1;
  const key = reasonKey(decision);
  const group = count.reasons.get(key);
  if (!group) {
    count.reasons.set(key, { key, decision, count: 1, examples: [{ event, decision }] });
    return;
  }
  group.count += 1;
  if (group.examples.length < keptExamples) group.examples.push({ event, decision });
}

/** What the rule itself decided comes before events that it never listened to; then the commonest first. */
function byInterest(left: ReasonGroup, right: ReasonGroup): number {
  return Number(isDistant(left)) - Number(isDistant(right)) || right.count - left.count;
}

function isDistant({ decision }: ReasonGroup): boolean {
  return decision.because === 'trigger' || decision.because === 'tenant';
}

/** Equal for decisions that the same part of the rule settled. */
function reasonKey(decision: NotDecision): string {
  if (decision.because === 'conditions') return `conditions/${decision.decidedBy?.path ?? ''}`;
  return decision.because;
}
