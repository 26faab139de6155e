import { Alert, Button, Group, Table } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { IconGavel, IconHourglassEmpty, IconPlus } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocation } from 'wouter';
import * as z from 'zod';
import { numberIn, textIn } from '#shared/records/readBody.ts';
import { useAccess } from '#renderer/data/hooks/useAccess.ts';
import { useReauthentication } from '#renderer/data/hooks/useReauthentication.ts';
import { useRecordList } from '#renderer/data/hooks/useRecordList.ts';
import { useRecordWords } from '#renderer/data/hooks/useRecordWords.ts';
import { useReplica } from '#renderer/data/hooks/useReplica.ts';
import { useSyncPart } from '#renderer/data/hooks/useSyncStatus.ts';
import { GuardedButton } from '#renderer/ui/GuardedButton.tsx';
import { ReasonDialog } from '#renderer/ui/ReasonDialog.tsx';
import { RecordLink } from '#renderer/ui/RecordLink.tsx';
import { RelativeTime } from '#renderer/ui/RelativeTime.tsx';
import { StatusMark } from '#renderer/ui/StatusMark.tsx';
import { LegalHolds } from './LegalHolds.tsx';
import classes from './Proof.module.css';

const runAnswer = z.object({
  removed: z.int(),
  chains: z.array(z.object({ tenantId: z.string(), ruleId: z.string(), removed: z.int(), isHeld: z.boolean() })),
});
type RunAnswer = z.infer<typeof runAnswer>;

/** How long entries are kept, what would go now, and what may not go at all. */
export function RetentionTab() {
  const { t } = useTranslation('audit');
  const words = useRecordWords();
  const access = useAccess();
  const replica = useReplica();
  const confirm = useReauthentication();
  const [, navigate] = useLocation();
  const isOnline = useSyncPart((status) => status.connection === 'online' && !status.workOffline);
  const { rows } = useRecordList({ kind: 'retentionRule', sort: [{ path: 'body.name', descending: false }] });
  const [preview, setPreview] = useState<RunAnswer>();
  const [isBusy, setBusy] = useState(false);
  const [isAsking, setAsking] = useState(false);
  const run = async (dryRun: boolean) => {
    setAsking(false);
    setBusy(true);
    const outcome = await confirm(() => replica.call('POST', '/v1/audit/retention/run', { dryRun }));
    setBusy(false);
    if (!outcome.ok) {
      if (outcome.error.code !== 'reauthentication_required')
        notifications.show({ color: 'red', title: t('retention.failed'), message: outcome.error.message });
      return;
    }
    const answer = runAnswer.safeParse(outcome.value);
    if (!answer.success) return;
    setPreview(dryRun ? answer.data : undefined);
    if (!dryRun) notifications.show({ message: t('retention.done', { count: answer.data.removed }) });
  };
  const whyNot = access('audit.manage') || (isOnline ? '' : t('online'));
  return (
    <>
      <div className={classes.bar}>
        <h2 className={classes.heading}>{t('retention.title')}</h2>
        <Group gap="xs">
          <GuardedButton
            variant="default"
            leftSection={<IconPlus size={14} />}
            whyNot={access('audit.create')}
            onClick={() => navigate('/records/retentionRule/new')}
          >
            {t('retention.add')}
          </GuardedButton>
          <GuardedButton
            variant="default"
            leftSection={<IconHourglassEmpty size={14} />}
            whyNot={whyNot}
            loading={isBusy}
            data-testid="retention-preview"
            onClick={() => void run(true)}
          >
            {t('retention.preview')}
          </GuardedButton>
        </Group>
      </div>
      <p className={classes.quiet}>{t('retention.text')}</p>
      {preview && (
        <Alert
          variant="light"
          color={preview.removed > 0 ? 'orange' : 'teal'}
          title={t('retention.wouldGo', { count: preview.removed })}
          data-testid="retention-counts"
          data-removed={preview.removed}
        >
          {preview.chains.map((chain) => (
            <p key={chain.tenantId} className={classes.plain}>
              <bdi>{chain.tenantId === '' ? t('platform') : words.name('tenant', chain.tenantId)}</bdi>:{' '}
              {t('retention.entries', { count: chain.removed })}
              {chain.isHeld && ` ${t('retention.held')}`}
            </p>
          ))}
          {preview.removed > 0 && (
            <Group mt="xs">
              <GuardedButton
                size="compact-sm"
                color="red"
                whyNot={whyNot}
                data-testid="retention-run"
                onClick={() => setAsking(true)}
              >
                {t('retention.run')}
              </GuardedButton>
              <Button size="compact-sm" variant="subtle" color="gray" onClick={() => setPreview(undefined)}>
                {t('close')}
              </Button>
            </Group>
          )}
        </Alert>
      )}
      {rows.length === 0 ? (
        <p className={classes.quiet}>{t('retention.none')}</p>
      ) : (
        <Table className={classes.table} verticalSpacing={6}>
          <Table.Thead>
            <Table.Tr>
              <Table.Th>{words.field('retentionRule', 'body.name')}</Table.Th>
              <Table.Th>{words.field('retentionRule', 'tenantId')}</Table.Th>
              <Table.Th className={classes.number}>{words.field('retentionRule', 'body.days')}</Table.Th>
              <Table.Th>{words.field('retentionRule', 'body.isActive')}</Table.Th>
              <Table.Th>{words.field('retentionRule', 'body.lastRunAt')}</Table.Th>
              <Table.Th className={classes.number}>{words.field('retentionRule', 'body.removed')}</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {rows.map(({ record }) => (
              <Table.Tr key={record.id} data-testid="retention-rule">
                <Table.Td>
                  <RecordLink kind="retentionRule" id={record.id}>
                    <bdi>{words.title(record)}</bdi>
                  </RecordLink>
                </Table.Td>
                <Table.Td dir="auto">
                  {record.tenantId === '' ? t('retention.everywhere') : words.name('tenant', record.tenantId)}
                </Table.Td>
                <Table.Td className={classes.number}>{words.number(numberIn(record.body, 'days'))}</Table.Td>
                <Table.Td>
                  <StatusMark tone={record.body['isActive'] === true ? 'warning' : 'neutral'}>
                    {words.value('retentionRule', 'body.isActive', record.body['isActive'])}
                  </StatusMark>
                </Table.Td>
                <Table.Td>
                  <RelativeTime instant={textIn(record.body, 'lastRunAt')} />
                </Table.Td>
                <Table.Td className={classes.number}>{words.number(numberIn(record.body, 'removed'))}</Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      )}
      <div className={classes.bar}>
        <h2 className={classes.heading}>{words.kinds('legalHold')}</h2>
        <GuardedButton
          variant="default"
          leftSection={<IconGavel size={14} />}
          whyNot={access('audit.create')}
          data-testid="add-hold"
          onClick={() => navigate('/records/legalHold/new')}
        >
          {t('hold.add')}
        </GuardedButton>
      </div>
      <p className={classes.quiet}>{t('hold.text')}</p>
      <LegalHolds />
      {isAsking && preview && (
        <ReasonDialog
          danger
          reason="none"
          words={{ title: t('retention.runTitle'), confirm: t('retention.run'), cancel: t('cancel') }}
          onClose={() => setAsking(false)}
          onConfirm={() => void run(false)}
        >
          <p className={classes.plain}>{t('retention.runText', { count: preview.removed })}</p>
        </ReasonDialog>
      )}
    </>
  );
}
