import { describe, expect, it } from 'vitest';
import { runStart as start, walkTestRun as walk } from '#tests/support/walkTestRun.ts';
import type { Answer } from '#tests/support/walkTestRun.ts';
import { stepsSchema } from '../../../resources/automation/step.ts';
import type { Step } from '../../../resources/automation/step.ts';
import { applyOutcome, beginStep, cancelRun, mostSteps, nextMove, retryFromFailed, startRun } from './advance.ts';
import type { StepOutcome } from './runState.ts';
import { scopeOf } from './scopeOf.ts';
import { approvalOutcome, effectOutcome } from './stepOutcome.ts';

const done: StepOutcome = { outcome: 'done', output: 'ok' };
const broken: StepOutcome = { outcome: 'failed', error: 'no connection', retriable: true };
const refused: StepOutcome = { outcome: 'failed', error: 'no such mailbox', retriable: false };

const program = (...steps: object[]): Step[] =>
  stepsSchema.parse(steps.map((step, index) => ({ id: `s${index}`, name: `Step ${index}`, ...step })));
const mail = (more: object = {}) => ({ type: 'email', to: 'a@b.example', subject: '', template: '', ...more });
const inner = (id: string, more: object = {}) => ({ id, name: id, ...mail(more) });
const loopOver = (steps: object[], more: object = {}) => ({ type: 'loop', over: '$', cap: 10_000, steps, ...more });
const approval = (more: object = {}) => ({ type: 'approval', permission: 'x.y', question: '?', ...more });

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

  it('passes over a failed step that says so, and is partial (R5, R6)', () => {
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

  it('waits for its delay, for a time, and for an event that does not come (R8)', () => {
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
