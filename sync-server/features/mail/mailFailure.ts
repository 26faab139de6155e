import type { NodemailerError } from 'nodemailer';
import type { EffectOutcome } from '../../engine/effects.ts';

/** Codes of nodemailer for what the same mail would meet again, when no reply of the server says more. */
const permanentCodes = new Set([
  'EENVELOPE',
  'ECONFIG',
  'ENOAUTH',
  'EAUTH',
  'EOAUTH2',
  'EREQUIRETLS',
  'EMAXRECIPIENTS',
]);

/**
 * What a failed delivery means. A reply of the server decides by its class (RFC 5321, 4.2.1: 4xx passes, 5xx stays);
 * without one, the network is to blame and another attempt may succeed.
 */
export function mailFailure(error: unknown): EffectOutcome {
  const fault: Partial<NodemailerError> = error instanceof Error ? error : {};
  if (fault.code === 'EABORT')
    return { ok: false, error: `the mail was given up: ${reasonOf(fault.cause)}`, retriable: true };
  const rejected = fault.rejectedErrors?.map(
    (one) => `${one.recipient ?? 'a recipient'}: ${one.response ?? one.message}`,
  );
  const said =
    rejected && rejected.length > 0 ? rejected.join('; ') : (fault.response ?? fault.message ?? String(error));
  const retriable = fault.permanent === undefined ? !permanentCodes.has(fault.code ?? '') : !fault.permanent;
  const what =
    fault.responseCode === undefined ? 'the mail could not be handed over' : 'the mail server refused the mail';
  return { ok: false, error: `${what}: ${said.slice(0, 1000)}`, retriable };
}

function reasonOf(cause: unknown): string {
  if (cause instanceof Error && cause.name === 'TimeoutError') return 'the mail server took too long';
  return 'the run was cancelled or the server stops';
}
