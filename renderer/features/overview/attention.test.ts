import { describe, expect, it } from 'vitest';
import type { RecordEnvelope } from '#shared/records/envelope.ts';
import type { JsonObject } from '#shared/kernel/json.ts';
import { attentionItems } from './attention.ts';

const now = Date.parse('2026-03-10T12:00:00.000Z');

function makeRecord(kind: string, id: string, status: string, body: JsonObject, assignedTo = ''): RecordEnvelope {
  const at = '2026-03-01T00:00:00.000Z';
  return {
    id,
    kind,
    tenantId: '',
    status,
    assignedTo,
    createdAt: at,
    createdBy: '',
    updatedAt: at,
    updatedBy: '',
    version: 1,
    body,
  };
}

describe('what needs attention', () => {
  const nothing = { now, personId: 'me', anomalies: [], tasks: [], tenants: [], payouts: [], inbox: [] };

  it('puts lost work before harm, harm before what is late, late before what comes', () => {
    const items = attentionItems({
      ...nothing,
      anomalies: [
        makeRecord('anomaly', 'a1', 'detected', { severity: 'critical', lastSeenAt: '2026-03-09T00:00:00.000Z' }),
      ],
      tasks: [makeRecord('task', 't1', 'open', { dueAt: '2026-03-09T00:00:00.000Z' }, 'me')],
      tenants: [makeRecord('tenant', 'n1', 'ACTIVE', { trialEndsAt: '2026-03-12T00:00:00.000Z' })],
      payouts: [makeRecord('payout', 'p1', 'failed', {})],
      inbox: [
        {
          type: 'invalid_document',
          id: 'i1',
          recordId: 'r1',
          kind: 'rule',
          at: '2026-03-10T00:00:00.000Z',
          resolved: false,
          problem: { code: 'invalid', message: 'x' },
          document: {},
        },
      ],
    });
    expect(items.map((item) => item.recordId)).toEqual(['r1', 'a1', 'p1', 't1', 'n1']);
  });

  it('leaves out what is snoozed, finished, somebody else’s, far away or over', () => {
    const items = attentionItems({
      ...nothing,
      anomalies: [
        makeRecord('anomaly', 'a1', 'detected', { severity: 'critical', snoozedUntil: '2026-03-11T00:00:00.000Z' }),
        makeRecord('anomaly', 'a2', 'resolved', { severity: 'critical' }),
        makeRecord('anomaly', 'a3', 'detected', { severity: 'high' }),
      ],
      tasks: [
        makeRecord('task', 't1', 'done', { dueAt: '2026-03-01T00:00:00.000Z' }, 'me'),
        makeRecord('task', 't2', 'open', { dueAt: '2026-03-01T00:00:00.000Z' }, 'other'),
        makeRecord('task', 't3', 'open', { dueAt: '' }, 'me'),
      ],
      tenants: [
        makeRecord('tenant', 'n1', 'ACTIVE', { trialEndsAt: '2026-03-09T00:00:00.000Z' }),
        makeRecord('tenant', 'n2', 'ACTIVE', { trialEndsAt: '2026-05-09T00:00:00.000Z' }),
        makeRecord('tenant', 'n3', 'ARCHIVED', { trialEndsAt: '2026-03-11T00:00:00.000Z' }),
      ],
    });
    expect(items).toEqual([]);
  });
});
