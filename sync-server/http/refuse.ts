import type { FastifyReply } from 'fastify';
import type { ErrorCode, Problem } from '#shared/kernel/errors.ts';
import type { Json, JsonObject } from '#shared/kernel/json.ts';

const statuses: Readonly<Partial<Record<ErrorCode, number>>> = {
  unauthenticated: 401,
  token_expired: 401,
  session_revoked: 401,
  invalid_credentials: 401,
  second_factor_required: 401,
  reauthentication_required: 403,
  forbidden: 403,
  not_found: 404,
  gone: 410,
  duplicate: 409,
  too_large: 413,
  invalid: 422,
  rate_limited: 429,
  unavailable: 503,
  internal: 500,
};

/** HTTP status of a refusal. */
export function statusOf(problem: Problem): number {
  return statuses[problem.code] ?? 400;
}

/** A refusal as it goes over the wire. */
export function refusalOf({ code, message, path = '', details }: Problem): { error: JsonObject } {
  const error: JsonObject = { code, message };
  if (path !== '') error['path'] = path;
  if (details !== undefined) error['details'] = details as Json;
  return { error };
}

export async function refuse(reply: FastifyReply, problem: Problem, status = statusOf(problem)): Promise<FastifyReply> {
  return reply.status(status).send(refusalOf(problem));
}
