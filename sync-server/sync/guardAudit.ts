import { accessTargetOf, decideAccess } from '#shared/domain/access/decideAccess.ts';
import type { Principal } from '#shared/domain/access/principal.ts';
import { forbidden } from '#shared/domain/writes/problems.ts';
import type { Problem } from '#shared/kernel/errors.ts';
import { problemOf, saying } from '#shared/kernel/sentences/sentence.ts';
import { isTombstone } from '#shared/records/envelope.ts';
import type { RecordState } from '#shared/records/envelope.ts';
import { legalHold } from '#shared/resources/audit/legalHold.ts';
import { retentionRule } from '#shared/resources/audit/retentionRule.ts';

/** Deleting what decides how long the log is kept is for who manages the log, and a legal hold ends by its release. */
export function guardAudit(
  principal: Principal,
  before: RecordState | undefined,
  after: RecordState,
): Problem | undefined {
  if (after.kind !== legalHold.kind && after.kind !== retentionRule.kind) return undefined;
  if (!isTombstone(after) || !before || isTombstone(before)) return undefined;
  if (!decideAccess(principal, 'audit.manage', accessTargetOf(before)).allowed) return forbidden('audit.manage');
  return after.kind === legalHold.kind && before.status === 'active' ? releaseFirst : undefined;
}

const releaseFirst: Problem = problemOf('invalid', saying('legal_hold_active'), { path: 'status' });
