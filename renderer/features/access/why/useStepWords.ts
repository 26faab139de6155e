import { useTranslation } from 'react-i18next';
import { useRecordWords } from '#renderer/data/hooks/useRecordWords.ts';
import { useRoleWords } from '#renderer/data/hooks/useRoleWords.ts';
import type { DecisionStep } from '#shared/domain/access/accessTypes.ts';
import { useAccessWords } from '../useAccessWords.ts';
import { useRoles } from '../useRoles.ts';

/** Tenants named in a sentence; the rest is counted. */
const tenantsNamed = 3;

/** Steps of a decision as sentences. Roles are named as they are shown, by key where this person may not see them. */
export function useStepWords(): (step: DecisionStep) => string {
  const { t } = useTranslation('access');
  const roleWords = useRoleWords();
  const words = useRecordWords();
  const access = useAccessWords();
  const roles = useRoles();
  return (step) => {
    const held = roles.byKey.get(step.role);
    const role = held ? roleWords.name(held.body) : roleWords.nameOfKey(step.role);
    switch (step.outcome) {
      case 'not_held':
        return t('step.not_held', { role });
      case 'other_tenant': {
        const named = step.tenants.slice(0, tenantsNamed).map((id) => words.name('tenant', id));
        const more = step.tenants.length - named.length;
        const tenants = named.join(words.listSeparator);
        return more > 0
          ? t('step.other_tenant_more', { role, tenants, count: more })
          : t('step.other_tenant', { role, tenants });
      }
      case 'not_owner':
        return t('step.not_owner', { role });
      case 'expired':
        return t('step.expired', { role, when: words.instant(step.expiredAt) });
      case 'allowed':
        return t(`step.allowed.${step.because}`, { role, pattern: access.permission(step.pattern) });
    }
  };
}
