import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import { decideAccess, holdsAnywhere } from '#shared/domain/access/decideAccess.ts';
import type { AccessTarget } from '#shared/domain/access/decideAccess.ts';
import { usePrincipal } from './usePrincipal.ts';

/**
 * Why the signed-in person may not do something, in a sentence; '' = they may. Without a target: whether they may do it
 * anywhere at all.
 */
export function useAccess(): (permission: string, target?: AccessTarget) => string {
  const { t } = useTranslation('words');
  const principal = usePrincipal();
  return useCallback(
    (permission, target) => {
      const allowed =
        principal !== undefined &&
        (target === undefined
          ? holdsAnywhere(principal, permission)
          : decideAccess(principal, permission, target).allowed);
      return allowed ? '' : t('forbidden', { permission });
    },
    [principal, t],
  );
}
