import { accessTargetOf, decideAccess } from '../access/decideAccess.ts';
import { securityFloor } from '../audit/dataClasses.ts';
import type { Problem } from '../../kernel/errors.ts';
import { problemOf, saying } from '../../kernel/sentences/sentence.ts';
import type { CheckedWrite } from './checkDecider.ts';
import { forbidden } from './problems.ts';

/**
 * What decides how long the audit log is kept is for who manages it; a legal hold says why it is there, and no rule of its own makes what
 * happened to accounts and rights go sooner than the floor.
 */
export function checkLogKeeping({ stored, record, principal }: CheckedWrite): Problem | undefined {
  if (!decideAccess(principal, 'audit.manage', accessTargetOf(stored ?? record)).allowed)
    return forbidden('audit.manage');
  if (record.kind === 'retentionRule' && record.body['covers'] === 'security') {
    const days = Number(record.body['days']);
    if (days < securityFloor)
      return problemOf('invalid', saying('security_kept_longer', { days: securityFloor }), { path: 'body.days' });
  }
  if (record.kind !== 'legalHold' || stored || String(record.body['reason'] ?? '').trim() !== '') return undefined;
  return problemOf('invalid', saying('legal_hold_needs_reason'), { path: 'body.reason' });
}
