import { Alert, Button, Checkbox, FileButton, Group, Modal, Stack, Table } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { IconAlertTriangle, IconUpload } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { rule } from '#shared/resources/automation/rule.ts';
import type { Rule } from '#shared/resources/automation/rule.ts';
import { asJsonObject } from '#renderer/data/automation/asJsonObject.ts';
import { useRecordWords } from '#renderer/data/hooks/useRecordWords.ts';
import { useReplica } from '#renderer/data/hooks/useReplica.ts';
import { FieldChanges } from '../revisions/FieldChanges.tsx';
import { compareContents } from '../revisions/compareContents.ts';
import classes from '../Rules.module.css';
import { planImport, readRuleFile } from './ruleFile.ts';
import type { FiledFault, ImportPlan } from './ruleFile.ts';

interface Preview {
  fileName: string;
  plans: ImportPlan[];
  faults: FiledFault[];
}

/** Takes rules in from a file: shows what each does before anything is written. */
export function ImportRulesDialog({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation('automation');
  const replica = useReplica();
  const [preview, setPreview] = useState<Preview>();
  const [problem, setProblem] = useState('');
  const [switched, setSwitched] = useState(false);
  const [busy, setBusy] = useState(false);
  const [open, setOpen] = useState('');

  const read = async (file: File | null) => {
    if (!file) return;
    setPreview(undefined);
    setProblem('');
    const outcome = readRuleFile(await file.text());
    if (!outcome.ok) {
      setProblem(t(`exchange.${outcome.error}`, { file: file.name }));
      return;
    }
    const existing: Rule[] = [];
    await replica.readRows({ kind: 'rule' }, (rows) => {
      for (const { record } of rows) {
        const body = rule.body.safeParse(record.body);
        if (body.success) existing.push({ ...record, body: body.data });
      }
    });
    const plans = outcome.value.rules.map((filed) => planImport(filed, existing));
    setPreview({ fileName: file.name, plans, faults: outcome.value.faults });
  };
  const write = async (plans: readonly ImportPlan[]) => {
    setBusy(true);
    let done = 0;
    const refused: string[] = [];
    for (const plan of plans) {
      if (plan.does === 'nothing') continue;
      const { body, tenantId } = plan.filed;
      const isActive = switched ? body.isActive : plan.does === 'change' && plan.record.body.isActive;
      const outcome =
        plan.does === 'create'
          ? await replica.create('rule', tenantId, asJsonObject({ ...body, isActive }))
          : await replica.edit('rule', plan.record.id, { body: asJsonObject({ ...body, isActive }) });
      if (outcome.ok) done += 1;
      else refused.push(`${body.name}: ${outcome.error.message}`);
    }
    setBusy(false);
    notifications.show({
      ...(refused.length === 0 ? {} : { color: 'red', autoClose: false }),
      title: t('exchange.imported', { count: done }),
      message: refused.join('\n'),
    });
    onClose();
  };
  const writing = preview?.plans.filter((plan) => plan.does !== 'nothing') ?? [];
  return (
    <Modal opened onClose={onClose} title={t('exchange.importTitle')} size="xl" centered>
      <Stack gap="md">
        <Group gap="sm">
          <FileButton accept="application/json,.json" onChange={(file) => void read(file)}>
            {(props) => (
              <Button {...props} variant="default" leftSection={<IconUpload size={14} />} data-autofocus>
                {t('exchange.choose')}
              </Button>
            )}
          </FileButton>
          <span className={classes.quiet}>{preview?.fileName ?? t('exchange.chooseHelp')}</span>
        </Group>
        {problem !== '' && (
          <Alert color="red" icon={<IconAlertTriangle size={16} />}>
            {problem}
          </Alert>
        )}
        {preview && (
          <>
            <PlanTable plans={preview.plans} open={open} onOpen={(name) => setOpen(name === open ? '' : name)} />
            {preview.faults.length > 0 && (
              <Alert
                color="orange"
                icon={<IconAlertTriangle size={16} />}
                title={t('exchange.faults', { count: preview.faults.length })}
              >
                <ul>
                  {preview.faults.map((fault) => (
                    <li key={fault.place}>
                      {t('exchange.fault', { ...fault, name: fault.name || t('exchange.nameless') })}
                    </li>
                  ))}
                </ul>
              </Alert>
            )}
            <Checkbox
              label={t('exchange.switched')}
              description={t('exchange.switchedHelp')}
              checked={switched}
              onChange={(event) => setSwitched(event.currentTarget.checked)}
            />
          </>
        )}
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={onClose}>
            {t('cancel')}
          </Button>
          <Button
            disabled={writing.length === 0}
            loading={busy}
            data-testid="confirm-import"
            onClick={() => void write(writing)}
          >
            {t('exchange.confirm', { count: writing.length })}
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}

function PlanTable({
  plans,
  open,
  onOpen,
}: {
  plans: readonly ImportPlan[];
  open: string;
  onOpen: (key: string) => void;
}) {
  const { t } = useTranslation('automation');
  const words = useRecordWords();
  return (
    <Table verticalSpacing={4}>
      <Table.Thead>
        <Table.Tr>
          <Table.Th>{words.kind('rule')}</Table.Th>
          <Table.Th>{t('rules.scopeColumn')}</Table.Th>
          <Table.Th>{t('exchange.effect')}</Table.Th>
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {plans.map((plan, index) => {
          const key = String(index);
          const { body, tenantId } = plan.filed;
          const changes = plan.does === 'change' ? compareContents(plan.record.body, body) : [];
          return [
            <Table.Tr key={key}>
              <Table.Td>
                <bdi>{body.name}</bdi>
              </Table.Td>
              <Table.Td>{tenantId === '' ? t('platform') : words.name('tenant', tenantId)}</Table.Td>
              <Table.Td>
                {plan.does === 'change' ? (
                  <Button size="compact-xs" variant="subtle" aria-expanded={open === key} onClick={() => onOpen(key)}>
                    {t('exchange.change', { count: changes.length })}
                  </Button>
                ) : (
                  t(`exchange.${plan.does}`)
                )}
              </Table.Td>
            </Table.Tr>,
            plan.does === 'change' && open === key && (
              <Table.Tr key={`${key}-changes`}>
                <Table.Td colSpan={3}>
                  <FieldChanges changes={changes} before={t('exchange.here')} after={t('exchange.inFile')} />
                </Table.Td>
              </Table.Tr>
            ),
          ];
        })}
      </Table.Tbody>
    </Table>
  );
}
