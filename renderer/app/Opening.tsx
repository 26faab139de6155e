import { Loader } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { EmptyState } from '#renderer/ui/EmptyState.tsx';
import classes from './App.module.css';

/** The replica is being opened, and it takes longer than a moment: its tables may be brought to a new form. */
export function Opening() {
  const { t } = useTranslation('shell');
  return (
    <main className={classes.centre}>
      <EmptyState icon={<Loader size={32} />} title={t('opening.title')} description={t('opening.text')} />
    </main>
  );
}
