import { decideRule, explainRule } from '../rules/decideRule.ts';
import type { CompiledRule, RuleDecision, RuleExplanation } from '../rules/decideRule.ts';
import { startRun } from '../run/advance.ts';
import type { RunState } from '../run/runState.ts';
import type { ScopeBase } from '../run/scopeOf.ts';
import type { EventSubject } from '../rules/subjectOf.ts';
import { scopeView } from '../scopeView.ts';
import type { Assumptions } from './assumptions.ts';
import { createSimulatedRecords } from './simulatedRecords.ts';
import type { SimulationLookups } from './simulatedRecords.ts';
import { walkRun } from './walkRun.ts';
import type { SimulatedStep } from './walkRun.ts';

export interface SimulationOptions {
  /** When the run would start, milliseconds since the epoch. */
  now: number;
  assumptions?: Assumptions;
  /** Where steps find records that they change and that are not the event's. */
  lookups?: SimulationLookups;
  /** Monotonic milliseconds, for the bound on expressions. */
  clock?: () => number;
  /** Steps shown of one run; default 300. */
  mostSteps?: number;
  /** Walks the steps although the rule would not run: for the preview of a rule that is being written. */
  evenIfNot?: boolean;
}

/** What a rule would do for an event. Nothing of it is done. */
export interface EventSimulation {
  ruleId: string;
  revision: number;
  decision: RuleDecision;
  explanation: RuleExplanation;
  /** The steps as they would run; empty when the rule does not. */
  steps: SimulatedStep[];
  /** How the run would end; 'running' where more steps follow than are shown. undefined when the rule does not run. */
  status: RunState['status'] | undefined;
  error: string;
  /** ISO 8601; '' when the rule does not run. */
  endsAt: string;
}

/**
 * Decides as the server does and walks the steps with the server's own preparation and the server's own moves (SPEC M1).
 * What a person, a model or the world would answer is assumed and said so; changes of records are seen by later steps and
 * forgotten afterwards.
 */
export async function simulateEvent(
  rule: CompiledRule,
  subject: EventSubject,
  options: SimulationOptions,
): Promise<EventSimulation> {
  const base: ScopeBase = {
    ...subject,
    rule: { id: rule.id, name: rule.name, revision: rule.revision },
    run: { id: 'simulation' },
  };
  const view = scopeView({ ...base, steps: {}, vars: {}, now: new Date(options.now).toISOString() });
  const decision = decideRule(rule, subject.event, view);
  const explanation = explainRule(rule, subject.event, view);
  const known = { ruleId: rule.id, revision: rule.revision, decision, explanation };
  if (decision.decision === 'not' && !options.evenIfNot)
    return { ...known, steps: [], status: undefined, error: '', endsAt: '' };
  const walked = await walkRun(rule.body.steps, startRun(), base, {
    now: options.now,
    assumptions: options.assumptions ?? {},
    records: createSimulatedRecords(base, options.lookups),
    mostSteps: options.mostSteps ?? 300,
    ...(options.clock ? { clock: options.clock } : {}),
  });
  return {
    ...known,
    steps: walked.steps,
    status: walked.state.status,
    error: walked.state.error,
    endsAt: new Date(walked.now).toISOString(),
  };
}
