import { Alert, Button, Group, Modal, Select, Stack, Textarea } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Staff } from '#shared/resources/access/staff.ts';
import { useRecordWords } from '#renderer/data/hooks/useRecordWords.ts';
import { InstantInput } from '#renderer/ui/InstantInput.tsx';
import { useNow } from '#renderer/ui/useNow.ts';
import { useRoles } from '../useRoles.ts';
import type { Grants } from './useGrants.ts';

interface GiveRoleDialogProps {
  person: Staff;
  grants: Grants;
  onClose: () => void;
}

/** Gives a role, with the reason and until when. */
export function GiveRoleDialog({ person, grants, onClose }: GiveRoleDialogProps) {
  const { t } = useTranslation('access');
  const words = useRecordWords();
  const roles = useRoles();
  const now = useNow();
  const [roleId, setRoleId] = useState('');
  const [expiresAt, setExpiresAt] = useState('');
  const [reason, setReason] = useState('');
  const [state, setState] = useState({ busy: false, problem: '' });
  const role = roles.byId.get(roleId);
  const past = expiresAt !== '' && Date.parse(expiresAt) <= now;
  const submit = async () => {
    setState({ busy: true, problem: '' });
    const outcome = await grants.give({ roleId, expiresAt, reason: reason.trim() });
    if (outcome.ok) onClose();
    else setState({ busy: false, problem: outcome.error.message });
  };
  const ready = roleId !== '' && reason.trim() !== '' && !past;
  return (
    <Modal
      opened
      onClose={onClose}
      centered
      title={t('grants.giveTitle', { name: person.body.displayName })}
      styles={{ title: { fontWeight: 600 } }}
    >
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (ready) void submit();
        }}
      >
        <Stack gap="md">
          <Select
            label={words.kind('role')}
            description={role?.body.description || undefined}
            inputWrapperOrder={['label', 'input', 'description', 'error']}
            withAsterisk
            searchable
            data={roles.all.map((one) => ({ value: one.id, label: one.body.name }))}
            value={roleId || null}
            data-autofocus
            data-testid="grant-role"
            onChange={(value) => setRoleId(value ?? '')}
          />
          <InstantInput
            label={t('grants.until')}
            withTime
            value={expiresAt}
            onChange={setExpiresAt}
            {...(past ? { error: t('grants.past') } : {})}
          />
          <Textarea
            label={t('grants.reason')}
            withAsterisk
            autosize
            minRows={2}
            maxLength={2000}
            data-testid="grant-reason"
            value={reason}
            onChange={(event) => setReason(event.currentTarget.value)}
          />
          {state.problem !== '' && (
            <Alert color="red" icon={<IconAlertTriangle size={16} />} role="alert">
              {state.problem}
            </Alert>
          )}
          <Group justify="flex-end" gap="xs">
            <Button variant="default" onClick={onClose}>
              {t('cancel')}
            </Button>
            <Button type="submit" loading={state.busy} disabled={!ready} data-testid="confirm-grant">
              {t('grants.give')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
