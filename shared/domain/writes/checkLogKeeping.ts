import { accessTargetOf, decideAccess } from '../access/decideAccess.ts';
import type { Problem } from '../../kernel/errors.ts';
import type { CheckedWrite } from './checkDecider.ts';
import { forbidden } from './problems.ts';

/** What decides how long the audit log is kept is for who manages it; a legal hold says why it is there. */
export function checkLogKeeping({ stored, record, principal }: CheckedWrite): Problem | undefined {
  if (!decideAccess(principal, 'audit.manage', accessTargetOf(stored ?? record)).allowed)
    return forbidden('audit.manage');
  if (record.kind !== 'legalHold' || stored || String(record.body['reason'] ?? '').trim() !== '') return undefined;
  return {
    code: 'invalid',
    path: 'body.reason',
    message: 'A legal hold says why it is there. Write the reason down.',
  };
}
