import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { runStart as start, walkTestRun as walk } from '#tests/support/walkTestRun.ts';
import type { Answer } from '#tests/support/walkTestRun.ts';
import { stepsSchema } from '../../../resources/automation/step.ts';
import { retryFromFailed } from './advance.ts';
import type { StepOutcome } from './runState.ts';

const done: StepOutcome = { outcome: 'done', output: 'ok' };
const broken: StepOutcome = { outcome: 'failed', error: 'no connection', retriable: true };
const refused: StepOutcome = { outcome: 'failed', error: 'no such mailbox', retriable: false };

const mail = (more: object = {}) => ({ type: 'email', to: 'a@b.example', subject: '', template: '', ...more });
const loopOver = (steps: object[], more: object = {}) => ({ type: 'loop', over: '$', cap: 10_000, steps, ...more });
const approval = (more: object = {}) => ({ type: 'approval', permission: 'x.y', question: '?', ...more });

/** Programs of all shapes; ids are given afterwards so that they are unique. */
const anySteps = fc.letrec<{ steps: object[]; step: object }>((tie) => {
  const common = fc.record({
    delayMinutes: fc.constantFrom(0, 0, 3),
    retry: fc.record({ max: fc.nat(3), backoffSeconds: fc.integer({ min: 1, max: 60 }) }),
    onError: fc.constantFrom('stop', 'continue', 'continue', 'branch'),
    errorSteps: fc.option(tie('steps'), { nil: undefined, maxDepth: 2, depthIdentifier: 'steps' }),
  });
  const own = fc.oneof(
    { maxDepth: 3, depthIdentifier: 'steps' },
    fc.constant(mail()),
    fc.constant(approval()),
    fc.constant({ type: 'wait', until: { for: 'duration', minutes: 5 } }),
    fc.record({
      type: fc.constant('condition'),
      conditions: fc.constant({ type: 'group', match: 'and', conditions: [] }),
      then: tie('steps'),
      otherwise: tie('steps'),
    }),
    tie('steps').map((steps) => loopOver(steps)),
  );
  return {
    step: fc.tuple(common, own).map(([held, one]) => ({ ...held, ...one })),
    steps: fc.array(tie('step'), { maxLength: 4, depthIdentifier: 'steps' }),
  };
}).steps;

let named = 0;
function withIds(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withIds);
  if (typeof value !== 'object' || value === null) return value;
  const held = Object.fromEntries(Object.entries(value).map(([key, one]) => [key, withIds(one)]));
  return 'type' in held && held['type'] !== 'group' ? { id: `n${named++}`, name: 'step', ...held } : held;
}

/** What happens to a step, chosen by numbers alone, so that the same step in the same attempt always fares the same. */
function fate(seed: number): Answer {
  return (step, key, attempt) => {
    let hash = seed;
    for (const letter of `${key}#${attempt}`) hash = (Math.imul(hash, 31) + letter.codePointAt(0)!) | 0;
    const dice = Math.abs(hash ^ (hash >>> 15)) % 100;
    if (dice < 12) return broken;
    if (dice < 18) return refused;
    if (dice < 20) return { outcome: 'cancelled', reason: 'enough' };
    if (step.type === 'loop')
      return {
        outcome: 'done',
        output: null,
        flow: { effect: 'rounds', items: Array.from({ length: dice % 4 }, () => dice) },
      };
    if (step.type === 'condition')
      return { outcome: 'done', output: dice, flow: { effect: 'branch', branch: dice % 2 ? 'then' : 'otherwise' } };
    if (step.type === 'wait' || step.type === 'approval')
      return {
        outcome: 'waiting',
        waiting: { for: step.type === 'wait' ? 'time' : 'approval', until: '', detail: '' },
        until: start + dice * 60_000,
      };
    return { outcome: 'done', output: dice };
  };
}

describe('any run of any program', () => {
  it('ends, is the same each time, and the same after a crash at every move (R1, R4)', () => {
    fc.assert(
      fc.property(anySteps, fc.integer(), fc.double({ min: 0, max: 0.999, noNaN: true }), (raw, seed, random) => {
        named = 0;
        const parsed = stepsSchema.safeParse(withIds(raw));
        fc.pre(parsed.success);
        const steps = parsed.data ?? [];
        const plain = walk(steps, fate(seed), { random });
        expect(['success', 'partial', 'failed', 'cancelled']).toContain(plain.state.status);
        expect(walk(steps, fate(seed), { random })).toEqual(plain);
        expect(walk(steps, fate(seed), { random, crashing: true })).toEqual(plain);
        expect(JSON.parse(JSON.stringify(plain.state))).toEqual(plain.state);
        const failed = plain.traces.steps.filter((trace) => trace.status === 'failed').length;
        const counted = plain.state.status === 'failed' ? plain.state.failures + 1 : plain.state.failures;
        expect(plain.traces.leftOut > 0 ? counted : failed).toBe(counted);
        const again = retryFromFailed(steps, plain.state);
        expect(again === undefined).toBe(plain.state.status === 'success');
        if (!again) return;
        const healed = walk(steps, (step) => (step.type === 'approval' ? done : fate(seed | 1)(step, step.id, 99)), {
          from: again,
        });
        expect(['success', 'partial', 'failed', 'cancelled']).toContain(healed.state.status);
      }),
      { numRuns: 400 },
    );
  });
});
