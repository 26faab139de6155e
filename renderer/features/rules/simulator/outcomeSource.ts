import type { Assumptions } from '#shared/domain/automation/simulation/assumptions.ts';
import type { SimulatedSide } from '#renderer/data/simulation/threadTasks.ts';

/** Which versions of a rule are simulated, with what assumed and at which moment. */
export interface OutcomeSource {
  sides: SimulatedSide[];
  /** Name of each version. */
  names: readonly string[];
  assumptions: Assumptions;
  /** ISO 8601. */
  now: string;
  /** A paused rule does not run; otherwise it is simulated as if it were active. */
  asItIs?: boolean;
}
