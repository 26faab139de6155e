import { Alert, Button, TextInput } from '@mantine/core';
import { IconAlertCircle, IconServer } from '@tabler/icons-react';
import type { FormEvent } from 'react';
import { useCallback, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocation } from 'wouter';
import { useNewPassword } from '#renderer/data/hooks/useNewPassword.ts';
import { useReplica } from '#renderer/data/hooks/useReplica.ts';
import { NewPassword } from '#renderer/ui/NewPassword.tsx';
import type { AppInfo } from '#shared/ipc/contract.ts';
import { linkAnswerSchema } from '#shared/protocol/accounts.ts';
import type { LinkAnswer } from '#shared/protocol/accounts.ts';
import { CapsLockHint } from './CapsLockHint.tsx';
import { readOneTimeLink } from './oneTimeLink.ts';
import type { OneTimeLinkParts } from './oneTimeLink.ts';
import classes from './SignIn.module.css';
import { useProblemWords } from './useProblemWords.ts';

interface LinkFormProps {
  info: AppInfo;
  /** The link that opened the console. */
  given: OneTimeLinkParts | undefined;
  /** What the link is for, once it is known. */
  onLink: (link: LinkAnswer | undefined) => void;
  onDone: (email: string) => void;
}

const nobody = { email: '', name: '' };

/** An invitation or a password reset: the link, then a password of one's own. */
export function LinkForm({ info, given, onLink, onDone }: LinkFormProps) {
  const { t } = useTranslation('account');
  const replica = useReplica();
  const words = useProblemWords();
  const [, navigate] = useLocation();
  const [text, setText] = useState(given?.token ?? '');
  const [server, setServer] = useState(given?.serverUrl ?? '');
  const [link, setLink] = useState<LinkAnswer>();
  const secret = useNewPassword(link ?? nobody);
  const [problem, setProblem] = useState('');
  const [busy, setBusy] = useState(false);
  const elsewhere = server !== '' && server !== info.serverUrl;
  const inspect = useCallback(
    async (token: string) => {
      setBusy(true);
      setProblem('');
      const outcome = await replica.ask('POST', '/v1/auth/links/inspect', { token });
      setBusy(false);
      const read = outcome.ok ? linkAnswerSchema.safeParse(outcome.value) : undefined;
      if (read?.success) {
        setLink(read.data);
        onLink(read.data);
        return;
      }
      const gone = !outcome.ok && ['not_found', 'gone', 'invalid', 'invalid_credentials'].includes(outcome.error.code);
      // Where the link names no server, the one that was asked may be the wrong one.
      const nowhere = server === '' ? t('link.goneHere', { server: info.serverUrl }) : t('link.gone');
      setProblem(gone || outcome.ok ? nowhere : words(outcome.error));
    },
    [replica, t, words, onLink, server, info.serverUrl],
  );
  const opened = given && !elsewhere ? given.token : '';
  useEffect(() => {
    if (opened !== '') void inspect(opened);
    // Once for the link that opened the console, however often the page around is drawn anew.
    // oxlint-disable-next-line react/exhaustive-deps
  }, [opened]);
  const token = readOneTimeLink(text).token;
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (!link) return inspect(token);
    setBusy(true);
    const outcome = await replica.ask('POST', '/v1/auth/links/redeem', { token, password: secret.password });
    if (outcome.ok) {
      const signedIn = await replica.signIn({ email: link.email, password: secret.password });
      if (!signedIn.ok) onDone(link.email);
      // The place of a used link is nobody's any more.
      else navigate('/', { replace: true });
    } else setProblem(words(outcome.error));
    setBusy(false);
  };
  return (
    <form className={classes.form} onSubmit={(event) => void submit(event)}>
      {problem !== '' && (
        <Alert color="red" icon={<IconAlertCircle size={16} />} role="alert" data-testid="link-problem">
          {problem}
        </Alert>
      )}
      {!link && (
        <TextInput
          label={t('link.label')}
          description={t('link.help')}
          required
          size="sm"
          dir="ltr"
          autoFocus
          autoComplete="off"
          spellCheck={false}
          data-testid="link"
          value={text}
          onChange={(event) => {
            setText(event.currentTarget.value);
            setServer(readOneTimeLink(event.currentTarget.value).serverUrl);
            setProblem('');
          }}
        />
      )}
      {!link && elsewhere && (
        <Alert color="yellow" icon={<IconServer size={16} />}>
          {t('link.elsewhere', { server })}
          <Button
            mt="xs"
            size="compact-xs"
            variant="light"
            onClick={() => void window.steward.app.setServerUrl(server)}
          >
            {t('link.useServer')}
          </Button>
        </Alert>
      )}
      {link && (
        <>
          <TextInput label={t('email')} size="sm" dir="ltr" readOnly autoComplete="username" value={link.email} />
          <NewPassword {...secret} />
          <CapsLockHint />
        </>
      )}
      <Button
        type="submit"
        size="sm"
        loading={busy}
        disabled={link ? !secret.good : token === '' || elsewhere}
        data-testid="use-link"
      >
        {t(link ? 'link.confirm' : 'signIn.continue')}
      </Button>
    </form>
  );
}
