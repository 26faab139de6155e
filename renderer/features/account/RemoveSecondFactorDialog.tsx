import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useReauthentication } from '#renderer/data/hooks/useReauthentication.ts';
import { useReplica } from '#renderer/data/hooks/useReplica.ts';
import { ReasonDialog } from '#renderer/ui/ReasonDialog.tsx';
import { useProblemText } from '#renderer/ui/problems/useProblemText.ts';

/** Asks once more before the password alone is enough again. */
export function RemoveSecondFactorDialog({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation('account');
  const problemText = useProblemText();
  const replica = useReplica();
  const confirm = useReauthentication();
  const [problem, setProblem] = useState('');
  const remove = async () => {
    const outcome = await confirm(() => replica.call('DELETE', '/v1/account/totp'));
    if (outcome.ok || outcome.error.code === 'reauthentication_required') onClose();
    else
      setProblem(
        problemText(outcome.error, t(`problem.${outcome.error.code}`, { defaultValue: outcome.error.message })),
      );
  };
  return (
    <ReasonDialog
      words={{ title: t('factor.removeTitle'), confirm: t('factor.remove'), cancel: t('cancel') }}
      reason="none"
      danger
      onConfirm={() => void remove()}
      onClose={onClose}
    >
      {problem || t('factor.removeText')}
    </ReasonDialog>
  );
}
