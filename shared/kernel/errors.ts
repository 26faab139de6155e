/**
 * The one error vocabulary of both sides of the wire. A message names the thing, what was found, what was
 * expected and what to do; it never holds internals or another tenant's data.
 */
export const errorCodes = [
  'unauthenticated',
  'token_expired',
  'session_revoked',
  'client_outdated',
  'rate_limited',
  'invalid_credentials',
  'second_factor_required',
  'reauthentication_required',
  'invalid_message',
  'not_found',
  'forbidden',
  'invalid',
  'invalid_transition',
  'read_only',
  'gone',
  'duplicate',
  'checkpoint_expired',
  'too_large',
  'unavailable',
  'internal',
] as const;

export type ErrorCode = (typeof errorCodes)[number];

export interface Problem {
  code: ErrorCode;
  message: string;
  /** Dotted path of the field at fault, for example `body.name`. */
  path?: string;
  details?: unknown;
}
