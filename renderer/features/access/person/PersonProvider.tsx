import { notifications } from '@mantine/notifications';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { usePrincipal } from '#renderer/data/hooks/usePrincipal.ts';
import { useReauthentication } from '#renderer/data/hooks/useReauthentication.ts';
import { useReplica } from '#renderer/data/hooks/useReplica.ts';
import { useServerCall } from '#renderer/data/hooks/useServerCall.ts';
import { GuardedButton } from '#renderer/ui/GuardedButton.tsx';
import { ReasonDialog } from '#renderer/ui/ReasonDialog.tsx';
import { RelativeTime } from '#renderer/ui/RelativeTime.tsx';
import { providerAnswerSchema } from '#shared/protocol/accounts.ts';
import type { Staff } from '#shared/resources/access/staff.ts';
import classes from './Person.module.css';
import { useOnlineReason } from './useOnlineReason.ts';

/** Who at an OpenID provider signs in to this account. Only the server knows, and only who manages staff may ask. */
export function PersonProvider({ person }: { person: Staff }) {
  const { t } = useTranslation('access');
  const replica = useReplica();
  const confirm = useReauthentication();
  const principal = usePrincipal();
  const offline = useOnlineReason();
  const active = person.status === 'active';
  const path = `/v1/staff/${encodeURIComponent(person.id)}/provider`;
  const answer = useServerCall(active ? path : '');
  const [asking, setAsking] = useState(false);
  const read = providerAnswerSchema.safeParse(answer.value).data;
  if (!active) return null;
  const name = read?.provider?.name || t('provider.unknown');
  const release = async () => {
    setAsking(false);
    const outcome = await confirm(() => replica.call('DELETE', path));
    answer.reload();
    if (outcome.ok) notifications.show({ message: t('provider.released') });
    else if (outcome.error.code !== 'reauthentication_required')
      notifications.show({ color: 'red', title: t('failed'), message: outcome.error.message });
  };
  return (
    <section className={classes.provider} aria-label={t('provider.title')} data-testid="person-provider">
      <h2>{t('provider.title')}</h2>
      {!read && <p className={classes.quiet}>{answer.loading ? t('reading') : offline || answer.problem?.message}</p>}
      {read && !read.provider && <p className={classes.quiet}>{t('provider.none')}</p>}
      {read?.provider && (
        <>
          <p>
            <bdi>{name}</bdi>
            {read.provider.since !== '' && (
              <span className={classes.quiet}>
                {' · '}
                {t('provider.since')} <RelativeTime instant={read.provider.since} />
              </span>
            )}
          </p>
          <GuardedButton
            size="compact-xs"
            variant="default"
            color="red"
            whyNot={(person.id === principal?.id ? t('provider.self') : '') || offline}
            data-testid="release-person-provider"
            onClick={() => setAsking(true)}
          >
            {t('provider.release')}
          </GuardedButton>
        </>
      )}
      {asking && (
        <ReasonDialog
          reason="none"
          danger
          words={{ title: t('provider.releaseTitle', { name }), confirm: t('provider.release'), cancel: t('cancel') }}
          onClose={() => setAsking(false)}
          onConfirm={() => void release()}
        >
          {t('provider.releaseText', { person: person.body.displayName })}
        </ReasonDialog>
      )}
    </section>
  );
}
