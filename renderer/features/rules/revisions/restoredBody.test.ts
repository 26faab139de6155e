import { describe, expect, it } from 'vitest';
import { restoredBody } from './restoredBody.ts';

describe('bringing an old revision back', () => {
  it('takes its content, and leaves the switch and what the server counts as they are', () => {
    const body = restoredBody({ name: 'Old name', isActive: true, executionCount: 4, priority: 7 });
    if (!body.ok) throw new Error(body.error.message);
    expect(body.value).toMatchObject({ name: 'Old name', priority: 7, trigger: { type: 'manual' } });
    expect(Object.keys(body.value)).not.toContain('isActive');
    expect(Object.keys(body.value)).not.toContain('executionCount');
  });

  it('says what of it no longer fits', () => {
    const body = restoredBody({ name: 'Old', trigger: { type: 'telepathy' } });
    expect(body.ok ? '' : body.error.path).toMatch(/^trigger/);
  });
});
