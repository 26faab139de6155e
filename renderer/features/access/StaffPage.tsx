import { useTranslation } from 'react-i18next';

export function StaffPage() {
  const { t } = useTranslation('access');
  return (
    <>
      <h1>{t('title')}</h1>
    </>
  );
}
