import { useTranslation } from 'react-i18next';

export function PrivacyRequestPage({ id }: { id: string }) {
  const { t } = useTranslation('privacy');
  return (
    <>
      <h1>{t('title')}</h1>
      <p>{id}</p>
    </>
  );
}
