import type { Frame } from './runState.ts';

/** A step's id with the rounds of the loops around it, outermost first: `mail`, `mail[3]`, `mail[3][0]` (SPEC R2). */
export function stepKey(stepId: string, frames: readonly Frame[]): string {
  return stepId + frames.map((frame) => (frame.loop ? `[${frame.loop.round}]` : '')).join('');
}

/** The same in every attempt, so that a receiver recognises a repetition (SPEC R2). */
export function idempotencyKey(runId: string, key: string): string {
  return `${runId}:${key}`;
}
