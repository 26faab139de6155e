import { Table } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { IconKey } from '@tabler/icons-react';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { openKeyRing } from '#shared/domain/audit/keyRing.ts';
import { textIn } from '#shared/records/readBody.ts';
import { useWitness } from '#renderer/data/audit/useWitness.ts';
import { useAccess } from '#renderer/data/hooks/useAccess.ts';
import { useReauthentication } from '#renderer/data/hooks/useReauthentication.ts';
import { useRecordList } from '#renderer/data/hooks/useRecordList.ts';
import { useRecordWords } from '#renderer/data/hooks/useRecordWords.ts';
import { useReplica } from '#renderer/data/hooks/useReplica.ts';
import { useSyncPart } from '#renderer/data/hooks/useSyncStatus.ts';
import { GuardedButton } from '#renderer/ui/GuardedButton.tsx';
import { ReasonDialog } from '#renderer/ui/ReasonDialog.tsx';
import { RelativeTime } from '#renderer/ui/RelativeTime.tsx';
import { StatusMark } from '#renderer/ui/StatusMark.tsx';
import { useProblemText } from '#renderer/ui/problems/useProblemText.ts';
import { FindingLine } from './FindingLine.tsx';
import classes from './Proof.module.css';

/** The keys that sign the chains, how one vouches for the next, and the heads this console accepted. */
export function KeysTab() {
  const { t } = useTranslation('audit');
  const problemText = useProblemText();
  const words = useRecordWords();
  const access = useAccess();
  const replica = useReplica();
  const confirm = useReauthentication();
  const witness = useWitness();
  const isOnline = useSyncPart((status) => status.connection === 'online' && !status.workOffline);
  const { rows } = useRecordList({ kind: 'auditKey', sort: [{ path: 'body.madeAt', descending: true }] });
  const [isAsking, setAsking] = useState(false);
  const [isRotating, setRotating] = useState(false);
  const ring = useMemo(
    () =>
      openKeyRing({ serverId: witness.server, keys: rows.map(({ record }) => record.body), trusted: witness.firstKey }),
    [rows, witness.server, witness.firstKey],
  );
  const believed = new Set(ring.keys.map((key) => key.keyId));
  const rotate = async () => {
    setAsking(false);
    setRotating(true);
    const outcome = await confirm(() => replica.call('POST', '/v1/audit/keys/rotate', {}));
    setRotating(false);
    if (outcome.ok) notifications.show({ message: t('keys.rotated') });
    else if (outcome.error.code !== 'reauthentication_required')
      notifications.show({ color: 'red', title: t('keys.rotateFailed'), message: problemText(outcome.error) });
  };
  const heads = Object.entries(witness.heads)
    .flatMap(([tenantId, seen]) => seen.map((head) => ({ ...head, tenantId })))
    .toSorted((left, right) => (left.seenAt < right.seenAt ? 1 : -1))
    .slice(0, 200);
  return (
    <>
      <div className={classes.bar}>
        <h2 className={classes.heading}>{t('proof.keys')}</h2>
        <GuardedButton
          variant="default"
          color="red"
          leftSection={<IconKey size={14} />}
          loading={isRotating}
          whyNot={access('audit.manage') || (isOnline ? '' : t('online'))}
          data-testid="rotate-key"
          onClick={() => setAsking(true)}
        >
          {t('keys.rotate')}
        </GuardedButton>
      </div>
      <p className={classes.quiet}>{t('keys.text')}</p>
      {ring.findings.length > 0 && (
        <ol className={classes.findings}>
          {ring.findings.map((finding) => (
            <FindingLine key={`${finding.kind}-${finding.id}`} finding={finding} isFirst={false} />
          ))}
        </ol>
      )}
      <Table className={classes.table} verticalSpacing={6}>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{words.field('auditKey', 'body.keyId')}</Table.Th>
            <Table.Th>{words.field('auditKey', 'body.madeAt')}</Table.Th>
            <Table.Th>{words.field('auditKey', 'body.retiredAt')}</Table.Th>
            <Table.Th>{words.field('auditKey', 'body.endorsedBy')}</Table.Th>
            <Table.Th>{t('proof.state')}</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {rows.map(({ record: { id, body } }) => {
            const keyId = textIn(body, 'keyId');
            const retiredAt = textIn(body, 'retiredAt');
            const state = !believed.has(keyId) ? 'doubtful' : retiredAt === '' ? 'signing' : 'retired';
            return (
              <Table.Tr key={id} data-testid="audit-key" data-state={state}>
                <Table.Td>
                  <code dir="ltr">{keyId}</code>
                </Table.Td>
                <Table.Td>{words.instant(textIn(body, 'madeAt'))}</Table.Td>
                <Table.Td>{words.instant(retiredAt)}</Table.Td>
                <Table.Td>
                  {textIn(body, 'endorsedBy') === '' ? (
                    t('keys.first')
                  ) : (
                    <code dir="ltr">{textIn(body, 'endorsedBy')}</code>
                  )}
                </Table.Td>
                <Table.Td>
                  <StatusMark tone={state === 'doubtful' ? 'danger' : state === 'signing' ? 'success' : 'neutral'}>
                    {t(`keys.${state}`)}
                  </StatusMark>
                </Table.Td>
              </Table.Tr>
            );
          })}
        </Table.Tbody>
      </Table>
      <h2 className={classes.heading}>{t('heads.title')}</h2>
      <p className={classes.quiet}>{heads.length === 0 ? t('heads.none') : t('heads.text')}</p>
      {heads.length > 0 && (
        <div className={classes.frame} tabIndex={0} role="region" aria-label={t('heads.title')}>
          <Table className={classes.table} verticalSpacing={4} stickyHeader>
            <Table.Thead>
              <Table.Tr>
                <Table.Th>{t('proof.chain')}</Table.Th>
                <Table.Th className={classes.number}>{words.field('auditHead', 'body.number')}</Table.Th>
                <Table.Th>{words.field('auditHead', 'body.hash')}</Table.Th>
                <Table.Th>{words.field('auditHead', 'body.signedAt')}</Table.Th>
                <Table.Th>{t('heads.seenAt')}</Table.Th>
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {heads.map((head) => (
                <Table.Tr
                  key={`${head.tenantId}-${head.number}-${head.hash}`}
                  data-testid="witnessed-head"
                  data-chain={head.tenantId}
                  data-number={head.number}
                >
                  <Table.Td>
                    <bdi>{head.tenantId === '' ? t('platform') : words.name('tenant', head.tenantId)}</bdi>
                  </Table.Td>
                  <Table.Td className={classes.number}>{words.number(head.number)}</Table.Td>
                  <Table.Td>
                    <code dir="ltr" title={head.hash}>
                      {head.hash.slice(0, 16)}…
                    </code>
                  </Table.Td>
                  <Table.Td>{words.instant(head.signedAt)}</Table.Td>
                  <Table.Td>
                    <RelativeTime instant={head.seenAt} />
                  </Table.Td>
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
        </div>
      )}
      {isAsking && (
        <ReasonDialog
          danger
          reason="none"
          words={{ title: t('keys.rotateTitle'), confirm: t('keys.rotate'), cancel: t('cancel') }}
          onClose={() => setAsking(false)}
          onConfirm={() => void rotate()}
        >
          <p className={classes.plain}>{t('keys.rotateText')}</p>
        </ReasonDialog>
      )}
    </>
  );
}
