import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import { afterWindowFailure, windowLimits } from '#shared/domain/accounts/signInBackoff.ts';
import type { WindowFailures } from '#shared/domain/accounts/signInBackoff.ts';
import type { Problem } from '#shared/kernel/errors.ts';
import { problemOf, saying } from '#shared/kernel/sentences/sentence.ts';
import { failure, success } from '#shared/kernel/result.ts';
import type { Result } from '#shared/kernel/result.ts';
import type { Clock } from '#shared/kernel/sources.ts';

export interface SetupCode {
  /** As it is shown to whoever started the server: `XXXX-XXXX-XXXX`. */
  code: string;
  /** Whether it is the one, whatever case, spaces and dashes were typed. Wrong ones are counted by address, and all together. */
  check: (given: string, address: string) => Result<undefined, Problem>;
}

/** Crockford's base 32: five bits a letter, sixty in the code. */
const alphabet = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
/** Of all addresses in five minutes: guessing sixty bits takes longer than the universe has. */
const mostFailures = 100;

/** The code that proves that somebody can see what the server prints. A restart makes another one. */
export function createSetupCode(clock: Clock): SetupCode {
  const letters = Array.from(randomBytes(12), (byte) => alphabet[byte % 32] ?? '').join('');
  const expected = digestOf(letters);
  const failures = new Map<string, WindowFailures>();
  const waitOf = (who: string, limit: number): number => {
    const counted = failures.get(who);
    return counted && counted.endsAt > clock() && counted.failures >= limit ? counted.endsAt - clock() : 0;
  };
  return {
    code: `${letters.slice(0, 4)}-${letters.slice(4, 8)}-${letters.slice(8)}`,
    check: (given, address) => {
      const wait = Math.max(waitOf(`from ${address}`, windowLimits.pair), waitOf('all', mostFailures));
      if (wait > 0) return failure(tooMany(wait));
      if (timingSafeEqual(digestOf(normal(given)), expected)) return success(undefined);
      const now = clock();
      for (const [who, counted] of failures) if (counted.endsAt <= now) failures.delete(who);
      for (const who of [`from ${address}`, 'all']) failures.set(who, afterWindowFailure(failures.get(who), now));
      return failure(wrongCode);
    },
  };
}

function normal(code: string): string {
  return code.normalize('NFKC').toUpperCase().replaceAll(/[\s-]/g, '').replaceAll('O', '0').replaceAll(/[IL]/g, '1');
}

function digestOf(code: string): Uint8Array {
  return createHash('sha256').update(code).digest();
}

const wrongCode: Problem = problemOf('invalid_credentials', saying('wrong_setup_code'), { path: 'code' });

function tooMany(milliseconds: number): Problem {
  const retryAfter = Math.max(1, Math.ceil(milliseconds / 1000));
  return problemOf('rate_limited', saying('setup_locked', { wait: retryAfter }), { details: { retryAfter } });
}
