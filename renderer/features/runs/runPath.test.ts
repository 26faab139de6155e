import { describe, expect, it } from 'vitest';
import type { StepTrace } from '#shared/resources/runs/run.ts';
import { runPath } from './runPath.ts';

const trace = (stepId: string, status: StepTrace['status'], branch?: string): StepTrace => ({
  stepId,
  key: stepId,
  type: 'email',
  name: stepId,
  status,
  attempts: 1,
  startedAt: '',
  durationMs: 1,
  error: '',
  ...(branch === undefined ? {} : { branch }),
});

describe('the path of a run', () => {
  it('marks what was done, and which branches were taken', () => {
    const path = runPath([trace('ask', 'success', 'then'), trace('mail', 'failed')], true);
    expect([path.markOf('ask'), path.markOf('mail'), path.markOf('other')]).toEqual(['success', 'failed', 'not_taken']);
    expect([path.took('ask', 'then'), path.took('ask', 'otherwise')]).toEqual([true, false]);
  });

  it('shows the gravest of the rounds of a loop', () => {
    const path = runPath([trace('mail', 'success'), trace('mail', 'failed'), trace('mail', 'success')], true);
    expect(path.markOf('mail')).toBe('failed');
  });

  it('leaves open what may still come', () => {
    expect(runPath([], false).markOf('mail')).toBe('pending');
  });
});
