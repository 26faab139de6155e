import type { Scope } from '../scope.ts';
import type { RunState } from './runState.ts';

/** What does not change while a run goes on, or is read anew for each step by the caller. */
export type ScopeBase = Omit<Scope, 'steps' | 'vars' | 'loop' | 'now'>;

/** The scope of the step under way: outputs, variables and the innermost round. `now` in milliseconds since the epoch. */
export function scopeOf(state: RunState, base: ScopeBase, now: number): Scope {
  const loop = state.frames.findLast((frame) => frame.loop)?.loop;
  return {
    ...base,
    steps: Object.fromEntries(Object.entries(state.outputs).map(([id, output]) => [id, { output }])),
    vars: state.vars,
    now: new Date(now).toISOString(),
    ...(loop ? { loop: { item: loop.items[loop.round - (loop.offset ?? 0)] ?? null, index: loop.round } } : {}),
  };
}
