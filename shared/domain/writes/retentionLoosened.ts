import { jsonEqual } from '../../kernel/json.ts';
import { isTombstone } from '../../records/envelope.ts';
import type { RecordState } from '../../records/envelope.ts';
import { legalHold } from '../../resources/audit/legalHold.ts';
import { retentionRule } from '../../resources/audit/retentionRule.ts';

/** What a hold covers besides its tenant. */
const scope = ['subjectId', 'from', 'until'] as const;

/**
 * Whether the next run of retention may remove something because of this write that it would have kept: the timer runs by what is
 * stored, so the proof is asked for here. A rule that keeps longer removes nothing more; one that is no longer active may have kept
 * what another one, or the one for all, removes.
 */
export function loosensRetention(stored: RecordState | undefined, after: RecordState): boolean {
  const before = stored && !isTombstone(stored) ? stored : undefined;
  const next = isTombstone(after) ? undefined : after;
  if (after.kind === retentionRule.kind) {
    const [was, is] = [before?.body['isActive'] === true, next?.body['isActive'] === true];
    if (!was || !is) return was || is;
    return (
      before?.tenantId !== next?.tenantId ||
      coversOf(before?.body['covers']) !== coversOf(next?.body['covers']) ||
      !(Number(next?.body['days']) >= Number(before?.body['days']))
    );
  }
  if (after.kind !== legalHold.kind || !before) return false;
  if (!next) return true;
  if (before.status !== 'active') return false;
  return (
    next.status !== 'active' ||
    before.tenantId !== next.tenantId ||
    !scope.every((name) => jsonEqual(before.body[name] ?? '', next.body[name] ?? ''))
  );
}

/** Rules from before there were kinds of data are about whole entries. */
const coversOf = (given: unknown) => given ?? 'all';
