import type * as z from 'zod';
import type { Problem } from '../../kernel/errors.ts';
import { unreachable } from '../../kernel/exhaustive.ts';
import { issueSaying } from '../../kernel/sentences/issueSaying.ts';
import { problemOf, saying } from '../../kernel/sentences/sentence.ts';
import type { Saying } from '../../kernel/sentences/sentence.ts';
import type { Resource } from '../../records/defineResource.ts';
import type { TransitionProblem } from '../../records/stateMachine.ts';

/** The first thing wrong with a record, with the dotted path of the field at fault. */
export function describeIssue(issue: z.core.$ZodIssue | undefined, resource: Resource): Problem {
  const path = issue?.path.map(String).join('.') ?? '';
  const { kind } = resource;
  const why = issueSaying(issue);
  return path === ''
    ? problemOf('invalid', saying('record_not_valid', { kind, why }))
    : problemOf('invalid', saying('field_not_valid', { kind, field: path, why }), { path });
}

/** The same sentence whether the record exists or not, so that it reveals nothing. */
export function forbidden(permission: string): Problem {
  return problemOf('forbidden', saying('permission_needed_here', { permission }), { details: { permission } });
}

/** A refused transition as a problem that lists the states allowed from here. */
export function describeTransitionProblem(
  problem: TransitionProblem,
  { kind, from, to }: { kind: string; from: string; to: string },
): Problem {
  const { allowed } = problem;
  const refuse = (says: Saying) => problemOf('invalid_transition', says, { path: 'status', details: { allowed } });
  switch (problem.reason) {
    case 'unknown_state':
      return refuse(saying('no_such_state', { kind, from, to, allowed }));
    case 'not_allowed':
      return refuse(saying('move_not_allowed', { kind, from, to, allowed }));
    case 'server_only':
      return refuse(saying('move_by_server_only', { kind, from, to, allowed }));
    case 'forbidden': {
      const { permission } = problem;
      const says = saying('move_needs_permission', { kind, from, to, permission });
      return problemOf('forbidden', says, { path: 'status', details: { permission } });
    }
    case 'reason_required':
      return problemOf('invalid', saying('move_needs_reason', { kind, from, to }), {
        path: 'reason',
        details: { allowed },
      });
    default:
      return unreachable(problem);
  }
}
