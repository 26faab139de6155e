import { useTranslation } from 'react-i18next';

export function RolesPage() {
  const { t } = useTranslation('access');
  return (
    <>
      <h1>{t('title')}</h1>
    </>
  );
}
