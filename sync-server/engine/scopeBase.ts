import type { ScopeBase } from '#shared/domain/automation/run/scopeOf.ts';
import { subjectOf } from '#shared/domain/automation/rules/subjectOf.ts';
import type { EventFacts } from '#shared/domain/automation/scope.ts';
import type { RecordState } from '#shared/records/envelope.ts';

/** What a run's steps, or the conditions of a rule, may look at, from records as they are now. */
export function scopeBase(
  event: EventFacts,
  rule: ScopeBase['rule'],
  runId: string,
  get: (id: string) => RecordState | undefined,
): ScopeBase {
  return { ...subjectOf(event, get), rule, run: { id: runId } };
}
