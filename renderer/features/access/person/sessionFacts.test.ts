import { describe, expect, it } from 'vitest';
import type { SessionRecord } from '#shared/resources/access/session.ts';
import { factsOfSessions } from './sessionFacts.ts';

const session = (staffId: string, part: Partial<SessionRecord['body']>, status = 'active'): SessionRecord => ({
  id: `${staffId}-${part.lastSeenAt ?? ''}`,
  kind: 'session',
  tenantId: '',
  assignedTo: staffId,
  status,
  version: 1,
  createdAt: '',
  createdBy: '',
  updatedAt: '',
  updatedBy: '',
  body: {
    staffId,
    clientId: 'console',
    device: '',
    appVersion: '',
    method: 'password',
    network: '',
    startedAt: '2026-11-01T08:00:00.000Z',
    lastSeenAt: '2026-11-01T08:00:00.000Z',
    endedAt: '',
    endReason: '',
    ...part,
  },
});

describe('what sessions tell of a person', () => {
  it('is when they were last seen, how many live, and whether a second factor was used', () => {
    const facts = factsOfSessions([
      session('ada', { lastSeenAt: '2026-11-20T08:00:00.000Z', method: 'totp' }, 'ended'),
      session('ada', { lastSeenAt: '2026-11-21T08:00:00.000Z' }),
      session('ben', {}),
    ]);
    expect(facts.get('ada')).toEqual({ lastSeenAt: '2026-11-21T08:00:00.000Z', active: 1, secondFactor: 'used' });
    expect(facts.get('ben')).toEqual({ lastSeenAt: '2026-11-01T08:00:00.000Z', active: 1, secondFactor: 'unknown' });
    expect(facts.has('cleo')).toBe(false);
  });
});
