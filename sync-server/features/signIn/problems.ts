import type { Problem } from '#shared/kernel/errors.ts';

export const ended: Problem = { code: 'session_revoked', message: 'This session has ended. Sign in again.' };
export const wrongCode: Problem = {
  code: 'invalid_credentials',
  path: 'totp',
  message: 'The code is not right, or was used before. Wait for the next one, or use a recovery code.',
};
export const busy: Problem = {
  code: 'unavailable',
  message: 'Too many people sign in right now. Try again in some seconds.',
};
