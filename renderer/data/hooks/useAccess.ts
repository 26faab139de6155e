import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import { decideAccess, holdsAnywhere } from '#shared/domain/access/decideAccess.ts';
import type { AccessTarget } from '#shared/domain/access/decideAccess.ts';
import { refusals } from './refusals.ts';
import { usePrincipal } from './usePrincipal.ts';

/**
 * Why the signed-in person may not do something, in a sentence; '' = they may. Without a target: whether they may do it
 * anywhere at all. Controls that show the sentence with `WhyOff` can explain how it was decided.
 */
export function useAccess(): (permission: string, target?: AccessTarget) => string {
  const { t } = useTranslation(['words', 'access']);
  const principal = usePrincipal();
  return useCallback(
    (permission, target) => {
      if (principal === undefined) return t('forbidden', { permission });
      const decision = target && decideAccess(principal, permission, target);
      if (decision ? decision.allowed : holdsAnywhere(principal, permission)) return '';
      const reason = decision?.allowed === false ? decision.reason : 'no_grant';
      const sentence =
        reason === 'no_grant'
          ? t('forbidden', { permission })
          : t(reason === 'not_owner' ? 'access:refused.notOwner' : 'access:refused.otherTenant', { permission });
      refusals.remember(sentence, { principal, permission, target });
      return sentence;
    },
    [principal, t],
  );
}
