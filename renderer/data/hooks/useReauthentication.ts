import { useCallback, useContext } from 'react';
import type { Problem } from '#shared/kernel/errors.ts';
import type { Result } from '#shared/kernel/result.ts';
import { ReauthenticationContext } from './reauthenticationContext.ts';

/** Does a dangerous act; its answer is that of the last attempt. */
export type Confirmed = <Value>(act: () => Promise<Result<Value, Problem>>) => Promise<Result<Value, Problem>>;

/**
 * Wraps acts that the server does only for somebody who proved a moment ago who they are: when it asks for that, the person
 * is asked for password or code, and the act is done again by itself. Giving up answers `reauthentication_required`.
 *
 *     const confirm = useReauthentication();
 *     const outcome = await confirm(() => replica.call('POST', '/v1/…'));
 */
export function useReauthentication(): Confirmed {
  const prove = useProof();
  return useCallback(
    async (act) => {
      const first = await act();
      if (first.ok || first.error.code !== 'reauthentication_required') return first;
      return (await prove()) ? act() : first;
    },
    [prove],
  );
}

/**
 * Asks for the proof alone, for what the server decides only later, such as an edit that is sent. True = proved; to be
 * called right before.
 */
export function useProof(): () => Promise<boolean> {
  const context = useContext(ReauthenticationContext);
  if (!context) throw new Error('useProof needs a ReauthenticationContext above it; the app provides it');
  return context.prove;
}
