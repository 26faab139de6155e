import { Checkbox } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useReplica } from '#renderer/data/hooks/useReplica.ts';
import { ReasonDialog } from '#renderer/ui/ReasonDialog.tsx';
import { providerSignOutSchema } from '#shared/protocol/accounts.ts';

interface SignOutDialogProps {
  /** Edits that signing out gives up. */
  unsent: number;
  /** Where one can be signed out too; '' = nowhere. */
  provider: string;
  onClose: () => void;
}

/** Asks before unsent edits are given up, and whether the provider is to forget the person too. */
export function SignOutDialog({ unsent, provider, onClose }: SignOutDialogProps) {
  const { t } = useTranslation('shell');
  const { t: ofProvider } = useTranslation('oidc');
  const replica = useReplica();
  const [there, setThere] = useState(false);
  const [problem, setProblem] = useState('');
  const leave = async () => {
    // Asked for while there is a session; it works after that.
    const ticket = there ? await replica.call('POST', '/v1/auth/oidc/sign-out') : undefined;
    const read = ticket?.ok ? providerSignOutSchema.safeParse(ticket.value).data : undefined;
    if (there && !read) return setProblem(ofProvider('signOut.failed', { name: provider }));
    const outcome = await replica.signOut({ discard: unsent > 0 });
    if (!outcome.ok) return setProblem(outcome.error.message);
    if (!read) return undefined;
    const { opened } = await window.steward.signIn.leave(read.path);
    if (!opened) notifications.show({ color: 'yellow', message: ofProvider('signOut.noBrowser', { name: provider }) });
    return undefined;
  };
  return (
    <ReasonDialog
      words={{
        title: unsent > 0 ? t('signOutTitle', { count: unsent }) : ofProvider('signOut.title'),
        confirm: unsent > 0 ? t('signOutDiscard') : t('signOut'),
        cancel: t('stay'),
      }}
      reason="none"
      danger={unsent > 0}
      onConfirm={() => void leave()}
      onClose={onClose}
    >
      <span>{unsent > 0 ? t('signOutText') : ofProvider('signOut.text')}</span>
      {provider !== '' && (
        <Checkbox
          label={ofProvider('signOut.there', { name: provider })}
          description={ofProvider('signOut.thereText', { name: provider })}
          checked={there}
          error={problem || undefined}
          data-testid="sign-out-there"
          onChange={(event) => {
            setThere(event.currentTarget.checked);
            setProblem('');
          }}
        />
      )}
    </ReasonDialog>
  );
}
