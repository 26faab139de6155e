import { Alert, Group, Modal, NumberInput, Select, SimpleGrid, Stack, TextInput } from '@mantine/core';
import { IconHourglassEmpty } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import * as z from 'zod';
import { securityFloor } from '#shared/domain/audit/dataClasses.ts';
import { retentionRule } from '#shared/resources/audit/retentionRule.ts';
import { useAccess } from '#renderer/data/hooks/useAccess.ts';
import { useProofBeforeEdit } from '#renderer/data/hooks/useProofBeforeEdit.ts';
import { useRecordChoices } from '#renderer/data/hooks/useRecordChoices.ts';
import { useRecordWords } from '#renderer/data/hooks/useRecordWords.ts';
import { useReplica } from '#renderer/data/hooks/useReplica.ts';
import { useSyncPart } from '#renderer/data/hooks/useSyncStatus.ts';
import { GuardedButton } from '#renderer/ui/GuardedButton.tsx';
import classes from './Proof.module.css';

const triedAnswer = z.object({ removed: z.int(), thinned: z.int() });
const { covers: coversField } = retentionRule.body.shape;
const choices = coversField.unwrap().options;
const leastDays = 30;
const mostDays = 36_500;

/** A rule is tried before it is saved: what it would remove now. Saving works offline, trying needs the server. */
export function NewRetentionRule({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation('audit');
  const words = useRecordWords();
  const access = useAccess();
  const replica = useReplica();
  const prove = useProofBeforeEdit();
  const isOnline = useSyncPart((status) => status.connection === 'online' && !status.workOffline);
  const [name, setName] = useState('');
  const [tenantId, setTenantId] = useState('');
  const [covers, setCovers] = useState<(typeof choices)[number]>('views');
  const [days, setDays] = useState<number>(securityFloor);
  const [tried, setTried] = useState<z.infer<typeof triedAnswer>>();
  const [isBusy, setBusy] = useState(false);
  const [problem, setProblem] = useState('');
  const tenants = useRecordChoices('tenant', tenantId);
  const least = covers === 'security' ? securityFloor : leastDays;
  const isTooShort = days < least;
  const changed = <Value,>(set: (value: Value) => void) => {
    return (value: Value) => {
      set(value);
      setTried(undefined);
      setProblem('');
    };
  };
  const attempt = async () => {
    setBusy(true);
    const rule = { tenantId, covers, days };
    const outcome = await replica.call('POST', '/v1/audit/retention/run', { dryRun: true, rule });
    setBusy(false);
    const answer = outcome.ok ? triedAnswer.safeParse(outcome.value) : undefined;
    if (answer?.success) setTried(answer.data);
    else setProblem(outcome.ok ? t('retention.failed') : outcome.error.message);
  };
  const create = async (isActive: boolean) => {
    if (isActive && !(await prove())) return;
    const outcome = await replica.create('retentionRule', tenantId, { name: name.trim(), covers, days, isActive });
    if (outcome.ok) onClose();
    else setProblem(outcome.error.message);
  };
  const tooShort = isTooShort
    ? t(covers === 'security' ? 'retention.new.floor' : 'retention.new.least', { days: least })
    : '';
  const notReady = tooShort || (name.trim() === '' ? t('retention.new.needsName') : '');
  return (
    <Modal opened onClose={onClose} title={t('retention.new.title')} size="lg" centered>
      <Stack gap="sm" data-testid="new-retention-rule">
        <TextInput
          label={words.field('retentionRule', 'body.name')}
          maxLength={200}
          data-autofocus
          data-testid="retention-name"
          value={name}
          onChange={(event) => setName(event.currentTarget.value)}
        />
        <SimpleGrid cols={3} spacing="sm">
          <Select
            label={words.field('retentionRule', 'body.covers')}
            allowDeselect={false}
            data-testid="retention-covers"
            data={choices.map((value) => ({ value, label: words.value('retentionRule', 'body.covers', value) }))}
            value={covers}
            onChange={(value) => changed(setCovers)(choices.find((one) => one === value) ?? covers)}
          />
          <NumberInput
            label={words.field('retentionRule', 'body.days')}
            min={least}
            max={mostDays}
            allowDecimal={false}
            data-testid="retention-days"
            value={days}
            error={tooShort}
            onChange={(value) => changed(setDays)(Number(value))}
          />
          <Select
            label={words.field('retentionRule', 'tenantId')}
            placeholder={t('retention.new.everywhere')}
            searchable
            clearable
            {...tenants}
            value={tenantId || null}
            onChange={(value) => changed(setTenantId)(value ?? '')}
          />
        </SimpleGrid>
        <p className={classes.quiet}>{t(covers === 'all' ? 'retention.new.all' : 'retention.new.one')}</p>
        {tried && (
          <Alert
            variant="light"
            color={tried.removed + tried.thinned > 0 ? 'orange' : 'teal'}
            data-testid="retention-tried"
            data-removed={tried.removed}
            data-thinned={tried.thinned}
          >
            {covers === 'all'
              ? t('retention.new.tried', { count: tried.removed })
              : t('retention.new.triedThin', { count: tried.thinned })}
          </Alert>
        )}
        {problem !== '' && <Alert color="red">{problem}</Alert>}
        <Group justify="space-between" gap="xs">
          <GuardedButton
            variant="default"
            leftSection={<IconHourglassEmpty size={14} />}
            whyNot={access('audit.manage') || (isOnline ? tooShort : t('online'))}
            loading={isBusy}
            data-testid="retention-try"
            onClick={() => void attempt()}
          >
            {t('retention.new.try')}
          </GuardedButton>
          <Group gap="xs">
            <GuardedButton
              variant="default"
              whyNot={access('audit.create') || notReady}
              data-testid="retention-create-inactive"
              onClick={() => void create(false)}
            >
              {t('retention.new.inactive')}
            </GuardedButton>
            <GuardedButton
              whyNot={access('audit.create') || notReady}
              data-testid="retention-create"
              onClick={() => void create(true)}
            >
              {t('retention.new.create')}
            </GuardedButton>
          </Group>
        </Group>
      </Stack>
    </Modal>
  );
}
