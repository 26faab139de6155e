import { Alert, Button, Group, Modal, Select, Stack, TextInput } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { apiKeyAnswerSchema } from '#shared/protocol/apiKeys.ts';
import { useRecordChoices } from '#renderer/data/hooks/useRecordChoices.ts';
import { useReauthentication } from '#renderer/data/hooks/useReauthentication.ts';
import { useRecordWords } from '#renderer/data/hooks/useRecordWords.ts';
import { useReplica } from '#renderer/data/hooks/useReplica.ts';
import { InstantInput } from '#renderer/ui/InstantInput.tsx';
import { useProblemText } from '#renderer/ui/problems/useProblemText.ts';
import { CopyLine } from './CopyLine.tsx';

/** Makes a key and shows it, once. */
export function NewKeyDialog({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation('automation');
  const problemText = useProblemText();
  const words = useRecordWords();
  const replica = useReplica();
  const confirm = useReauthentication();
  const [name, setName] = useState('');
  const [tenantId, setTenantId] = useState('');
  const [expiresAt, setExpiresAt] = useState('');
  const [state, setState] = useState<{ at: 'form'; problem: string } | { at: 'busy' } | { at: 'made'; key: string }>({
    at: 'form',
    problem: '',
  });
  const tenants = useRecordChoices('tenant', tenantId);
  const create = async () => {
    setState({ at: 'busy' });
    const asked = { name: name.trim(), tenantId, ...(expiresAt === '' ? {} : { expiresAt }) };
    const outcome = await confirm(() => replica.call('POST', '/v1/api-keys', asked));
    const read = outcome.ok ? apiKeyAnswerSchema.safeParse(outcome.value) : undefined;
    if (read?.success) setState({ at: 'made', key: read.data.key });
    else setState({ at: 'form', problem: outcome.ok ? t('notReadable') : problemText(outcome.error) });
  };
  return (
    <Modal
      opened
      onClose={onClose}
      closeOnClickOutside={state.at !== 'made'}
      title={t(state.at === 'made' ? 'keys.madeTitle' : 'keys.new')}
      centered
    >
      {state.at === 'made' ? (
        <Stack gap="md">
          <p>{t('keys.madeText')}</p>
          <CopyLine label={t('keys.key')} text={state.key} />
          <Group justify="flex-end">
            <Button data-testid="key-done" onClick={onClose}>
              {t('keys.done')}
            </Button>
          </Group>
        </Stack>
      ) : (
        <form
          onSubmit={(event) => {
            event.preventDefault();
            if (name.trim() !== '') void create();
          }}
        >
          <Stack gap="md">
            <TextInput
              label={t('keys.name')}
              description={t('keys.nameHelp')}
              inputWrapperOrder={['label', 'input', 'description', 'error']}
              withAsterisk
              maxLength={200}
              data-autofocus
              data-testid="key-name"
              value={name}
              onChange={(event) => setName(event.currentTarget.value)}
            />
            <Select
              label={words.kind('tenant')}
              description={t('keys.tenantHelp')}
              inputWrapperOrder={['label', 'input', 'description', 'error']}
              placeholder={t('platform')}
              searchable
              clearable
              {...tenants}
              value={tenantId || null}
              onChange={(value) => setTenantId(value ?? '')}
            />
            <InstantInput label={t('keys.expires')} withTime value={expiresAt} onChange={setExpiresAt} />
            {state.at === 'form' && state.problem !== '' && (
              <Alert color="red" icon={<IconAlertTriangle size={16} />}>
                {state.problem}
              </Alert>
            )}
            <Group justify="flex-end" gap="xs">
              <Button variant="default" onClick={onClose}>
                {t('cancel')}
              </Button>
              <Button
                type="submit"
                loading={state.at === 'busy'}
                disabled={name.trim() === ''}
                data-testid="confirm-key"
              >
                {t('keys.create')}
              </Button>
            </Group>
          </Stack>
        </form>
      )}
    </Modal>
  );
}
