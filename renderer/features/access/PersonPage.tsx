import { useTranslation } from 'react-i18next';

export function PersonPage({ id, tab }: { id: string; tab: string }) {
  const { t } = useTranslation('access');
  return (
    <>
      <h1>{t('title')}</h1>
      <p>{id}</p>
      <p>{tab}</p>
    </>
  );
}
