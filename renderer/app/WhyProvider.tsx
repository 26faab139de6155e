import type { ReactNode } from 'react';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { refusals } from '#renderer/data/hooks/refusals.ts';
import { AccessWhy } from '#renderer/features/access/why/AccessWhy.tsx';
import { WhyContext } from '#renderer/ui/whyContext.ts';

/** Lets every control that is off for want of a right explain how that was decided. */
export function WhyProvider({ children }: { children: ReactNode }) {
  const { t } = useTranslation('access');
  const explainer = useMemo(
    () => ({
      explains: (sentence: string) => refusals.of(sentence) !== undefined,
      Explanation: AccessWhy,
      hint: t('why.hint'),
    }),
    [t],
  );
  return <WhyContext value={explainer}>{children}</WhyContext>;
}
