import { Table } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { accessTargetOf } from '#shared/domain/access/decideAccess.ts';
import type { RecordEnvelope } from '#shared/records/envelope.ts';
import { textIn } from '#shared/records/readBody.ts';
import { useAccess } from '#renderer/data/hooks/useAccess.ts';
import { useProofBeforeEdit } from '#renderer/data/hooks/useProofBeforeEdit.ts';
import { useRecordList } from '#renderer/data/hooks/useRecordList.ts';
import { useRecordWords } from '#renderer/data/hooks/useRecordWords.ts';
import { useReplica } from '#renderer/data/hooks/useReplica.ts';
import { GuardedButton } from '#renderer/ui/GuardedButton.tsx';
import { ReasonDialog } from '#renderer/ui/ReasonDialog.tsx';
import { RecordLink } from '#renderer/ui/RecordLink.tsx';
import { StatusMark } from '#renderer/ui/StatusMark.tsx';
import { useProblemText } from '#renderer/ui/problems/useProblemText.ts';
import classes from './Proof.module.css';

/** What may not be removed, by whom it was asked for, and a way to release it with a reason. */
export function LegalHolds() {
  const { t } = useTranslation('audit');
  const problemText = useProblemText();
  const words = useRecordWords();
  const access = useAccess();
  const replica = useReplica();
  const prove = useProofBeforeEdit();
  const { rows } = useRecordList({ kind: 'legalHold', sort: [{ path: 'createdAt', descending: true }] });
  const [releasing, setReleasing] = useState<RecordEnvelope>();
  if (rows.length === 0) return <p className={classes.quiet}>{t('hold.none')}</p>;
  const release = async (id: string, reason: string) => {
    setReleasing(undefined);
    if (!(await prove())) return;
    const outcome = await replica.edit('legalHold', id, { status: 'released', reason });
    if (!outcome.ok) notifications.show({ color: 'red', title: t('hold.failed'), message: problemText(outcome.error) });
  };
  return (
    <>
      <Table className={classes.table} verticalSpacing={6}>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{words.field('legalHold', 'body.name')}</Table.Th>
            <Table.Th>{words.field('legalHold', 'status')}</Table.Th>
            <Table.Th>{words.field('legalHold', 'tenantId')}</Table.Th>
            <Table.Th>{words.field('legalHold', 'body.from')}</Table.Th>
            <Table.Th>{words.field('legalHold', 'body.until')}</Table.Th>
            <Table.Th aria-label={t('hold.release')} />
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {rows.map(({ record }) => (
            <Table.Tr key={record.id} data-testid="legal-hold" data-status={record.status}>
              <Table.Td>
                <RecordLink kind="legalHold" id={record.id}>
                  <bdi>{words.title(record)}</bdi>
                </RecordLink>
              </Table.Td>
              <Table.Td>
                <StatusMark tone={words.tone('legalHold', record.status)}>
                  {words.state('legalHold', record.status)}
                </StatusMark>
              </Table.Td>
              <Table.Td>
                <bdi>{record.tenantId === '' ? t('retention.everywhere') : words.name('tenant', record.tenantId)}</bdi>
              </Table.Td>
              <Table.Td>{words.instant(textIn(record.body, 'from')) || t('hold.beginning')}</Table.Td>
              <Table.Td>{words.instant(textIn(record.body, 'until')) || t('hold.open')}</Table.Td>
              <Table.Td className={classes.number}>
                {record.status === 'active' && (
                  <GuardedButton
                    size="compact-xs"
                    variant="subtle"
                    color="red"
                    whyNot={access('audit.manage', accessTargetOf(record))}
                    onClick={() => setReleasing(record)}
                  >
                    {t('hold.release')}
                  </GuardedButton>
                )}
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
      {releasing && (
        <ReasonDialog
          danger
          reason="required"
          words={{
            title: t('hold.releaseTitle', { name: words.title(releasing) }),
            confirm: t('hold.release'),
            cancel: t('cancel'),
            reason: t('hold.reason'),
            reasonMissing: t('hold.reasonMissing'),
          }}
          onClose={() => setReleasing(undefined)}
          onConfirm={(reason) => void release(releasing.id, reason)}
        >
          <p className={classes.plain}>{t('hold.releaseText')}</p>
        </ReasonDialog>
      )}
    </>
  );
}
