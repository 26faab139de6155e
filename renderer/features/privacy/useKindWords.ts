import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import { useRecordWords } from '#renderer/data/hooks/useRecordWords.ts';

/** Names of kinds as previews and proofs have them; `private:<area>` is what only the server keeps. */
export function useKindWords(): (kind: string) => string {
  const { t } = useTranslation('privacy');
  const { kinds } = useRecordWords();
  return useCallback(
    (kind) => (kind.startsWith('private:') ? t('private', { area: kind.slice('private:'.length) }) : kinds(kind)),
    [t, kinds],
  );
}
