import { useTranslation } from 'react-i18next';
import { useRecordWords } from '#renderer/data/hooks/useRecordWords.ts';

const named = 4;

/** Tenants in words: all of them, by name, or the first few and how many more. */
export function useTenantWords(): (tenants: '*' | readonly string[]) => string {
  const { t } = useTranslation('access');
  const words = useRecordWords();
  return (tenants) => {
    if (tenants === '*') return t('allTenants');
    if (tenants.length === 0) return t('noTenants');
    const names = tenants
      .slice(0, named)
      .map((id) => (id === '' ? t('platform') : words.name('tenant', id)))
      .join(words.listSeparator);
    return tenants.length > named ? t('andMore', { names, count: tenants.length - named }) : names;
  };
}
