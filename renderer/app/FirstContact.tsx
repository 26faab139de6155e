import { Button, Loader } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useReplica } from '#renderer/data/hooks/useReplica.ts';
import { useSyncStatus } from '#renderer/data/hooks/useSyncStatus.ts';
import { EmptyState } from '#renderer/ui/EmptyState.tsx';
import { useProblemText } from '#renderer/ui/problems/useProblemText.ts';
import classes from './App.module.css';

/** Signed in, but the server has not answered on this computer yet: there is nothing to show until it does. */
export function FirstContact() {
  const { t } = useTranslation('shell');
  const problemText = useProblemText();
  const replica = useReplica();
  const { problem, connection } = useSyncStatus();
  return (
    <main className={classes.centre} data-testid="first-contact">
      <EmptyState
        icon={<Loader size="sm" />}
        title={t('firstContact.title')}
        description={
          connection === 'offline'
            ? ((problem && problemText(problem)) ?? t('firstContact.offline'))
            : t('firstContact.text')
        }
        action={
          <Button variant="default" onClick={() => void replica.signOut({ discard: true })}>
            {t('signOut')}
          </Button>
        }
      />
    </main>
  );
}
