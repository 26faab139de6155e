import type { Scope } from '../scope.ts';
import type { RunState } from './runState.ts';

/** What does not change while a run goes on, or is read anew for each step by the caller. */
export type ScopeBase = Omit<Scope, 'steps' | 'vars' | 'loop' | 'now'>;

/** The scope of the step under way: outputs, variables and the innermost round. `now` in milliseconds since the epoch. */
export function scopeOf(_state: RunState, _base: ScopeBase, _now: number): Scope {
  throw new Error('being written');
}
