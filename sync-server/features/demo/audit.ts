import type { RecordEnvelope } from '#shared/records/envelope.ts';
import { auditEntry } from '#shared/resources/audit/auditEntry.ts';
import { iso } from './demoWorld.ts';
import type { DemoWorld } from './demoWorld.ts';
import type { Colleague } from './people.ts';

interface Habit {
  action:
    | 'update'
    | 'view'
    | 'login'
    | 'logout'
    | 'failed_login'
    | 'export'
    | 'transition'
    | 'approve'
    | 'flag_change'
    | 'assign'
    | 'create';
  kind: string;
  changes?: readonly { path: string; old: string | number | boolean; new: string | number | boolean }[];
}
const habits: readonly Habit[] = [
  { action: 'login', kind: 'staff' },
  { action: 'login', kind: 'staff' },
  { action: 'logout', kind: 'staff' },
  { action: 'view', kind: 'tenant' },
  { action: 'view', kind: 'referral' },
  { action: 'update', kind: 'tenant', changes: [{ path: 'body.plan', old: 'starter', new: 'professional' }] },
  { action: 'update', kind: 'tenant', changes: [{ path: 'body.region', old: 'eu-west', new: 'eu-central' }] },
  { action: 'update', kind: 'rule', changes: [{ path: 'body.priority', old: 10, new: 40 }] },
  { action: 'update', kind: 'rule', changes: [{ path: 'body.isActive', old: false, new: true }] },
  { action: 'transition', kind: 'tenant', changes: [{ path: 'status', old: 'SUSPENDED', new: 'ACTIVE' }] },
  { action: 'transition', kind: 'anomaly', changes: [{ path: 'status', old: 'detected', new: 'investigating' }] },
  { action: 'assign', kind: 'anomaly' },
  { action: 'transition', kind: 'anomaly', changes: [{ path: 'status', old: 'investigating', new: 'resolved' }] },
  { action: 'update', kind: 'referral', changes: [{ path: 'body.fraudVerdict', old: 'suspected', new: 'cleared' }] },
  { action: 'approve', kind: 'payout' },
  { action: 'flag_change', kind: 'flag', changes: [{ path: 'body.enabled', old: true, new: false }] },
  { action: 'create', kind: 'rule' },
];
const rare: readonly Habit[] = [
  { action: 'failed_login', kind: 'staff' },
  { action: 'export', kind: 'auditEntry' },
  { action: 'export', kind: 'tenant' },
];
const devices = ['ops-laptop-03', 'ops-laptop-11', 'MacBook-Air-Growth', 'PC-CONFORMITE', 'desk-reliability-1'];

export interface AuditSubject {
  record: RecordEnvelope;
  name: string;
}

/** A year of what staff did, oldest first. Number and hashes stay empty: the server chains entries as it appends them. */
export function* makeAuditEntries(
  world: DemoWorld,
  colleagues: readonly Colleague[],
  subjects: ReadonlyMap<string, readonly AuditSubject[]>,
): Generator<RecordEnvelope> {
  const { random, options } = world;
  for (const at of world.risingMoments(options.auditEntries, 360)) {
    const actor = random.pick(colleagues);
    const habit = random.chance(0.03) ? random.pick(rare) : random.pick(habits);
    const known = subjects.get(habit.kind) ?? [];
    const subject = known.length > 0 ? random.pick(known) : undefined;
    const offline = habit.action === 'update' && random.chance(0.08);
    const own = habit.kind === 'staff';
    yield world.record(
      auditEntry,
      { at, tenantId: own ? '' : (subject?.record.tenantId ?? ''), by: actor.id },
      {
        number: 0,
        at: iso(at),
        actorId: actor.id,
        actorName: actor.name,
        session: random.hex(16),
        device: random.pick(devices),
        address: `net-${iso(at).slice(0, 10)}-${random.hex(12)}`,
        appVersion: '0.1.0',
        action: habit.action,
        resource: habit.kind,
        resourceId: own ? actor.id : habit.action === 'export' ? '' : (subject?.record.id ?? ''),
        resourceName: own ? actor.name : habit.action === 'export' ? '' : (subject?.name ?? ''),
        changes: [...(habit.changes ?? [])],
        reason:
          habit.action === 'transition'
            ? random.pick([
                'Checked with the owner',
                'Invoice settled',
                'Known cause, fixed',
                'As agreed in the morning meeting',
              ])
            : '',
        requestId: random.hex(16),
        madeOfflineAt: offline ? iso(at - random.integer(5, 400) * 60_000) : '',
        durationMs: random.integer(1, 90),
      },
    );
  }
}
