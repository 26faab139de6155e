import type { RecordEnvelope } from '#shared/records/envelope.ts';
import { anomaly } from '#shared/resources/health/anomaly.ts';
import { flag } from '#shared/resources/health/flag.ts';
import { day, hour, iso } from './demoWorld.ts';
import type { DemoWorld } from './demoWorld.ts';
import type { Colleague } from './people.ts';
import type { PlannedTenant } from './tenants.ts';

type Sighting = readonly [
  detector: string,
  title: string,
  type: 'performance' | 'security' | 'data_integrity' | 'compliance' | 'business_logic',
  component: string,
  metric: string,
  baseline: number,
  kind: string,
];
const sightings: readonly Sighting[] = [
  ['click_burst', 'Burst of clicks from one network', 'security', 'referral-tracking', 'clicks_per_minute', 4, 'click'],
  [
    'same_device',
    'One device under many visitors',
    'security',
    'referral-tracking',
    'visitors_per_device',
    1,
    'referral',
  ],
  [
    'self_referral',
    'Several attempts to refer oneself',
    'business_logic',
    'referral-tracking',
    'self_referrals',
    1,
    'referral',
  ],
  [
    'conversion_spike',
    'Conversion rate far above its usual level',
    'business_logic',
    'conversion-processing',
    'conversion_rate_percent',
    6,
    'referral',
  ],
  [
    'commission_mismatch',
    'Commission does not match its rule',
    'data_integrity',
    'payouts',
    'mismatched_commissions',
    0.5,
    'referral',
  ],
  ['payouts_failing', 'Payouts are failing', 'performance', 'payouts', 'failed_payouts_percent', 3, 'payout'],
  [
    'latency',
    'Clicks are recorded slowly',
    'performance',
    'referral-tracking',
    'latency_p95_milliseconds',
    80,
    'event',
  ],
  ['error_rate', 'Error rate above its budget', 'performance', 'automation', 'errors_percent', 0.8, 'event'],
  ['backlog', 'Unprocessed events are piling up', 'performance', 'automation', 'pending_events', 20, 'event'],
  ['sign_in_failures', 'Burst of failed sign-ins', 'security', 'sync', 'failed_sign_ins', 5, 'event'],
  ['retention', 'Clicks kept longer than allowed', 'compliance', 'referral-tracking', 'overdue_records', 1, 'click'],
  ['raw_address', 'Unmasked address found in event data', 'compliance', 'events', 'raw_addresses', 0.5, 'event'],
];

/** Anomalies with two days of the metric around the jump, and records behind it. */
export function makeAnomalies(
  world: DemoWorld,
  tenants: readonly PlannedTenant[],
  engineers: readonly Colleague[],
  records: ReadonlyMap<string, readonly RecordEnvelope[]>,
): RecordEnvelope[] {
  const { random, options } = world;
  return Array.from({ length: options.anomalies }, () => {
    const [detector, title, type, component, metric, baseline, kind] = random.pick(sightings);
    const at = world.workingMoment(85, 0.05);
    const status = random.weighted({ detected: 30, investigating: 16, resolved: 42, false_positive: 12 });
    const closed = status === 'resolved' || status === 'false_positive';
    const severity = random.weighted({ low: 30, medium: 38, high: 24, critical: 8 });
    const factor = { low: 1.6, medium: 2.4, high: 4.2, critical: 9 }[severity] * (0.9 + random.fraction() * 0.3);
    const current = round(baseline * factor);
    const engineer = random.pick(engineers);
    const lastSeenAt = Math.min(at + random.integer(0, 30) * hour, options.now);
    const resolvedAt = Math.min(lastSeenAt + random.integer(1, 40) * hour, options.now);
    const series = Array.from({ length: 48 }, (_, step) => ({
      at: iso(at - (44 - step) * hour),
      value: round(
        baseline *
          (0.85 + random.fraction() * 0.3) *
          (step >= 42 ? 1 + (factor - 1) * Math.min(1, (step - 41) / 3) : 1),
      ),
    })).filter((point) => Date.parse(point.at) <= options.now);
    const behind = records.get(kind) ?? [];
    const samples = behind.length > 0 ? Array.from({ length: 3 }, () => ({ kind, id: random.pick(behind).id })) : [];
    return world.record(
      anomaly,
      {
        at,
        updatedAt: closed ? resolvedAt : lastSeenAt,
        status,
        tenantId: tenants.length > 0 && random.chance(0.6) ? random.pick(tenants).id : '',
        assignedTo: status === 'detected' ? '' : engineer.id,
        updatedBy: status === 'detected' ? 'system' : engineer.id,
      },
      {
        title,
        type,
        severity,
        detector,
        component,
        metric,
        current,
        baseline,
        deviationPercent: round(((current - baseline) / baseline) * 100),
        score: round(factor * 2),
        threshold: 2.5,
        evidence: { series, samples },
        impact:
          severity === 'critical' || severity === 'high'
            ? random.pick([
                'Commissions may be paid for visits that never happened.',
                'Some actions of rules run late.',
                'Customers see error messages.',
              ])
            : '',
        fingerprint: random.hex(32),
        count: random.integer(1, 14),
        firstSeenAt: iso(at),
        lastSeenAt: iso(lastSeenAt),
        notes:
          status === 'investigating'
            ? random.pick(['Looking at the deployment of this morning.', 'Asked the tenant.', ''])
            : '',
        actionsTaken:
          status === 'resolved'
            ? random.pick([
                'Restarted the worker and replayed the events.',
                'Blocked the network for a day.',
                'Raised the pool size.',
              ])
            : '',
        resolvedAt: closed ? iso(resolvedAt) : '',
        resolvedBy: closed ? engineer.id : '',
        resolution:
          status === 'resolved'
            ? random.pick(['Cause found and fixed.', 'Back to normal by itself; cause known.'])
            : status === 'false_positive'
              ? 'An expected campaign.'
              : '',
      },
    );
  }).sort((left, right) => (left.createdAt < right.createdAt ? -1 : 1));
}

const flags = [
  ['conversions_enabled', 'Accept conversions', 'referrals', 'kill_switch', true],
  ['tracking_clicks_enabled', 'Record clicks', 'referrals', 'kill_switch', true],
  ['pii_minimisation_enabled', 'Minimise personal data', 'privacy', 'kill_switch', true],
  ['advanced_analytics_enabled', 'Advanced analytics', 'analytics', 'kill_switch', true],
  ['real_time_updates_enabled', 'Real-time updates', 'sync', 'kill_switch', true],
  ['emergency_read_only_mode', 'Emergency read-only mode', 'platform', 'kill_switch', false],
  ['new_payout_batches', 'New payout batches', 'referrals', 'rollout', true],
  ['arabic_certificates', 'Certificates in Arabic', 'learning', 'rollout', true],
  ['match_score_v2', 'Second match score', 'crm', 'experimental', false],
  ['invoice_reminder_tone', 'Friendlier reminders', 'billing', 'experimental', true],
  ['legacy_import', 'Old import format', 'platform', 'temporary', true],
  ['second_factor_required', 'Second factor required', 'access', 'permanent', true],
] as const;

export function makeFlags(world: DemoWorld, owners: readonly Colleague[]): RecordEnvelope[] {
  return flags.map(([key, name, category, type, enabled]) =>
    world.record(
      flag,
      { at: world.workingMoment(500, 60), updatedAt: world.workingMoment(50, 1) },
      {
        key,
        name,
        category,
        type,
        enabled,
        rolloutPercent: type === 'rollout' ? world.random.integer(2, 9) * 10 : 100,
        isCritical: type === 'kill_switch',
        ownerId: world.random.pick(owners).id,
        expiresAt: type === 'temporary' || type === 'experimental' ? iso(world.options.now + 45 * day) : '',
      },
    ),
  );
}

function round(value: number): number {
  return Math.round(value * 100) / 100;
}
