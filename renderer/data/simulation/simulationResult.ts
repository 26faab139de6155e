import type { RuleDecision } from '#shared/domain/automation/rules/decideRule.ts';
import type { EventFacts } from '#shared/domain/automation/scope.ts';
import type { EventSimulation } from '#shared/domain/automation/simulation/simulateRule.ts';
import type { TestDifference } from '#shared/domain/automation/simulation/runRuleTest.ts';
import type { RecordEnvelope } from '#shared/records/envelope.ts';
import type { StepType } from '#shared/resources/automation/step.ts';

/** An event as lists of results name it. */
export interface EventLine {
  id: string;
  /** `module.code`. */
  name: string;
  tenantId: string;
  occurredAt: string;
}

/** What one version of a rule would do for an event, in short: the whole is simulated again when somebody looks at it. */
export interface RunSteps {
  /** Types of the steps that act, in their order. */
  actions: StepType[];
  faults: number;
  /** Equal for runs that would do the same, with the same values. */
  fingerprint: string;
}

/** It runs; beyond the first so many runs of a simulation the steps are not prepared. */
export type RunLine = RunSteps | 'unprepared';

/** An event for which at least one version runs; of each version, in their order, its run or none. */
export interface MatchLine {
  event: EventLine;
  runs: (RunLine | null)[];
}

export type NotDecision = Extract<RuleDecision, { decision: 'not' }>;

/** Events for which a version does not run for the same reason. */
export interface ReasonGroup {
  key: string;
  /** The decision of the first of them. */
  decision: NotDecision;
  count: number;
  /** The first few, each with what was found there. */
  examples: { event: EventLine; decision: NotDecision }[];
}

/** What a stretch of history is for one version of a rule. */
export interface SideTally {
  matched: number;
  /** Of them, those whose steps were prepared: actions and faults are counted in these. */
  prepared: number;
  notMatched: number;
  /** How often each kind of step would act. */
  actions: Partial<Record<StepType, number>>;
  tenants: number;
  /** Runs with a step that cannot be prepared. */
  faults: number;
  /** Events of other types and tenants last; else the commonest first. */
  reasons: ReasonGroup[];
}

/** Events for which two versions differ, or do not. */
export interface ComparisonTally {
  onlyFirst: number;
  onlySecond: number;
  /** Both run, and do different things. */
  different: number;
  same: number;
  /** Both run, and the steps were not prepared. */
  unprepared: number;
}

export interface HistoryTally {
  seen: number;
  sides: SideTally[];
  comparison: ComparisonTally | undefined;
}

/** How two versions differ for an event. */
export function differenceOf({ runs: [first, second] }: MatchLine): keyof ComparisonTally {
  if (!second) return 'onlyFirst';
  if (!first) return 'onlySecond';
  if (first === 'unprepared' || second === 'unprepared') return 'unprepared';
  return first.fingerprint === second.fingerprint ? 'same' : 'different';
}

/** One event simulated in full, by each version. */
export interface EventAnswer {
  event: EventFacts;
  /** The record the event is about, as it is here. */
  record: RecordEnvelope | null;
  sides: EventSimulation[];
}

/** What every rule decides for one event: those that run first, then those that came nearest to it. */
export interface EventVerdicts {
  event: EventLine;
  verdicts: {
    ruleId: string;
    name: string;
    tenantId: string;
    /** It waits for such events, whatever else it asks. */
    listens: boolean;
    decision: RuleDecision;
  }[];
}

/** What became of one saved test. */
export interface TestAnswer {
  testId: string;
  passed: boolean;
  differences: TestDifference[];
  decision: RuleDecision;
}
