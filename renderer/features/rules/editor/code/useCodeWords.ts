import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { CompletionWords } from './variableCompletion.ts';

export function useCodeWords(): CompletionWords & { unknown: (path: string) => string } {
  const { t } = useTranslation('rules');
  return useMemo(
    () => ({
      type: (type) => t(`fieldType.${type}`),
      unknown: (path) => t('code.unknownVariable', { path }),
    }),
    [t],
  );
}
