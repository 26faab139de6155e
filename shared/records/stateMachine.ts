/** The states of a kind and the moves between them. Labels are translation keys `states.<kind>.<state>`. */
export interface StateMachine {
  initial: string;
  states: Record<
    string,
    {
      order: number;
      terminal?: boolean;
      tone: 'neutral' | 'success' | 'warning' | 'danger' | 'info';
    }
  >;
  transitions: StateTransition[];
}

export interface StateTransition {
  from: string;
  to: string;
  /** Names of inputs a person must give, kept in the audit entry. */
  requires?: 'reason'[];
  /** Permission needed instead of the kind's `<resource>.edit`. */
  permission?: string;
  /** 'server' = only the server makes this move (a job, an integration). */
  by?: 'server';
}

/** The transition between two states, or undefined where none is defined. */
export function findTransition(machine: StateMachine, from: string, to: string): StateTransition | undefined {
  return machine.transitions.find((transition) => transition.from === from && transition.to === to);
}

/** States that may follow `from`, in the machine's order. */
export function statesAfter(machine: StateMachine, from: string): string[] {
  return machine.transitions
    .filter((transition) => transition.from === from)
    .map((transition) => transition.to)
    .sort((left, right) => (machine.states[left]?.order ?? 0) - (machine.states[right]?.order ?? 0));
}

export type TransitionProblem =
  | { reason: 'unknown_state'; allowed: string[] }
  | { reason: 'not_allowed'; allowed: string[] }
  | { reason: 'server_only'; allowed: string[] }
  | { reason: 'forbidden'; permission: string; allowed: string[] }
  | { reason: 'reason_required'; allowed: string[] };

/**
 * What may follow, for this person, and why not: the one answer behind the button in the console, the check before a
 * local write, and the server. `may` answers whether the person holds a permission for this record.
 */
export function checkTransition(
  machine: StateMachine,
  attempt: { from: string; to: string; reason?: string; actor: 'person' | 'server' },
  defaultPermission: string,
  may: (permission: string) => boolean,
): TransitionProblem | undefined {
  const allowed = statesAfter(machine, attempt.from);
  if (!machine.states[attempt.to]) return { reason: 'unknown_state', allowed };
  const transition = findTransition(machine, attempt.from, attempt.to);
  if (!transition) return { reason: 'not_allowed', allowed };
  if (attempt.actor === 'server') return undefined;
  if (transition.by === 'server') return { reason: 'server_only', allowed };
  const permission = transition.permission ?? defaultPermission;
  if (!may(permission)) return { reason: 'forbidden', permission, allowed };
  if (transition.requires?.includes('reason') && !attempt.reason?.trim()) return { reason: 'reason_required', allowed };
  return undefined;
}
