import type { Json } from '../../../kernel/json.ts';
import { branchesOf } from '../../../resources/automation/step.ts';
import type { Step } from '../../../resources/automation/step.ts';
import type { Frame, RunState } from './runState.ts';
import { listAt } from './stepAt.ts';

/** Positions of passed-over steps that are kept for a retry; further ones are counted only. */
const keptPositions = 50;

export function hasEnded(state: RunState): boolean {
  return state.status !== 'running' && state.status !== 'waiting';
}

/** Takes up a list of the step under way; an empty or unknown one is over at once. */
export function enterBranch(steps: readonly Step[], state: RunState, branch: string, forError = false): RunState {
  return enter(steps, state, branch, forError ? { forError } : {});
}

/** Takes up the list of a loop, from its first round. */
export function enterRounds(steps: readonly Step[], state: RunState, items: Json[]): RunState {
  return items.length === 0 ? passStep(state) : enter(steps, state, 'steps', { loop: { items, round: 0 } });
}

function enter(steps: readonly Step[], state: RunState, branch: string, more: Partial<Frame>): RunState {
  const frame = state.frames.at(-1);
  const step = frame && listAt(steps, frame.list)?.[frame.index];
  const found = step && branchesOf(step).find(({ name }) => name === branch);
  if (!frame || !found || found.steps.length === 0) return passStep(state);
  const list = `${frame.list === '' ? '' : `${frame.list}.`}${frame.index}.${branch}`;
  return { ...state, phase: { at: 'start' }, frames: [...state.frames, { list, index: 0, ...more }] };
}

/** The step under way is over: the next of its list, or of a retry. */
export function passStep(state: RunState): RunState {
  const { frames, retrying } = state;
  if (retrying?.depth === frames.length) {
    const { retrying: _, ...rest } = state;
    const [next, ...others] = retrying.rest;
    return next
      ? { ...rest, phase: { at: 'start' }, frames: next, retrying: { depth: next.length, rest: others } }
      : { ...rest, phase: { at: 'start' }, frames: [] };
  }
  const frame = frames.at(-1);
  if (!frame) return state;
  return { ...state, phase: { at: 'start' }, frames: [...frames.slice(0, -1), { ...frame, index: frame.index + 1 }] };
}

/** Leaves lists that are over, takes up the rounds of loops, and ends a run that has no step left (SPEC R5). */
export function settle(steps: readonly Step[], state: RunState): RunState {
  let now = state;
  while (!hasEnded(now)) {
    const frame = now.frames.at(-1);
    if (!frame) return { ...now, status: now.failures > 0 ? 'partial' : 'success', phase: { at: 'start' } };
    const list = listAt(steps, frame.list);
    if (!list) {
      const error = `The run stands in the steps '${frame.list}', which its rule does not have. Start the rule again.`;
      return { ...now, status: 'failed', error };
    }
    if (frame.index < list.length) return now;
    const outer = now.frames.slice(0, -1);
    if (frame.loop && frame.loop.round + 1 < (frame.loop.offset ?? 0) + frame.loop.items.length) {
      const loop = { ...frame.loop, round: frame.loop.round + 1 };
      now = { ...now, frames: [...outer, { ...frame, index: 0, loop }] };
    } else {
      now = outer.length === 0 ? { ...now, frames: [] } : passStep({ ...now, frames: outer });
    }
  }
  return now;
}

/** The same state with the step under way remembered as failed and passed over. */
export function rememberFailure(state: RunState): RunState {
  const passedOver =
    state.passedOver.length < keptPositions
      ? [...state.passedOver, state.frames.map(withoutOtherItems)]
      : state.passedOver;
  return { ...state, failures: state.failures + 1, passedOver };
}

function withoutOtherItems(frame: Frame): Frame {
  if (!frame.loop) return frame;
  const { items, round, offset = 0 } = frame.loop;
  return { ...frame, loop: { items: items.slice(round - offset, round - offset + 1), round, offset: round } };
}
