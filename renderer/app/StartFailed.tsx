import { Button } from '@mantine/core';
import { IconPlugConnectedX } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { EmptyState } from '#renderer/ui/EmptyState.tsx';
import classes from './App.module.css';

/** The console could not open its data: says why and what to do. Nothing is deleted. */
export function StartFailed({ message }: { message: string }) {
  const { t } = useTranslation('shell');
  return (
    <main className={classes.centre}>
      <EmptyState
        icon={<IconPlugConnectedX size={32} />}
        title={t('startFailed.title')}
        description={t('startFailed.text', { message })}
        action={<Button onClick={() => window.location.reload()}>{t('tryAgain')}</Button>}
      />
    </main>
  );
}
