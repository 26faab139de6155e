import { Alert, Button, Group, Table } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { IconGavel, IconHourglassEmpty, IconPlus } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocation } from 'wouter';
import * as z from 'zod';
import { securityFloor } from '#shared/domain/audit/dataClasses.ts';
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
import { useProblemText } from '#renderer/ui/problems/useProblemText.ts';
import { LegalHolds } from './LegalHolds.tsx';
import { NewRetentionRule } from './NewRetentionRule.tsx';
import classes from './Proof.module.css';

const runAnswer = z.object({
  removed: z.int(),
  thinned: z.int(),
  chains: z.array(
    z.object({
      tenantId: z.string(),
      ruleId: z.string(),
      removed: z.int(),
      thinned: z.int(),
      isHeld: z.boolean(),
      isUnderFloor: z.boolean(),
    }),
  ),
});
type RunAnswer = z.infer<typeof runAnswer>;

/** How long entries are kept, what would go now, and what may not go at all. */
export function RetentionTab() {
  const { t } = useTranslation('audit');
  const problemText = useProblemText();
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
  const [isAdding, setAdding] = useState(false);
  const wouldGo = preview ? preview.removed + preview.thinned : 0;
  const run = async (dryRun: boolean) => {
    setAsking(false);
    setBusy(true);
    const outcome = await confirm(() => replica.call('POST', '/v1/audit/retention/run', { dryRun }));
    setBusy(false);
    if (!outcome.ok) {
      if (outcome.error.code !== 'reauthentication_required')
        notifications.show({ color: 'red', title: t('retention.failed'), message: problemText(outcome.error) });
      return;
    }
    const answer = runAnswer.safeParse(outcome.value);
    if (!answer.success) return;
    setPreview(dryRun ? answer.data : undefined);
    if (dryRun) return;
    if (answer.data.removed > 0 || answer.data.thinned === 0)
      notifications.show({ message: t('retention.done', { count: answer.data.removed }) });
    if (answer.data.thinned > 0)
      notifications.show({ message: t('retention.doneThinned', { count: answer.data.thinned }) });
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
            data-testid="add-retention-rule"
            onClick={() => setAdding(true)}
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
      <p className={classes.quiet}>{t('retention.text', { days: securityFloor })}</p>
      {preview && (
        <Alert
          variant="light"
          color={wouldGo > 0 ? 'orange' : 'teal'}
          title={
            preview.removed === 0 && preview.thinned > 0
              ? t('retention.wouldThin', { count: preview.thinned })
              : t('retention.wouldGo', { count: preview.removed })
          }
          data-testid="retention-counts"
          data-removed={preview.removed}
          data-thinned={preview.thinned}
        >
          {preview.removed > 0 && preview.thinned > 0 && (
            <p className={classes.plain}>{t('retention.wouldThin', { count: preview.thinned })}</p>
          )}
          {preview.chains.map((chain) => (
            <p key={`${chain.tenantId}/${chain.ruleId}`} className={classes.plain}>
              <bdi>{chain.tenantId === '' ? t('platform') : words.name('tenant', chain.tenantId)}</bdi>
              {': '}
              {chain.thinned > 0
                ? t('retention.thinned', { count: chain.thinned })
                : t('retention.entries', { count: chain.removed })}
              {chain.isHeld && ` ${t('retention.held')}`}
              {chain.isUnderFloor && ` ${t('retention.underFloor')}`}
            </p>
          ))}
          {wouldGo > 0 && (
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
              <Table.Th>{words.field('retentionRule', 'body.covers')}</Table.Th>
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
                <Table.Td>
                  <bdi>
                    {record.tenantId === '' ? t('retention.everywhere') : words.name('tenant', record.tenantId)}
                  </bdi>
                </Table.Td>
                <Table.Td>
                  {words.value('retentionRule', 'body.covers', textIn(record.body, 'covers') || 'all')}
                </Table.Td>
                <Table.Td className={classes.number}>{words.number(numberIn(record.body, 'days'))}</Table.Td>
                <Table.Td>
                  <StatusMark tone={record.body['isActive'] === true ? 'success' : 'neutral'}>
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
      {isAdding && <NewRetentionRule onClose={() => setAdding(false)} />}
      {isAsking && preview && (
        <ReasonDialog
          danger
          reason="none"
          words={{ title: t('retention.runTitle'), confirm: t('retention.run'), cancel: t('cancel') }}
          onClose={() => setAsking(false)}
          onConfirm={() => void run(false)}
        >
          <p className={classes.plain}>{t('retention.runText', { count: wouldGo })}</p>
        </ReasonDialog>
      )}
    </>
  );
}
