import type { Problem } from '#shared/kernel/errors.ts';
import { problemOf, saying } from '#shared/kernel/sentences/sentence.ts';

export const ended: Problem = problemOf('session_revoked', saying('session_ended'));
export const wrongCode: Problem = problemOf('invalid_credentials', saying('wrong_code'), { path: 'totp' });
export const busy: Problem = problemOf('unavailable', saying('sign_in_busy'));
