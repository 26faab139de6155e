import { useCallback, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useReauthentication } from '#renderer/data/hooks/useReauthentication.ts';
import { useReplica } from '#renderer/data/hooks/useReplica.ts';
import { useProblemText } from '#renderer/ui/problems/useProblemText.ts';
import { oneTimeLinkSchema } from '#shared/protocol/accounts.ts';
import type { OneTimeLink } from '#shared/protocol/accounts.ts';
import { linkWithServer } from './linkWithServer.ts';

export type LinkKind = 'invitation' | 'password-reset';

export interface AccountActs {
  /** Told once, by the last act that made one. */
  link: OneTimeLink | undefined;
  /** Why the last act failed; '' = it did not. */
  problem: string;
  busy: boolean;
  makeLink: (kind: LinkKind) => Promise<boolean>;
  unlock: () => Promise<boolean>;
  removeSecondFactor: () => Promise<boolean>;
}

/** What only the server can do to an account. Each asks for a proof of who one is where the server wants one. */
export function useAccountActs(staffId: string): AccountActs {
  const { t } = useTranslation('access');
  const problemText = useProblemText();
  const replica = useReplica();
  const confirm = useReauthentication();
  const [state, setState] = useState<{ link?: OneTimeLink; problem: string; busy: boolean }>({
    problem: '',
    busy: false,
  });
  const path = `/v1/staff/${encodeURIComponent(staffId)}`;
  const makeLink = useCallback(
    async (kind: LinkKind) => {
      setState({ problem: '', busy: true });
      const outcome = await confirm(() => replica.call('POST', `${path}/${kind}`));
      const read = outcome.ok ? oneTimeLinkSchema.safeParse(outcome.value) : undefined;
      if (read?.success) {
        const link = linkWithServer(read.data.link, replica.status().serverUrl);
        setState({ link: { ...read.data, link }, problem: '', busy: false });
      } else setState({ problem: outcome.ok ? t('notReadable') : problemText(outcome.error), busy: false });
      return read?.success ?? false;
    },
    [replica, confirm, path, t, problemText],
  );
  const act = async (method: 'POST' | 'DELETE', end: string) => {
    setState({ problem: '', busy: true });
    const outcome = await confirm(() => replica.call(method, `${path}/${end}`));
    setState({ problem: outcome.ok ? '' : problemText(outcome.error), busy: false });
    return outcome.ok;
  };
  return {
    link: state.link,
    problem: state.problem,
    busy: state.busy,
    makeLink,
    unlock: () => act('POST', 'unlock'),
    removeSecondFactor: () => act('DELETE', 'second-factor'),
  };
}
