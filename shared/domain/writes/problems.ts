import type * as z from 'zod';
import type { Problem } from '../../kernel/errors.ts';
import { unreachable } from '../../kernel/exhaustive.ts';
import type { Resource } from '../../records/defineResource.ts';
import type { TransitionProblem } from '../../records/stateMachine.ts';

/** The first thing wrong with a record, with the dotted path of the field at fault. */
export function describeIssue(issue: z.core.$ZodIssue | undefined, resource: Resource): Problem {
  const path = issue?.path.map(String).join('.') ?? '';
  const where = path === '' ? `The ${resource.kind}` : `The field '${path}' of the ${resource.kind}`;
  return {
    code: 'invalid',
    ...(path === '' ? {} : { path }),
    message: `${where} is not valid: ${issue?.message ?? 'unknown reason'}.`,
  };
}

/** The same sentence whether the record exists or not, so that it reveals nothing. */
export function forbidden(permission: string): Problem {
  return {
    code: 'forbidden',
    message: `You need the permission '${permission}' here. Ask an administrator.`,
    details: { permission },
  };
}

/** A refused transition as a problem that lists the states allowed from here. */
export function describeTransitionProblem(problem: TransitionProblem, from: string, to: string): Problem {
  const allowed = problem.allowed.length > 0 ? problem.allowed.join(', ') : 'none';
  const refuse = (message: string): Problem => ({
    code: 'invalid_transition',
    path: 'status',
    message,
    details: { allowed: problem.allowed },
  });
  switch (problem.reason) {
    case 'unknown_state':
      return refuse(`'${to}' is not a state. Allowed from ${from}: ${allowed}.`);
    case 'not_allowed':
      return refuse(`${from} cannot become ${to}. Allowed from ${from}: ${allowed}.`);
    case 'server_only':
      return refuse(`Only the server moves ${from} to ${to}. Allowed from ${from}: ${allowed}.`);
    case 'forbidden':
      return {
        code: 'forbidden',
        path: 'status',
        message: `You need the permission '${problem.permission}' to move ${from} to ${to}.`,
        details: { permission: problem.permission },
      };
    case 'reason_required':
      return {
        code: 'invalid',
        path: 'reason',
        message: `Moving ${from} to ${to} needs a reason.`,
        details: { allowed: problem.allowed },
      };
    default:
      return unreachable(problem);
  }
}
