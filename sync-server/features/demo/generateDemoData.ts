import type { RecordEnvelope } from '#shared/records/envelope.ts';
import { requireResource } from '#shared/resources/registry.ts';
import { makeAuditEntries } from './audit.ts';
import type { AuditSubject } from './audit.ts';
import { makeAuditing } from './auditing.ts';
import { makeEventTypes, makeRules } from './automation.ts';
import type { DemoOptions } from './demoOptions.ts';
import { createDemoWorld } from './demoWorld.ts';
import { makeApiKeys } from './doors.ts';
import { makeEvents, makeRuns } from './events.ts';
import { makeAnomalies, makeFlags } from './health.ts';
import { makePeople } from './people.ts';
import { makePrivacyRequests } from './privacyRequests.ts';
import { makeReferrals } from './referrals.ts';
import { makeRuleTests } from './ruleTests.ts';
import { makeSessions } from './sessions.ts';
import { makeTenant, planTenants } from './tenants.ts';
import { makeWork } from './work.ts';

const batchSize = 1000;

/**
 * A platform with a past, in batches of at most 1000 records; what a record refers to comes before it, or in its batch.
 * Audit entries come oldest first, with number 0 and empty hashes: whoever appends them gives them their place in a chain.
 */
export function* generateDemoData(options: DemoOptions): Generator<RecordEnvelope[]> {
  const world = createDemoWorld(options);
  const plans = planTenants(world);
  const people = makePeople(
    world,
    plans.map((plan) => plan.id),
  );
  const operators = people.colleagues.filter((colleague) => colleague.roleKey === 'operations');
  const engineers = people.colleagues.filter((colleague) => colleague.roleKey === 'reliability');
  const active = plans.filter((plan) => plan.state === 'ACTIVE');
  const tenants = plans.flatMap((plan) => makeTenant(world, plan, operators));
  const rules = makeRules(world, plans, operators);
  const flags = makeFlags(world, engineers);
  const referrals = makeReferrals(world, active);
  const events = makeEvents(world, active);
  const runs = makeRuns(world, rules.rules, events);
  const anomalies = makeAnomalies(
    world,
    active,
    engineers,
    new Map([
      ['click', referrals.clicks],
      ['referral', referrals.referrals],
      ['payout', referrals.payouts],
      ['event', events],
    ]),
  );
  const tenantRecords = tenants.filter((record) => record.kind === 'tenant');
  const work = makeWork(world, people.colleagues, tenantRecords, runs, anomalies);
  const privacyRequests = makePrivacyRequests(
    world,
    tenants.filter((record) => record.kind === 'member'),
    people.withRole('compliance').id,
  );
  const made = [
    people.records,
    tenants,
    makeEventTypes(world),
    rules.rules,
    rules.revisions,
    makeRuleTests(world, rules.rules),
    makeApiKeys(world, active),
    flags,
    referrals.programmes,
    referrals.codes,
    referrals.referrals,
    referrals.payouts,
    referrals.clicks,
    events,
    runs,
    anomalies,
    work,
    privacyRequests,
  ];
  for (const records of made) yield* inBatches(records);
  const subjects = new Map<string, readonly AuditSubject[]>([
    ['tenant', tenantRecords.map(named)],
    ['rule', rules.rules.map(named)],
    ['flag', flags.map(named)],
    ['anomaly', anomalies.slice(0, 500).map(named)],
    ['referral', referrals.referrals.slice(0, 500).map(named)],
    ['payout', referrals.payouts.map(named)],
  ]);
  yield* inBatches(makeAuditEntries(world, people.colleagues, subjects));
  yield* inBatches(makeSessions(world, people.colleagues));
  yield* inBatches(makeAuditing(world, plans, people.colleagues));
}

function named(record: RecordEnvelope): AuditSubject {
  return { record, name: requireResource(record.kind).titleOf(record) };
}

function* inBatches(records: Iterable<RecordEnvelope>): Generator<RecordEnvelope[]> {
  let batch: RecordEnvelope[] = [];
  for (const record of records) {
    batch.push(record);
    if (batch.length === batchSize) {
      yield batch;
      batch = [];
    }
  }
  if (batch.length > 0) yield batch;
}
