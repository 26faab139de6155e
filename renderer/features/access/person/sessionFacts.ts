import type { SessionRecord } from '#shared/resources/access/session.ts';
import type { RecordEnvelope } from '#shared/records/envelope.ts';
import { session as sessionResource } from '#shared/resources/access/session.ts';

/** What the sessions that this console may see tell of a person. */
export interface SessionFacts {
  /** ISO 8601, '' = no session tells. */
  lastSeenAt: string;
  /** Sessions that live. */
  active: number;
  /** A code or a recovery code was used: there is a second factor, or was. */
  secondFactor: 'used' | 'unknown';
}

export const noSessions: SessionFacts = { lastSeenAt: '', active: 0, secondFactor: 'unknown' };

export function asSession(record: RecordEnvelope): SessionRecord | undefined {
  const body = sessionResource.body.safeParse(record.body);
  return body.success ? { ...record, body: body.data } : undefined;
}

/** By id of the person. */
export function factsOfSessions(sessions: readonly SessionRecord[]): Map<string, SessionFacts> {
  const facts = new Map<string, SessionFacts>();
  for (const { body, status } of sessions) {
    const known = facts.get(body.staffId) ?? noSessions;
    facts.set(body.staffId, {
      lastSeenAt: body.lastSeenAt > known.lastSeenAt ? body.lastSeenAt : known.lastSeenAt,
      active: known.active + (status === 'active' ? 1 : 0),
      secondFactor:
        known.secondFactor === 'used' || body.method === 'totp' || body.method === 'recovery_code' ? 'used' : 'unknown',
    });
  }
  return facts;
}
