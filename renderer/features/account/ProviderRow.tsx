import { IconWorldShare } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useReauthentication } from '#renderer/data/hooks/useReauthentication.ts';
import { useReplica } from '#renderer/data/hooks/useReplica.ts';
import { useSyncPart } from '#renderer/data/hooks/useSyncStatus.ts';
import { GuardedButton } from '#renderer/ui/GuardedButton.tsx';
import { ReasonDialog } from '#renderer/ui/ReasonDialog.tsx';
import { RelativeTime } from '#renderer/ui/RelativeTime.tsx';
import type { ProviderTie } from '#shared/protocol/accounts.ts';
import { AccountRow } from './AccountRow.tsx';

interface ProviderRowProps {
  tie: ProviderTie;
  hasPassword: boolean;
  onReleased: () => void;
}

/** The account at an OpenID provider that signs in to this one; it can be let go of while there is another way in. */
export function ProviderRow({ tie, hasPassword, onReleased }: ProviderRowProps) {
  const { t } = useTranslation('account');
  const replica = useReplica();
  const confirm = useReauthentication();
  const online = useSyncPart((status) => status.connection === 'online' && !status.workOffline);
  const [asking, setAsking] = useState(false);
  const [problem, setProblem] = useState('');
  const name = tie.name || t('provider.unknown');
  const release = async () => {
    const outcome = await confirm(() => replica.call('DELETE', '/v1/account/provider'));
    if (outcome.ok) onReleased();
    if (outcome.ok || outcome.error.code === 'reauthentication_required') setAsking(false);
    else setProblem(t(`problem.${outcome.error.code}`, { defaultValue: outcome.error.message }));
  };
  return (
    <AccountRow
      testId="provider-tie"
      icon={<IconWorldShare size={18} />}
      title={<span>{t('provider.title', { name })}</span>}
      text={
        tie.since === '' ? (
          t('provider.text')
        ) : (
          <>
            {t('provider.since')} <RelativeTime instant={tie.since} />
          </>
        )
      }
    >
      <GuardedButton
        variant="default"
        whyNot={hasPassword ? (online ? '' : t('needsConnection')) : t('provider.onlyWay')}
        data-testid="release-provider"
        onClick={() => {
          setProblem('');
          setAsking(true);
        }}
      >
        {t('provider.release')}
      </GuardedButton>
      {asking && (
        <ReasonDialog
          words={{
            title: t('provider.releaseTitle', { name }),
            confirm: t('provider.release'),
            cancel: t('cancel'),
          }}
          reason="none"
          danger
          onConfirm={() => void release()}
          onClose={() => setAsking(false)}
        >
          {problem || t('provider.releaseText', { name })}
        </ReasonDialog>
      )}
    </AccountRow>
  );
}
