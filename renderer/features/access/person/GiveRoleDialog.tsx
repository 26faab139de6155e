import { Modal, Select, Textarea } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Staff } from '#shared/resources/access/staff.ts';
import { useRecordWords } from '#renderer/data/hooks/useRecordWords.ts';
import { useRoleWords } from '#renderer/data/hooks/useRoleWords.ts';
import { DialogForm } from '#renderer/ui/DialogForm.tsx';
import { InstantInput } from '#renderer/ui/InstantInput.tsx';
import { useNow } from '#renderer/ui/useNow.ts';
import { useProblemText } from '#renderer/ui/problems/useProblemText.ts';
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
  const problemText = useProblemText();
  const roleWords = useRoleWords();
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
    else setState({ busy: false, problem: problemText(outcome.error) });
  };
  const ready = roleId !== '' && reason.trim() !== '' && !past;
  return (
    <Modal opened onClose={onClose} centered title={t('grants.giveTitle', { name: person.body.displayName })}>
      <DialogForm
        words={{ confirm: t('grants.give'), cancel: t('cancel') }}
        ready={ready}
        {...state}
        onSubmit={() => void submit()}
        onClose={onClose}
        data-testid="confirm-grant"
      >
        <Select
          label={words.kind('role')}
          description={(role && roleWords.description(role.body)) || undefined}
          inputWrapperOrder={['label', 'input', 'description', 'error']}
          withAsterisk
          searchable
          data={roles.all.map((one) => ({ value: one.id, label: roleWords.name(one.body) }))}
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
      </DialogForm>
    </Modal>
  );
}
