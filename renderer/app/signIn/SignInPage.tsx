import { Alert, Anchor } from '@mantine/core';
import { IconShieldOff } from '@tabler/icons-react';
import { useCallback, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocation } from 'wouter';
import * as z from 'zod';
import { useSyncPart } from '#renderer/data/hooks/useSyncStatus.ts';
import { useProblemText } from '#renderer/ui/problems/useProblemText.ts';
import type { AppInfo } from '#shared/ipc/contract.ts';
import type { LinkAnswer } from '#shared/protocol/accounts.ts';
import { LinkForm } from './LinkForm.tsx';
import { oneTimeLinkOfPlace } from './oneTimeLink.ts';
import { SetUpForm } from './SetUpForm.tsx';
import { SignInFrame } from './SignInFrame.tsx';
import { useSetup } from './useSetup.ts';
import { Ways } from './Ways.tsx';

type View = 'credentials' | 'second_step' | 'link' | 'set_up';

/** How one comes in: password, one-time link, or the first set-up of a server. Unsent edits wait on this computer meanwhile. */
export function SignInPage({ info, startProblem }: { info: AppInfo; startProblem: string }) {
  const { t } = useTranslation('account');
  const setup = useSetup();
  const [place, navigate] = useLocation();
  const opened = oneTimeLinkOfPlace(place);
  const [chosen, setChosen] = useState<View>();
  const [link, setLink] = useState<LinkAnswer>();
  const [email, setEmail] = useState('');
  const view: View = chosen ?? (opened ? 'link' : setup?.needed ? 'set_up' : 'credentials');
  // Links that are opened while nobody is signed in; the pages that hear of them are not here.
  useEffect(
    () =>
      window.steward.menu.onCommand((given) => {
        if (given.command !== 'open') return;
        navigate(given.path);
        setChosen(undefined);
      }),
    [navigate],
  );
  const back = useCallback(
    (known = '') => {
      setEmail(known);
      setLink(undefined);
      setChosen('credentials');
      if (opened) navigate('/', { replace: true });
    },
    [navigate, opened],
  );
  const onStep = useCallback((second: boolean) => setChosen(second ? 'second_step' : 'credentials'), []);
  const way = (to: View, text: string) => (
    <Anchor
      component="button"
      type="button"
      size="xs"
      data-testid={`way-${to}`}
      onClick={() => (to === 'credentials' ? back() : setChosen(to))}
    >
      {text}
    </Anchor>
  );
  switch (view) {
    case 'set_up':
      return (
        <SignInFrame
          info={info}
          title={t('setUp.title')}
          text={t('setUp.text')}
          ways={way('credentials', t('signIn.haveAccount'))}
        >
          <SetUpForm onDone={back} />
        </SignInFrame>
      );
    case 'link':
      return (
        <SignInFrame
          info={info}
          title={link ? t(`link.title.${link.purpose}`, { name: link.name }) : t('link.title.unknown')}
          text={link ? t(`link.text.${link.purpose}`) : t('link.text.unknown')}
          ways={way('credentials', t('signIn.back'))}
        >
          <LinkForm key={opened?.token ?? ''} info={info} given={opened} onLink={setLink} onDone={back} />
        </SignInFrame>
      );
    case 'credentials':
    case 'second_step':
      return (
        <SignInFrame
          info={info}
          title={t(view === 'second_step' ? 'signIn.secondTitle' : 'signIn.title')}
          text={t(view === 'second_step' ? 'signIn.secondText' : 'signIn.text')}
          ways={
            view === 'credentials' && (
              <>
                {way('link', t('link.have'))}
                {setup?.needed && way('set_up', t('setUp.title'))}
              </>
            )
          }
        >
          {view === 'credentials' && <Ended />}
          <Ways info={info} setup={setup} email={email} startProblem={startProblem} onStep={onStep} />
        </SignInFrame>
      );
  }
}

const sealedSchema = z.object({ sealed: z.int() });

/** Why the last session is over, where somebody ended it. */
function Ended() {
  const { t } = useTranslation('account');
  const problemText = useProblemText();
  const problem = useSyncPart((status) => status.problem);
  if (problem?.code === 'internal')
    return (
      <Alert color="red" icon={<IconShieldOff size={16} />} data-testid="wipe-failed">
        {t('ended.wipeFailed')} <bdi>{problemText(problem)}</bdi>
      </Alert>
    );
  if (problem?.code !== 'session_revoked' && problem?.code !== 'unauthenticated') return null;
  const wiped = sealedSchema.safeParse(problem.details).data;
  return (
    <Alert
      color="yellow"
      icon={<IconShieldOff size={16} />}
      data-testid="session-ended"
      data-wiped={wiped !== undefined}
    >
      {wiped === undefined
        ? t('ended.kept')
        : wiped.sealed === 0
          ? t('ended.wiped')
          : t('ended.sealed', { count: wiped.sealed })}
    </Alert>
  );
}
