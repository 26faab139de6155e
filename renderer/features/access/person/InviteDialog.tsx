import { Alert, Button, Group, Loader, Modal, MultiSelect, Select, Stack, Textarea, TextInput } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useAccess } from '#renderer/data/hooks/useAccess.ts';
import { usePrincipal } from '#renderer/data/hooks/usePrincipal.ts';
import { useRecord } from '#renderer/data/hooks/useRecord.ts';
import { useRecordWords } from '#renderer/data/hooks/useRecordWords.ts';
import { useReplica } from '#renderer/data/hooks/useReplica.ts';
import { useRoleWords } from '#renderer/data/hooks/useRoleWords.ts';
import { DialogForm } from '#renderer/ui/DialogForm.tsx';
import { useProblemText } from '#renderer/ui/problems/useProblemText.ts';
import { useProvenWrite } from '../useProvenWrite.ts';
import { useRoles } from '../useRoles.ts';
import { OneTimeLinkView } from './OneTimeLinkView.tsx';
import { useAccountActs } from './useAccountActs.ts';
import { useOnlineReason } from './useOnlineReason.ts';

/** Makes an account, and once the server has it the link with which its person chooses a password. */
export function InviteDialog({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation('access');
  const [made, setMade] = useState('');
  return (
    <Modal opened onClose={onClose} closeOnClickOutside={made === ''} title={t('invite.title')} centered size="md">
      {made === '' ? (
        <InviteForm onClose={onClose} onMade={setMade} />
      ) : (
        <InviteLink staffId={made} onClose={onClose} />
      )}
    </Modal>
  );
}

function InviteForm({ onClose, onMade }: { onClose: () => void; onMade: (staffId: string) => void }) {
  const { t } = useTranslation('access');
  const problemText = useProblemText();
  const roleWords = useRoleWords();
  const words = useRecordWords();
  const access = useAccess();
  const principal = usePrincipal();
  const replica = useReplica();
  const proven = useProvenWrite();
  const roles = useRoles();
  const [email, setEmail] = useState('');
  const [name, setName] = useState('');
  const [locale, setLocale] = useState('en');
  const [chosen, setChosen] = useState<string[]>([]);
  const [reason, setReason] = useState('');
  const [state, setState] = useState({ busy: false, problem: '' });
  const whyNoRoles = access('roles.manage');
  const submit = async () => {
    setState({ busy: true, problem: '' });
    const held = chosen.map((roleId) => ({ id: roleId, roleId, expiresAt: '', reason: reason.trim() }));
    const create = () =>
      replica.create('staff', '', { email: email.trim(), displayName: name.trim(), locale, roles: held });
    const outcome = held.length > 0 ? await proven(create) : await create();
    if (outcome.ok) onMade(outcome.value.id);
    else setState({ busy: false, problem: problemText(outcome.error) });
  };
  const ready =
    principal !== undefined &&
    email.trim() !== '' &&
    name.trim() !== '' &&
    (chosen.length === 0 || reason.trim() !== '');
  return (
    <DialogForm
      words={{ confirm: t('invite.create'), cancel: t('cancel') }}
      ready={ready}
      {...state}
      onSubmit={() => void submit()}
      onClose={onClose}
      data-testid="invite-create"
    >
      <TextInput
        label={words.field('staff', 'body.email')}
        type="email"
        withAsterisk
        dir="ltr"
        maxLength={320}
        data-autofocus
        data-testid="invite-email"
        value={email}
        onChange={(event) => setEmail(event.currentTarget.value)}
      />
      <TextInput
        label={words.field('staff', 'body.displayName')}
        withAsterisk
        maxLength={200}
        data-testid="invite-name"
        value={name}
        onChange={(event) => setName(event.currentTarget.value)}
      />
      <Select
        label={words.field('staff', 'body.locale')}
        data={words.options('staff', 'body.locale') ?? []}
        allowDeselect={false}
        value={locale}
        onChange={(value) => setLocale(value ?? 'en')}
      />
      <MultiSelect
        label={words.kinds('role')}
        description={whyNoRoles || t('invite.rolesHelp')}
        disabled={whyNoRoles !== ''}
        data={roles.all.map((role) => ({ value: role.id, label: roleWords.name(role.body) }))}
        searchable
        value={chosen}
        onChange={setChosen}
      />
      {chosen.length > 0 && (
        <Textarea
          label={t('grants.reason')}
          withAsterisk
          autosize
          minRows={2}
          maxLength={2000}
          value={reason}
          onChange={(event) => setReason(event.currentTarget.value)}
        />
      )}
    </DialogForm>
  );
}

/** Waits until the server has the account, then asks for its link. */
function InviteLink({ staffId, onClose }: { staffId: string; onClose: () => void }) {
  const { t } = useTranslation('access');
  const found = useRecord('staff', staffId);
  const offline = useOnlineReason();
  const acts = useAccountActs(staffId);
  const synced = found?.badge === 'synced' && offline === '';
  const asked = useRef(false);
  const { makeLink } = acts;
  useEffect(() => {
    if (!synced || asked.current) return;
    asked.current = true;
    void makeLink('invitation');
  }, [synced, makeLink]);
  const refused = found?.badge === 'refused' || found?.badge === 'conflict';
  return (
    <Stack gap="md">
      {acts.link ? (
        <OneTimeLinkView link={acts.link} purpose="invitation" />
      ) : acts.problem !== '' || refused ? (
        <Alert color="red" icon={<IconAlertTriangle size={16} />} role="alert">
          {acts.problem || t('invite.refused')}
        </Alert>
      ) : (
        <Group gap="sm" wrap="nowrap">
          {offline === '' && <Loader size="sm" />}
          <span>{offline === '' ? t('invite.waiting') : t('invite.offline')}</span>
        </Group>
      )}
      <Group justify="flex-end">
        <Button data-testid="invite-done" onClick={onClose}>
          {t('done')}
        </Button>
      </Group>
    </Stack>
  );
}
