import type { CollectionName } from '../records/collections.ts';
import type { Resource } from '../records/defineResource.ts';
import { apiKey } from './access/apiKey.ts';
import { privacyRequest } from './access/privacyRequest.ts';
import { role } from './access/role.ts';
import { session } from './access/session.ts';
import { staff } from './access/staff.ts';
import { auditEntry } from './audit/auditEntry.ts';
import { auditGap } from './audit/auditGap.ts';
import { auditHead } from './audit/auditHead.ts';
import { auditKey } from './audit/auditKey.ts';
import { legalHold } from './audit/legalHold.ts';
import { retentionRule } from './audit/retentionRule.ts';
import { eventType } from './automation/eventType.ts';
import { rule } from './automation/rule.ts';
import { ruleRevision } from './automation/ruleRevision.ts';
import { ruleTest } from './automation/ruleTest.ts';
import { click } from './clicks/click.ts';
import { event } from './events/event.ts';
import { anomaly } from './health/anomaly.ts';
import { flag } from './health/flag.ts';
import { notification } from './notifications/notification.ts';
import { payout } from './referrals/payout.ts';
import { programme } from './referrals/programme.ts';
import { referral } from './referrals/referral.ts';
import { referralCode } from './referrals/referralCode.ts';
import { approval } from './runs/approval.ts';
import { command } from './runs/command.ts';
import { run } from './runs/run.ts';
import { task } from './runs/task.ts';
import { lifecycleEntry } from './tenants/lifecycleEntry.ts';
import { member } from './tenants/member.ts';
import { tenant } from './tenants/tenant.ts';

/** Every kind of record there is. Adding a kind is adding a descriptor and its labels. */
export const resources: readonly Resource[] = [
  tenant,
  member,
  lifecycleEntry,
  rule,
  ruleRevision,
  ruleTest,
  eventType,
  event,
  run,
  task,
  approval,
  command,
  programme,
  referralCode,
  referral,
  payout,
  click,
  anomaly,
  flag,
  auditEntry,
  auditKey,
  auditHead,
  auditGap,
  retentionRule,
  legalHold,
  staff,
  role,
  session,
  apiKey,
  privacyRequest,
  notification,
];

const byKind = new Map(resources.map((resource) => [resource.kind, resource]));

export function resourceByKind(kind: string): Resource | undefined {
  return byKind.get(kind);
}

/** @throws Error for a kind that is not in the registry; for kinds named in code, not for input. */
export function requireResource(kind: string): Resource {
  const resource = byKind.get(kind);
  if (!resource) throw new Error(`there is no resource of kind '${kind}'`);
  return resource;
}

export function kindsOf(collection: CollectionName): string[] {
  return resources.filter((resource) => resource.collection === collection).map((resource) => resource.kind);
}

/** The resource parts of all permissions, sorted. */
export const permissionResources: readonly string[] = [
  ...new Set(resources.map((resource) => resource.permission)),
].sort();
