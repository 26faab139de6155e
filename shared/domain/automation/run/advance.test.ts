import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { stepsSchema } from '../../../resources/automation/step.ts';
import type { Step } from '../../../resources/automation/step.ts';
import { applyOutcome, beginStep, cancelRun, mostSteps, nextMove, retryFromFailed, startRun } from './advance.ts';
import type { RunState, StepOutcome } from './runState.ts';
import { scopeOf } from './scopeOf.ts';
import { approvalOutcome, effectOutcome } from './stepOutcome.ts';
import { recordTrace } from './traces.ts';
import type { Traces } from './traces.ts';

const start = Date.UTC(2026, 0, 1);
const done: StepOutcome = { outcome: 'done', output: 'ok' };
const broken: StepOutcome = { outcome: 'failed', error: 'no connection', retriable: true };
const refused: StepOutcome = { outcome: 'failed', error: 'no such mailbox', retriable: false };

const program = (...steps: object[]): Step[] =>
  stepsSchema.parse(steps.map((step, index) => ({ id: `s${index}`, name: `Step ${index}`, ...step })));
const mail = (more: object = {}) => ({ type: 'email', to: 'a@b.example', subject: '', template: '', ...more });
const inner = (id: string, more: object = {}) => ({ id, name: id, ...mail(more) });
const loopOver = (steps: object[], more: object = {}) => ({ type: 'loop', over: '$', cap: 10_000, steps, ...more });
const approval = (more: object = {}) => ({ type: 'approval', permission: 'x.y', question: '?', ...more });

type Answer = (step: Step, key: string, attempt: number) => StepOutcome;

interface Walk {
  state: RunState;
  traces: Traces;
  /** Keys with attempts, in the order in which they were performed. */
  performed: string[];
  slept: { for: string; milliseconds: number }[];
  now: number;
}

/** Walks a run to its end or to a pause without end; with `crashing`, everything is forgotten but the stored state, at every move. */
function walk(
  steps: Step[],
  answer: Answer,
  options: { crashing?: boolean; from?: RunState; random?: number } = {},
): Walk {
  const found: Walk = {
    state: options.from ?? startRun(),
    traces: { steps: [], leftOut: 0 },
    performed: [],
    slept: [],
    now: start,
  };
  const store = ({ state, trace }: ReturnType<typeof beginStep>) => {
    found.state = options.crashing ? (JSON.parse(JSON.stringify(state)) as RunState) : state;
    if (trace) found.traces = recordTrace(found.traces, trace);
  };
  for (let moves = 0; moves < 200_000; moves++) {
    const move = nextMove(steps, found.state, found.now);
    found.state = move.state;
    switch (move.move) {
      case 'end':
        return found;
      case 'sleep':
        if (move.until === Number.MAX_SAFE_INTEGER) return found;
        found.slept.push({ for: move.waiting.for, milliseconds: move.until - found.now });
        found.now = move.until;
        break;
      case 'resume':
        store(applyOutcome(steps, move.state, move.outcome, found.now, () => options.random ?? 0));
        break;
      case 'prepare': {
        const begun = { attempt: move.attempt, input: move.key, now: found.now, runId: 'run' };
        store(beginStep(steps, move.state, begun));
        if (options.crashing) {
          const again = nextMove(steps, found.state, found.now);
          if (again.move !== 'prepare' || again.key !== move.key || again.attempt !== move.attempt)
            throw new Error(`after a crash in ${move.key} the run moves on with ${JSON.stringify(again)}`);
          store(beginStep(steps, again.state, begun));
        }
        found.performed.push(move.attempt === 1 ? move.key : `${move.key}#${move.attempt}`);
        const outcome = answer(move.step, move.key, move.attempt);
        store(applyOutcome(steps, found.state, outcome, found.now, () => options.random ?? 0));
      }
    }
  }
  throw new Error('the run does not end');
}

describe('a run', () => {
  it('takes its steps in order and succeeds (R5)', () => {
    const { state, performed, traces } = walk(program(mail(), mail()), () => done);
    expect(performed).toEqual(['s0', 's1']);
    expect(state).toMatchObject({ status: 'success', frames: [], outputs: { s0: 'ok', s1: 'ok' } });
    expect(traces.steps.map((trace) => trace.idempotencyKey)).toEqual(['run:s0', 'run:s1']);
  });

  it('without steps succeeds at once', () => {
    expect(nextMove([], startRun(), start)).toMatchObject({ move: 'end', status: 'success' });
  });

  it('waits longer before each further attempt, and by jitter up to half less (R3)', () => {
    const steps = program(mail({ retry: { max: 3, backoffSeconds: 10 } }));
    const full = walk(steps, () => broken);
    expect(full.slept.map((pause) => pause.milliseconds)).toEqual([10_000, 20_000, 40_000]);
    expect(full.performed).toEqual(['s0', 's0#2', 's0#3', 's0#4']);
    expect(full.state).toMatchObject({ status: 'failed', error: 'no connection' });
    const less = walk(steps, () => broken, { random: 0.999_999 });
    expect(less.slept.map((pause) => pause.milliseconds)).toEqual([5000, 10_000, 20_000]);
    expect(full.traces.steps).toMatchObject([{ key: 's0', attempts: 4, status: 'failed', durationMs: 70_000 }]);
  });

  it('keeps the key of a step in every attempt and counts rounds in it (R2)', () => {
    const steps = program(loopOver([{ ...loopOver([inner('deep')]), id: 'second', name: 'second' }]));
    const { traces, performed } = walk(steps, (step) =>
      step.type === 'loop' ? { outcome: 'done', output: null, flow: { effect: 'rounds', items: ['a', 'b'] } } : done,
    );
    expect(performed).toEqual(['s0', 'second[0]', 'deep[0][0]', 'deep[0][1]', 'second[1]', 'deep[1][0]', 'deep[1][1]']);
    expect(traces.steps.at(-1)).toMatchObject({ stepId: 'deep', idempotencyKey: 'run:deep[1][1]' });
  });

  it('does not try again what cannot succeed, and stops', () => {
    const { state, performed } = walk(program(mail(), mail()), () => refused);
    expect(performed).toEqual(['s0']);
    expect(state).toMatchObject({ status: 'failed', frames: [{ list: '', index: 0 }] });
  });

  it('passes over a failed step that says so, and is partial (R5)', () => {
    const steps = program(mail({ onError: 'continue' }), mail());
    const { state, performed } = walk(steps, (step) => (step.id === 's0' ? refused : done));
    expect(performed).toEqual(['s0', 's1']);
    expect(state).toMatchObject({ status: 'partial', failures: 1, outputs: { s0: { error: 'no such mailbox' } } });
  });

  it('runs the steps for an error and goes on behind the failed one', () => {
    const steps = program(mail({ onError: 'branch', errorSteps: [inner('rescue')] }), mail());
    const { state, performed, traces } = walk(steps, (step) => (step.id === 's0' ? refused : done));
    expect(performed).toEqual(['s0', 'rescue', 's1']);
    expect(state.status).toBe('partial');
    expect(traces.steps[0]).toMatchObject({ status: 'failed', branch: 'errorSteps' });
  });

  it('takes the list of the branch, of the model’s option, or the fallback', () => {
    const decision = {
      type: 'aiDecision',
      question: '?',
      timeoutSeconds: 5,
      options: [
        { id: 'a', label: 'A', steps: [inner('first')] },
        { id: 'b', label: 'B', steps: [inner('second')] },
      ],
      fallback: [inner('neither')],
    };
    const taken = (answer: Parameters<typeof effectOutcome>[1]) =>
      walk(program(decision), (step) => (step.type === 'aiDecision' ? effectOutcome(step, answer) : done)).performed[1];
    expect(taken({ ok: true, output: { option: 'b', reason: 'why' } })).toBe('second');
    expect(taken({ ok: true, output: { option: 'c' } })).toBe('neither');
    expect(taken({ ok: false, error: 'no answer in 5 s', retriable: true })).toBe('neither');
  });

  it('shows each round its item, and leaves an empty loop at once', () => {
    const steps = program(loopOver([inner('each')]), mail());
    const seen: unknown[] = [];
    let state = startRun();
    const rounds = (items: string[]) =>
      walk(steps, (step) =>
        step.type === 'loop' ? { outcome: 'done', output: null, flow: { effect: 'rounds', items } } : done,
      );
    expect(rounds([]).performed).toEqual(['s0', 's1']);
    for (;;) {
      const move = nextMove(steps, state, start);
      if (move.move !== 'prepare') break;
      seen.push(scopeOf(move.state, baseScope, start).loop);
      const begun = beginStep(steps, move.state, { attempt: 1, input: null, now: start, runId: 'run' });
      const outcome: StepOutcome =
        move.step.type === 'loop'
          ? { outcome: 'done', output: null, flow: { effect: 'rounds', items: ['x', 'y'] } }
          : done;
      state = applyOutcome(steps, begun.state, outcome, start, () => 0).state;
    }
    expect(seen).toEqual([undefined, { item: 'x', index: 0 }, { item: 'y', index: 1 }, undefined]);
  });

  it('waits for its delay, for a time, and for an event that does not come', () => {
    const steps = program(mail({ delayMinutes: 2 }), {
      type: 'wait',
      until: { for: 'event', pattern: 'a.b', timeoutMinutes: 5 },
    });
    const { slept, state } = walk(steps, (step) =>
      step.type === 'wait'
        ? {
            outcome: 'waiting',
            waiting: { for: 'event', until: '', detail: 'a.b' },
            until: start + 7 * 60_000,
          }
        : done,
    );
    expect(slept).toEqual([
      { for: 'delay', milliseconds: 120_000 },
      { for: 'event', milliseconds: 300_000 },
    ]);
    expect(state).toMatchObject({ status: 'success', outputs: { s1: { timedOut: true } } });
  });

  it('pauses for an approval, and goes on or is cancelled by the answer (R5)', () => {
    const asking: Answer = (step) =>
      step.type === 'approval'
        ? { outcome: 'waiting', waiting: { for: 'approval', until: '', detail: 'id' }, until: Number.MAX_SAFE_INTEGER }
        : done;
    const answered = (status: 'approved' | 'rejected' | 'expired', more: object = {}) => {
      const steps = program(approval(more), mail());
      const paused = walk(steps, asking);
      expect(paused.state.status).toBe('waiting');
      const outcome = approvalOutcome(steps[0]!, { status, by: 'staff', comment: 'too dear' });
      const { state } = applyOutcome(steps, paused.state, outcome, start, () => 0);
      return walk(steps, asking, { from: state }).state;
    };
    expect(answered('approved')).toMatchObject({ status: 'success', outputs: { s0: { approved: true, by: 'staff' } } });
    expect(answered('rejected')).toMatchObject({ status: 'cancelled', error: 'The approval was rejected: too dear' });
    expect(answered('rejected', { onReject: 'continue' })).toMatchObject({
      status: 'success',
      outputs: { s0: { approved: false } },
    });
  });

  it('ends after twenty thousand steps whatever its loops say (R4)', () => {
    const steps = program(loopOver([{ ...loopOver([inner('deep')]), id: 'second', name: 'second' }]));
    const items = Array.from({ length: 200 }, (_, index) => index);
    const { state, performed, traces } = walk(steps, (step) =>
      step.type === 'loop' ? { outcome: 'done', output: null, flow: { effect: 'rounds', items } } : done,
    );
    expect(performed).toHaveLength(mostSteps);
    expect(state).toMatchObject({ status: 'failed' });
    expect(state.error).toContain('20000 steps');
    expect(traces.steps).toHaveLength(300);
    expect(traces.leftOut).toBe(mostSteps - 300);
  });

  it('is cancelled wherever it stands, and an ended run stays as it is (R5)', () => {
    const steps = program(mail({ delayMinutes: 5 }), mail());
    const sleeping = nextMove(steps, startRun(), start).state;
    expect(cancelRun(steps, sleeping, 'a newer run', start).state).toMatchObject({
      status: 'cancelled',
      error: 'a newer run',
    });
    const ended = walk(steps, () => done).state;
    expect(cancelRun(steps, ended, 'late', start)).toEqual({ state: ended, trace: undefined });
  });
});

describe('a retry (R7)', () => {
  it('of a failed run begins with the step that failed, without its delay', () => {
    const steps = program(mail(), mail({ delayMinutes: 60 }), mail());
    const failed = walk(steps, (step) => (step.id === 's1' ? refused : done)).state;
    const again = retryFromFailed(steps, failed)!;
    const { performed, state, slept } = walk(steps, () => done, { from: again });
    expect([performed, slept, state.status]).toEqual([['s1', 's2'], [], 'success']);
  });

  it('of a partial run runs only what was passed over, in its own rounds', () => {
    const steps = program(
      loopOver([inner('each', { onError: 'continue' }), inner('after')]),
      mail({ onError: 'continue' }),
      mail(),
    );
    const rounds: StepOutcome = { outcome: 'done', output: null, flow: { effect: 'rounds', items: ['x', 'y', 'z'] } };
    const failing =
      (keys: string[]): Answer =>
      (step, key) =>
        step.type === 'loop' ? rounds : keys.includes(key) ? refused : done;
    const partial = walk(steps, failing(['each[1]', 's1'])).state;
    expect(partial.status).toBe('partial');
    const again = walk(steps, failing(['s1']), { from: retryFromFailed(steps, partial)! });
    expect([again.performed, again.state.status, again.state.failures]).toEqual([['each[1]', 's1'], 'partial', 1]);
    const last = walk(steps, failing([]), { from: retryFromFailed(steps, again.state)! });
    expect([last.performed, last.state.status]).toEqual([['s1'], 'success']);
  });

  it('is not possible for a run that goes on, succeeded, or lost its steps', () => {
    const steps = program(mail());
    expect(retryFromFailed(steps, startRun())).toBeUndefined();
    expect(retryFromFailed(steps, walk(steps, () => done).state)).toBeUndefined();
    expect(retryFromFailed([], walk(steps, () => refused).state)).toBeUndefined();
  });
});

const baseScope: Parameters<typeof scopeOf>[1] = {
  event: {
    id: 'e',
    name: 'a.b',
    module: 'a',
    code: 'b',
    tenantId: '',
    entityType: '',
    entityId: '',
    data: {},
    triggeredBy: '',
    source: '',
    occurredAt: '',
    depth: 0,
    chain: [],
  },
  record: null,
  before: null,
  tenant: null,
  rule: { id: 'r', name: 'r', revision: 1 },
  run: { id: 'run' },
};

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
