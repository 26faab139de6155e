import { Modal, Select, SimpleGrid, Textarea, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocation } from 'wouter';
import { privacyRequestTypes } from '#shared/resources/access/privacyRequest.ts';
import { useRecordChoices } from '#renderer/data/hooks/useRecordChoices.ts';
import { useRecordWords } from '#renderer/data/hooks/useRecordWords.ts';
import { useReplica } from '#renderer/data/hooks/useReplica.ts';
import { DialogForm } from '#renderer/ui/DialogForm.tsx';
import { InstantInput } from '#renderer/ui/InstantInput.tsx';
import { useProblemText } from '#renderer/ui/problems/useProblemText.ts';
import { dueAfter } from './deadline.ts';
import { KnownSubject } from './KnownSubject.tsx';
import classes from './Privacy.module.css';
import { useKnownSubject } from './useKnownSubject.ts';

/** Writes down what somebody asked for; nothing happens to their data before somebody approves it. Works offline. */
export function NewRequestDialog({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation('privacy');
  const problemText = useProblemText();
  const words = useRecordWords();
  const replica = useReplica();
  const [, navigate] = useLocation();
  const [email, setEmail] = useState('');
  const [name, setName] = useState('');
  const [chosen, setChosen] = useState<readonly string[]>([]);
  const [tenantId, setTenantId] = useState('');
  const [type, setType] = useState<string>('export');
  const [receivedAt, setReceivedAt] = useState(() => new Date().toISOString());
  const [channel, setChannel] = useState('');
  const [note, setNote] = useState('');
  const [problem, setProblem] = useState('');
  const tenants = useRecordChoices('tenant', tenantId);
  const byEmail = useKnownSubject(email);
  const byName = useKnownSubject(name);
  const found = [...new Map([...byEmail, ...byName].map((record) => [record.id, record])).values()];
  const isNobody = email.trim() === '' && name.trim() === '' && chosen.length === 0;
  const create = async () => {
    const outcome = await replica.create('privacyRequest', tenantId, {
      type,
      subjectEmail: email.trim(),
      subjectName: name.trim(),
      subjectRecords: [...chosen],
      channel: channel.trim(),
      note: note.trim(),
      receivedAt,
      dueAt: dueAfter(receivedAt),
    });
    if (!outcome.ok) setProblem(problemText(outcome.error));
    else {
      onClose();
      navigate(`/privacy/${encodeURIComponent(outcome.value.id)}`);
    }
  };
  return (
    <Modal opened onClose={onClose} title={t('new.title')} size="lg" centered>
      <DialogForm
        words={{ confirm: t('new.create'), cancel: t('cancel') }}
        ready={!isNobody && receivedAt !== ''}
        problem={problem}
        onSubmit={() => void create()}
        onClose={onClose}
        data-testid="create-privacy-request"
      >
        <SimpleGrid cols={2} spacing="sm">
          <TextInput
            label={words.field('privacyRequest', 'body.subjectEmail')}
            type="email"
            maxLength={320}
            dir="ltr"
            data-autofocus
            data-testid="subject-email"
            value={email}
            onChange={(event) => setEmail(event.currentTarget.value)}
          />
          <TextInput
            label={words.field('privacyRequest', 'body.subjectName')}
            maxLength={200}
            data-testid="subject-name"
            value={name}
            onChange={(event) => setName(event.currentTarget.value)}
          />
        </SimpleGrid>
        <KnownSubject
          records={found}
          asked={email.trim().length > 2 || name.trim().length > 2}
          chosen={chosen}
          onChange={setChosen}
        />
        <SimpleGrid cols={2} spacing="sm">
          <Select
            label={words.field('privacyRequest', 'body.type')}
            allowDeselect={false}
            data-testid="request-type"
            data={privacyRequestTypes.map((value) => ({
              value,
              label: words.value('privacyRequest', 'body.type', value),
            }))}
            value={type}
            onChange={(value) => setType(value ?? 'export')}
          />
          <Select
            label={words.field('privacyRequest', 'tenantId')}
            placeholder={t('everywhere')}
            searchable
            clearable
            {...tenants}
            value={tenantId || null}
            onChange={(value) => setTenantId(value ?? '')}
          />
        </SimpleGrid>
        <p className={classes.quiet}>{t(`types.${type}`)}</p>
        <SimpleGrid cols={2} spacing="sm">
          <InstantInput
            label={words.field('privacyRequest', 'body.receivedAt')}
            withTime={false}
            value={receivedAt}
            onChange={setReceivedAt}
          />
          <TextInput
            label={words.field('privacyRequest', 'body.channel')}
            placeholder={t('new.channel')}
            maxLength={400}
            value={channel}
            onChange={(event) => setChannel(event.currentTarget.value)}
          />
        </SimpleGrid>
        {receivedAt !== '' && (
          <p className={classes.quiet}>{t('new.due', { date: words.instant(dueAfter(receivedAt)) })}</p>
        )}
        <Textarea
          label={words.field('privacyRequest', 'body.note')}
          autosize
          minRows={2}
          maxRows={5}
          maxLength={4000}
          value={note}
          onChange={(event) => setNote(event.currentTarget.value)}
        />
      </DialogForm>
    </Modal>
  );
}
