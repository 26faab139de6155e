import { useTranslation } from 'react-i18next';

export function RolePage({ id }: { id: string }) {
  const { t } = useTranslation('access');
  return (
    <>
      <h1>{t('title')}</h1>
      <p>{id}</p>
    </>
  );
}
