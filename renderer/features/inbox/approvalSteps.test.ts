import { describe, expect, it } from 'vitest';
import { approvalSteps } from './approvalSteps.ts';

describe('what an approval leads to', () => {
  it('names every step with what it would do, rendered', () => {
    const { steps, more } = approvalSteps({
      question: 'Suspend Nour Academy?',
      steps: [
        {
          key: 'suspend',
          name: 'Suspend',
          request: {
            type: 'changeRecord',
            kind: 'tenant',
            id: 't1',
            changes: [{ path: 'status', value: 'SUSPENDED' }],
            reason: '',
          },
          fault: null,
        },
        {
          key: 'mail',
          name: 'Mail',
          request: { type: 'email', to: ['a@b.example'], cc: [], subject: 'Hello', format: 'text' },
        },
      ],
      more: true,
    });
    expect(more).toBe(true);
    expect(steps.map(({ name, type, parts }) => [name, type, parts])).toEqual([
      [
        'Suspend',
        'changeRecord',
        [
          { name: 'kind', value: 'tenant' },
          { name: 'id', value: 't1' },
          { name: 'changes', value: 'status = SUSPENDED' },
        ],
      ],
      [
        'Mail',
        'email',
        [
          { name: 'to', value: 'a@b.example' },
          { name: 'subject', value: 'Hello' },
        ],
      ],
    ]);
  });

  it('says why a step could not be prepared, and nothing of a subject it cannot read', () => {
    expect(
      approvalSteps({ steps: [{ name: 'Mail', request: null, fault: { message: 'subject: unknown tag' } }] }).steps[0],
    ).toMatchObject({ type: '', fault: 'subject: unknown tag' });
    expect(approvalSteps({ steps: 'none' })).toEqual({ steps: [], more: false });
  });
});
