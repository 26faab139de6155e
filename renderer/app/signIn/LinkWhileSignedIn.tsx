import { IconLink } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { usePrincipal } from '#renderer/data/hooks/usePrincipal.ts';
import { EmptyState } from '#renderer/ui/EmptyState.tsx';

/** A one-time link was opened in a console that somebody uses: it is not used up, and nobody is signed out for it. */
export function LinkWhileSignedIn() {
  const { t } = useTranslation('account');
  const name = usePrincipal()?.name ?? '';
  return (
    <EmptyState
      icon={<IconLink size={32} />}
      title={t('link.signedIn.title')}
      description={t('link.signedIn.text', { name })}
    />
  );
}
