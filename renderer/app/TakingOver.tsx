import { Loader } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { EmptyState } from '#renderer/ui/EmptyState.tsx';
import classes from './App.module.css';

/** The data of an earlier console is being brought over; once, and it may take a minute. */
export function TakingOver({ taken }: { taken: number }) {
  const { t } = useTranslation('shell');
  return (
    <main className={classes.centre}>
      <EmptyState
        icon={<Loader size={32} />}
        title={t('takingOver.title')}
        description={t('takingOver.text', { count: taken })}
      />
    </main>
  );
}
