import { describe, expect, it } from 'vitest';
import { waitingReason } from './waitingReason.ts';

const online = {
  connection: 'online' as const,
  workOffline: false,
  problem: undefined,
  firstSync: { done: true, startedAt: '', finishedAt: '', collections: [] },
};

describe('why an unsent edit waits', () => {
  it.each([
    [{ ...online, workOffline: true, connection: 'offline' as const }, 'work_offline'],
    [{ ...online, connection: 'signed_out' as const }, 'signed_out'],
    [{ ...online, connection: 'offline' as const }, 'no_connection'],
    [{ ...online, connection: 'connecting' as const }, 'connecting'],
    [{ ...online, firstSync: { ...online.firstSync, done: false } }, 'first_sync'],
    [{ ...online, problem: { code: 'rate_limited' as const, message: '' } }, 'backing_off'],
    [{ ...online, problem: { code: 'invalid' as const, message: '' } }, 'sending'],
    [online, 'sending'],
  ])('%#: %s', (status, reason) => {
    expect(waitingReason(status, 'r1', [])).toBe(reason);
  });

  it('an edit in conflict waits for the person', () => {
    const inbox = [{ recordId: 'r1', type: 'conflict' as const, resolved: false }];
    expect(waitingReason(online, 'r1', inbox)).toBe('needs_decision');
    expect(waitingReason(online, 'r2', inbox)).toBe('sending');
  });
});
