import type { AccessUse } from '#shared/domain/access/accessTypes.ts';
import { simulateRoleChange } from '#shared/domain/access/simulateRoleChange.ts';
import type { Simulation, SimulationInput } from '#shared/domain/access/simulateRoleChange.ts';

/** What the thread is asked: a simulation over uses in an array, so that the way there is known. */
export type SimulationAsk = Omit<SimulationInput, 'uses' | 'roles' | 'staff'> & {
  uses: readonly AccessUse[];
  roles: SimulationInput['roles'] & readonly unknown[];
  staff: SimulationInput['staff'] & readonly unknown[];
};

export type SimulationMessage =
  /** From 0 to 1. */
  { type: 'progress'; share: number } | { type: 'done'; simulation: Simulation } | { type: 'failed'; message: string };

/** Uses between two words about the progress. */
const step = 5000;

/** Runs the simulation and says how far it is. */
export function simulateWithProgress(ask: SimulationAsk, post: (message: SimulationMessage) => void): void {
  const { uses } = ask;
  function* told() {
    for (const [index, use] of uses.entries()) {
      if (index % step === 0) post({ type: 'progress', share: index / uses.length });
      yield use;
    }
  }
  try {
    post({ type: 'done', simulation: simulateRoleChange({ ...ask, uses: told() }) });
  } catch (error) {
    post({ type: 'failed', message: error instanceof Error ? error.message : String(error) });
  }
}
