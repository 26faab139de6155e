import { describe, expect, it } from 'vitest';
import { makeTicket, ticket } from '#tests/support/sampleResource.ts';
import { tombstoneOf } from '../../../records/envelope.ts';
import type { RecordEnvelope } from '../../../records/envelope.ts';
import { requireResource } from '../../../resources/registry.ts';
import { catalogueEventNames } from './catalogueEvents.ts';
import { eventsOfWrite } from './recordEvents.ts';

const record = (kind: string, body: object, more: Partial<RecordEnvelope> = {}): RecordEnvelope => ({
  id: `${kind}-1`,
  kind,
  tenantId: 'tenant-1',
  status: requireResource(kind).states?.initial ?? '',
  assignedTo: '',
  createdAt: '2026-01-01T00:00:00.000Z',
  createdBy: 'staff-1',
  updatedAt: '2026-01-01T00:00:00.000Z',
  updatedBy: 'staff-1',
  version: 1,
  body: JSON.parse(JSON.stringify(body)),
  ...more,
});
const names = (kind: string, before: RecordEnvelope | undefined, after: RecordEnvelope, given = {}) =>
  eventsOfWrite(requireResource(kind), before, after, given).map((event) => `${event.module}.${event.code}`);

describe('events of a write (D3)', () => {
  it('tell what changed, never a secret, and nothing when nothing changed', () => {
    const before = makeTicket();
    const after = makeTicket({ version: 2, body: { title: 'New', secret: 'hush' } });
    const [event] = eventsOfWrite(ticket, before, after);
    expect(event).toMatchObject({
      module: 'record',
      code: 'ticket.updated',
      entityType: 'ticket',
      entityId: after.id,
      data: { changes: [{ path: 'body.title', new: 'New' }] },
    });
    expect(JSON.stringify(event)).not.toContain('hush');
    expect(eventsOfWrite(ticket, before, { ...before, version: 2, updatedBy: 'other' })).toEqual([]);
    expect(eventsOfWrite(ticket, undefined, tombstoneOf(before, 2))).toEqual([]);
    expect(eventsOfWrite(ticket, before, tombstoneOf(before, 2))[0]).toMatchObject({ code: 'ticket.deleted' });
  });

  it('tell at most a hundred changes and count the others', () => {
    const before = record('tenant', { settings: { a: 1 } });
    const settings = Object.fromEntries(Array.from({ length: 130 }, (_, index) => [`k${index}`, index]));
    const [event] = eventsOfWrite(
      requireResource('tenant'),
      before,
      record('tenant', { settings: { a: 1, ...settings } }),
    );
    expect(event?.data).toMatchObject({ leftOut: 30 });
    expect(event?.data['changes']).toHaveLength(100);
  });

  it('of a tenant are its lifecycle, with the reason that was given', () => {
    const active = record('tenant', { name: 'A' }, { status: 'ACTIVE' });
    const suspended = { ...active, status: 'SUSPENDED' };
    expect(names('tenant', undefined, record('tenant', { name: 'A' }))).toEqual([
      'record.tenant.created',
      'tenant.created',
    ]);
    const events = eventsOfWrite(requireResource('tenant'), active, suspended, { reason: 'unpaid' });
    expect(events.map((event) => event.data)).toEqual([
      { changes: [{ path: 'status', old: 'ACTIVE', new: 'SUSPENDED' }] },
      { reason: 'unpaid' },
    ]);
    expect(names('tenant', suspended, active)).toEqual(['record.tenant.updated', 'tenant.activated']);
  });

  it('of a member, a payout, a flag and a task are those of the catalogue', () => {
    const member = record('member', { name: 'A', email: 'a@b.example', joinedAt: '' });
    expect(names('member', undefined, member)).toEqual(['record.member.created', 'user.created', 'user.invited']);
    const seen = { ...member, body: { ...member.body, lastSeenAt: '2026-01-02T00:00:00.000Z' } };
    expect(names('member', member, seen)).toEqual(['record.member.updated']);
    const payout = record('payout', { net: 500, currency: 'EUR' });
    expect(names('payout', payout, { ...payout, status: 'paid' })).toEqual([
      'record.payout.updated',
      'referral.payout.paid',
    ]);
    const flag = record('flag', { key: 'a', enabled: false });
    expect(names('flag', flag, record('flag', { key: 'a', enabled: true }))).toContain('health.flag.changed');
    expect(names('flag', flag, record('flag', { key: 'a', enabled: false, name: 'b' }))).toEqual([
      'record.flag.updated',
    ]);
    const task = record('task', { title: 'A' });
    expect(names('task', task, { ...task, status: 'done' })).toContain('crm.task.completed');
  });

  it('of what automation writes itself are none', () => {
    const run = record('run', { ruleName: 'A' });
    expect(names('run', undefined, run)).toEqual([]);
  });

  it('are no others than those that are looked at for loops', () => {
    const found = new Set<string>();
    for (const kind of Object.keys(catalogueEventNames)) {
      const resource = requireResource(kind);
      const base = record(kind, { joinedAt: '', enabled: false });
      const writes = [
        eventsOfWrite(resource, undefined, base),
        eventsOfWrite(resource, base, tombstoneOf(base, 2)),
        eventsOfWrite(resource, base, { ...base, body: { ...base.body, enabled: true } }),
        ...Object.keys(resource.states?.states ?? {}).map((status) =>
          eventsOfWrite(resource, { ...base, status: '' }, { ...base, status }),
        ),
      ];
      for (const event of writes.flat()) if (event.module !== 'record') found.add(`${event.module}.${event.code}`);
    }
    expect([...found].sort()).toEqual(Object.values(catalogueEventNames).flat().sort());
  });
});
