import type { Problem } from '../../kernel/errors.ts';
import type { Result } from '../../kernel/result.ts';
import { checkKind } from './checkKind.ts';
import { decideRecordWrite } from './decideRecordWrite.ts';
import type { WriteAttempt, WriteDecision } from './decideRecordWrite.ts';

/**
 * The whole decision of one write, with the check of rules, which brings the parsers of all they may hold. Who starts quickly
 * calls `decideRecordWrite` and loads `checkKind` when a rule is written.
 */
export function decideWrite(attempt: WriteAttempt): Result<WriteDecision, Problem> {
  return decideRecordWrite(attempt, checkKind);
}
