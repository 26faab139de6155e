import { accessTargetOf, decideAccess } from '#shared/domain/access/decideAccess.ts';
import type { Principal } from '#shared/domain/access/principal.ts';
import type { RecordEnvelope } from '#shared/records/envelope.ts';
import type { StateMachine, TransitionProblem } from '#shared/records/stateMachine.ts';
import { checkTransition, findTransition } from '#shared/records/stateMachine.ts';
import { tenant } from '#shared/resources/tenants/tenant.ts';

/** States that take something away from a tenant's people; a person sees what is touched before entering one. */
export const dangerousStates: ReadonlySet<string> = new Set(['SUSPENDED', 'READ_ONLY', 'DEPROVISIONING', 'ARCHIVED']);

export interface TransitionOption {
  to: string;
  needsReason: boolean;
  dangerous: boolean;
  /** Why the move is not possible now; undefined when it is. */
  problem: TransitionProblem | undefined;
}

/** The tenant states in their order. */
export function orderedStates(machine: StateMachine): string[] {
  return Object.entries(machine.states)
    .sort(([, left], [, right]) => left.order - right.order)
    .map(([name]) => name);
}

/** Every state a tenant can be sent to from where it is, each with why not where it may not. */
export function transitionOptions(record: RecordEnvelope, principal: Principal | undefined): TransitionOption[] {
  const machine = tenantStates();
  return orderedStates(machine)
    .filter((to) => to !== record.status)
    .map((to) => ({
      to,
      needsReason: findTransition(machine, record.status, to)?.requires?.includes('reason') ?? false,
      dangerous: dangerousStates.has(to),
      problem: problemOf(record, to, 'given', principal),
    }));
}

export interface TransitionPreview {
  accepted: RecordEnvelope[];
  refused: { record: RecordEnvelope; problem: TransitionProblem | { reason: 'already_there' } }[];
}

/** Which of the tenants may make the move, and why the others may not; a missing reason counts as a refusal. */
export function previewTransition(
  records: readonly RecordEnvelope[],
  to: string,
  reason: string,
  principal: Principal | undefined,
): TransitionPreview {
  const preview: TransitionPreview = { accepted: [], refused: [] };
  for (const record of records) {
    const problem =
      record.status === to ? ({ reason: 'already_there' } as const) : problemOf(record, to, reason, principal);
    if (problem) preview.refused.push({ record, problem });
    else preview.accepted.push(record);
  }
  return preview;
}

function problemOf(
  record: RecordEnvelope,
  to: string,
  reason: string,
  principal: Principal | undefined,
): TransitionProblem | undefined {
  return checkTransition(
    tenantStates(),
    { from: record.status, to, reason, actor: 'person' },
    `${tenant.permission}.edit`,
    (permission) => principal !== undefined && decideAccess(principal, permission, accessTargetOf(record)).allowed,
  );
}

/** The tenant's machine; a tenant without one would be a bug of the descriptor. */
export function tenantStates(): StateMachine {
  if (!tenant.states) throw new Error("the resource 'tenant' has lost its state machine");
  return tenant.states;
}
