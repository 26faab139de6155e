import { ActionIcon, Menu } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import {
  IconCopy,
  IconDatabaseSearch,
  IconDotsVertical,
  IconDownload,
  IconPencil,
  IconPlayerPlay,
  IconTrash,
} from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocation } from 'wouter';
import type { CommandInput } from '#shared/domain/automation/commands.ts';
import { textIn } from '#shared/records/readBody.ts';
import { asJsonObject } from '#renderer/data/automation/asJsonObject.ts';
import { useAccess } from '#renderer/data/hooks/useAccess.ts';
import { useStepsAccess } from '#renderer/data/hooks/useStepsAccess.ts';
import { useCommand } from '#renderer/data/hooks/useCommand.ts';
import { useRecordWords } from '#renderer/data/hooks/useRecordWords.ts';
import { useReplica } from '#renderer/data/hooks/useReplica.ts';
import type { ReplicaRecord } from '#renderer/data/replicaApi.ts';
import { CommandFrame } from '#renderer/ui/CommandFrame.tsx';
import { GuardedButton } from '#renderer/ui/GuardedButton.tsx';
import { GuardedMenuItem } from '#renderer/ui/GuardedMenuItem.tsx';
import { ReasonDialog } from '#renderer/ui/ReasonDialog.tsx';
import { RecordLink } from '#renderer/ui/RecordLink.tsx';
import { SyncMark } from '#renderer/ui/SyncMark.tsx';
import { useRuleExport } from '../exchange/useRuleExport.ts';
import { ActiveSwitch } from '../list/ActiveSwitch.tsx';
import { restoredBody } from '../revisions/restoredBody.ts';
import detailPage from '#renderer/ui/DetailPage.module.css';
import { useProblemText } from '#renderer/ui/problems/useProblemText.ts';
import { RunRuleDialog } from './RunRuleDialog.tsx';

/** The title row of a rule: whether it is on, whose it is, and what can be done with it. */
export function RuleHeader({ found: { record, badge } }: { found: ReplicaRecord }) {
  const { t } = useTranslation('automation');
  const problemText = useProblemText();
  const words = useRecordWords();
  const replica = useReplica();
  const access = useAccess();
  const [, navigate] = useLocation();
  const exportRules = useRuleExport();
  const command = useCommand();
  const [asked, setAsked] = useState<'run' | 'delete'>();
  const steps = useStepsAccess();
  const verdict = steps.ofRule(record);
  const path = `/rules/${encodeURIComponent(record.id)}`;
  const whyNotEdit = access('automation.edit', record);
  const refused = (message: string) => notifications.show({ color: 'red', title: t('failed'), message });

  const duplicate = async () => {
    const body = restoredBody(record.body);
    if (!body.ok) return refused(problemText(body.error));
    const name = t('rules.copyOf', { name: textIn(record.body, 'name') }).slice(0, 200);
    const made = await replica.create('rule', record.tenantId, asJsonObject({ ...body.value, name, isActive: false }));
    if (made.ok) navigate(`/rules/${encodeURIComponent(made.value.id)}/edit`);
    else refused(problemText(made.error));
    return undefined;
  };
  const run = async (args: Omit<CommandInput<'runRule'>, 'ruleId'>) => {
    if (await steps.prove(verdict)) await command.give('runRule', { ruleId: record.id, ...args }, record.tenantId);
  };
  const remove = async () => {
    setAsked(undefined);
    const outcome = await replica.remove('rule', record.id);
    if (outcome.ok) navigate('/rules');
    else refused(problemText(outcome.error));
  };
  return (
    <header>
      <div className={detailPage.head}>
        <div className={detailPage.headWords}>
          <div className={detailPage.marks}>
            <span>{words.kind('rule')}</span>
            {record.tenantId === '' ? (
              <span>{t('platform')}</span>
            ) : (
              <RecordLink kind="tenant" id={record.tenantId}>
                {words.name('tenant', record.tenantId)}
              </RecordLink>
            )}
            <SyncMark badge={badge} />
          </div>
          <h1 className={detailPage.title}>
            <bdi>{words.title(record)}</bdi>
          </h1>
        </div>
        <div className={detailPage.headActions}>
          <ActiveSwitch record={record} labelled />
          <GuardedButton
            variant="default"
            leftSection={<IconPlayerPlay size={14} />}
            whyNot={whyNotEdit || access('commands.create') || verdict.whyNot}
            data-testid="run-rule"
            onClick={() => setAsked('run')}
          >
            {t('runNow.button')}
          </GuardedButton>
          <GuardedButton
            leftSection={<IconPencil size={14} />}
            whyNot={whyNotEdit}
            data-testid="edit-rule"
            onClick={() => navigate(`${path}/edit`)}
          >
            {t('edit')}
          </GuardedButton>
          <Menu position="bottom-end">
            <Menu.Target>
              <ActionIcon variant="default" size={30} aria-label={t('more')} data-testid="rule-menu">
                <IconDotsVertical size={16} />
              </ActionIcon>
            </Menu.Target>
            <Menu.Dropdown>
              <GuardedMenuItem
                leftSection={<IconCopy size={14} />}
                whyNot={access('automation.create', { tenantId: record.tenantId })}
                onClick={() => void duplicate()}
              >
                {t('rules.duplicate')}
              </GuardedMenuItem>
              <Menu.Item leftSection={<IconDownload size={14} />} onClick={() => void exportRules([record])}>
                {t('exchange.export')}
              </Menu.Item>
              <Menu.Item
                leftSection={<IconDatabaseSearch size={14} />}
                onClick={() => navigate(`/records/rule/${encodeURIComponent(record.id)}`)}
              >
                {t('rules.asRecord')}
              </Menu.Item>
              <GuardedMenuItem
                color="red"
                leftSection={<IconTrash size={14} />}
                whyNot={access('automation.delete', record)}
                onClick={() => setAsked('delete')}
              >
                {t('rules.delete')}
              </GuardedMenuItem>
            </Menu.Dropdown>
          </Menu>
        </div>
      </div>
      <CommandFrame control={command} />
      {asked === 'run' && (
        <RunRuleDialog
          record={record}
          onClose={() => setAsked(undefined)}
          onRun={(args) => {
            setAsked(undefined);
            void run(args);
          }}
        />
      )}
      {asked === 'delete' && (
        <ReasonDialog
          reason="none"
          danger
          words={{
            title: t('rules.deleteTitle', { name: words.title(record) }),
            confirm: t('rules.delete'),
            cancel: t('cancel'),
          }}
          onClose={() => setAsked(undefined)}
          onConfirm={() => void remove()}
        >
          {t('rules.deleteText')}
        </ReasonDialog>
      )}
    </header>
  );
}
