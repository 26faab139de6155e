import { Button, Group, Modal, PasswordInput, Stack, Table, TextInput } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { IconPlus } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { secretsSchema } from '#shared/protocol/secrets.ts';
import { useAccess } from '#renderer/data/hooks/useAccess.ts';
import { useRecordWords } from '#renderer/data/hooks/useRecordWords.ts';
import { useReauthentication } from '#renderer/data/hooks/useReauthentication.ts';
import { useReplica } from '#renderer/data/hooks/useReplica.ts';
import { useServerCall } from '#renderer/data/hooks/useServerCall.ts';
import { GuardedButton } from '#renderer/ui/GuardedButton.tsx';
import { ReasonDialog } from '#renderer/ui/ReasonDialog.tsx';
import { RelativeTime } from '#renderer/ui/RelativeTime.tsx';
import { StatusMark } from '#renderer/ui/StatusMark.tsx';
import { useProblemText } from '#renderer/ui/problems/useProblemText.ts';
import classes from './Integrations.module.css';
import { useOnlineReason } from './useOnlineReason.ts';

/** As the server takes it. */
const nameForm = /^[A-Za-z][A-Za-z0-9_.-]{0,99}$/;

type Asked = { act: 'put'; name: string } | { act: 'delete'; name: string };

/** The names of secrets that steps sign and authenticate with. Values go to the server and never come back. */
export function Secrets() {
  const { t } = useTranslation('automation');
  const problemText = useProblemText();
  const words = useRecordWords();
  const replica = useReplica();
  const confirm = useReauthentication();
  const access = useAccess();
  const offline = useOnlineReason();
  const noRight = access('settings.manage', { tenantId: '' });
  const answer = useServerCall(noRight === '' ? '/v1/secrets' : '');
  const [asked, setAsked] = useState<Asked>();
  const read = secretsSchema.safeParse(answer.value);
  const secrets = read.success ? read.data.secrets : [];
  const done = (problem: string, message: string) => {
    notifications.show(problem === '' ? { message } : { color: 'red', title: t('failed'), message: problem });
    setAsked(undefined);
    answer.reload();
  };
  const put = async (name: string, value: string) => {
    const outcome = await confirm(() => replica.call('PUT', `/v1/secrets/${encodeURIComponent(name)}`, { value }));
    done(outcome.ok ? '' : problemText(outcome.error), t('secrets.saved', { name }));
  };
  const remove = async (name: string) => {
    const outcome = await confirm(() => replica.call('DELETE', `/v1/secrets/${encodeURIComponent(name)}`));
    done(outcome.ok ? '' : problemText(outcome.error), t('secrets.removed', { name }));
  };
  return (
    <section className={classes.section} aria-label={t('secrets.title')}>
      <div className={classes.headRow}>
        <div>
          <h2 className={classes.heading}>{t('secrets.title')}</h2>
          <p className={classes.quiet}>{noRight || t('secrets.text')}</p>
        </div>
        <GuardedButton
          variant="default"
          leftSection={<IconPlus size={14} />}
          whyNot={noRight || offline}
          data-testid="new-secret"
          onClick={() => setAsked({ act: 'put', name: '' })}
        >
          {t('secrets.new')}
        </GuardedButton>
      </div>
      {answer.problem && noRight === '' && <p className={classes.quiet}>{problemText(answer.problem)}</p>}
      {read.success && secrets.length === 0 && <p className={classes.quiet}>{t('secrets.empty')}</p>}
      {secrets.length > 0 && (
        <Table verticalSpacing={6}>
          <Table.Thead>
            <Table.Tr>
              <Table.Th>{t('secrets.name')}</Table.Th>
              <Table.Th>{t('keys.state')}</Table.Th>
              <Table.Th>{t('changed')}</Table.Th>
              <Table.Th aria-label={t('secrets.acts')} />
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {secrets.map((secret) => (
              <Table.Tr key={secret.name} data-testid={`secret-${secret.name}`}>
                <Table.Td>
                  <code className={classes.code} dir="ltr">
                    {secret.name}
                  </code>
                </Table.Td>
                <Table.Td>
                  <StatusMark tone={secret.readable ? 'success' : 'danger'}>
                    {t(secret.readable ? 'secrets.readable' : 'secrets.unreadable')}
                  </StatusMark>
                </Table.Td>
                <Table.Td>
                  <RelativeTime instant={secret.updatedAt} /> · <bdi>{words.name('staff', secret.updatedBy)}</bdi>
                </Table.Td>
                <Table.Td className={classes.end}>
                  <GuardedButton
                    size="compact-xs"
                    variant="subtle"
                    whyNot={offline}
                    onClick={() => setAsked({ act: 'put', name: secret.name })}
                  >
                    {t('secrets.replace')}
                  </GuardedButton>
                  <GuardedButton
                    size="compact-xs"
                    variant="subtle"
                    color="red"
                    whyNot={offline}
                    onClick={() => setAsked({ act: 'delete', name: secret.name })}
                  >
                    {t('secrets.delete')}
                  </GuardedButton>
                </Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      )}
      {asked?.act === 'put' && <SecretDialog known={asked.name} onPut={put} onClose={() => setAsked(undefined)} />}
      {asked?.act === 'delete' && (
        <ReasonDialog
          reason="none"
          danger
          words={{
            title: t('secrets.deleteTitle', { name: asked.name }),
            confirm: t('secrets.delete'),
            cancel: t('cancel'),
          }}
          onClose={() => setAsked(undefined)}
          onConfirm={() => void remove(asked.name)}
        >
          {t('secrets.deleteText')}
        </ReasonDialog>
      )}
    </section>
  );
}

interface SecretDialogProps {
  /** '' = a new one. */
  known: string;
  onPut: (name: string, value: string) => Promise<void>;
  onClose: () => void;
}

function SecretDialog({ known, onPut, onClose }: SecretDialogProps) {
  const { t } = useTranslation('automation');
  const [name, setName] = useState(known);
  const [value, setValue] = useState('');
  const [busy, setBusy] = useState(false);
  const valid = nameForm.test(name);
  const submit = async () => {
    setBusy(true);
    await onPut(name, value);
    setBusy(false);
  };
  return (
    <Modal
      opened
      onClose={onClose}
      title={known === '' ? t('secrets.new') : t('secrets.replaceTitle', { name: known })}
      centered
    >
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (valid && value !== '') void submit();
        }}
      >
        <Stack gap="md">
          {known === '' && (
            <TextInput
              label={t('secrets.name')}
              description={t('secrets.nameHelp')}
              inputWrapperOrder={['label', 'input', 'description', 'error']}
              dir="ltr"
              data-autofocus
              data-testid="secret-name"
              value={name}
              error={name !== '' && !valid ? t('secrets.nameWrong') : undefined}
              onChange={(event) => setName(event.currentTarget.value)}
            />
          )}
          <PasswordInput
            label={t('secrets.value')}
            description={t('secrets.valueHelp')}
            inputWrapperOrder={['label', 'input', 'description', 'error']}
            autoComplete="off"
            data-testid="secret-value"
            visibilityToggleButtonProps={{ 'aria-label': t('secrets.show') }}
            value={value}
            onChange={(event) => setValue(event.currentTarget.value)}
          />
          <Group justify="flex-end" gap="xs">
            <Button variant="default" onClick={onClose}>
              {t('cancel')}
            </Button>
            <Button type="submit" loading={busy} disabled={!valid || value === ''} data-testid="confirm-secret">
              {t('save')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
