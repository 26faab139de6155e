import { Table } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { IconPlus } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { RecordEnvelope } from '#shared/records/envelope.ts';
import { textIn } from '#shared/records/readBody.ts';
import { useAccess } from '#renderer/data/hooks/useAccess.ts';
import { useRecordList } from '#renderer/data/hooks/useRecordList.ts';
import { useRecordWords } from '#renderer/data/hooks/useRecordWords.ts';
import { useReplica } from '#renderer/data/hooks/useReplica.ts';
import { GuardedButton } from '#renderer/ui/GuardedButton.tsx';
import { ReasonDialog } from '#renderer/ui/ReasonDialog.tsx';
import { RelativeTime } from '#renderer/ui/RelativeTime.tsx';
import { StatusMark } from '#renderer/ui/StatusMark.tsx';
import { useNow } from '#renderer/ui/useNow.ts';
import { useProblemText } from '#renderer/ui/problems/useProblemText.ts';
import classes from './Integrations.module.css';
import { NewKeyDialog } from './NewKeyDialog.tsx';
import { useOnlineReason } from './useOnlineReason.ts';

/** Keys shown; nobody has more in use. */
const keysShown = 500;

/** The keys with which tenants' systems send events: made here, shown once, revoked here. */
export function ApiKeys() {
  const { t } = useTranslation('automation');
  const problemText = useProblemText();
  const words = useRecordWords();
  const replica = useReplica();
  const access = useAccess();
  const offline = useOnlineReason();
  const now = useNow();
  const [asked, setAsked] = useState<'new' | RecordEnvelope>();
  const noRight = access('apiKeys.view');
  const found = useRecordList({
    kind: 'apiKey',
    sort: [{ path: 'createdAt', descending: true }],
    limit: keysShown,
  });
  const revoke = async (record: RecordEnvelope) => {
    setAsked(undefined);
    const outcome = await replica.call('POST', `/v1/api-keys/${encodeURIComponent(record.id)}/revoke`);
    notifications.show(
      outcome.ok
        ? { message: t('keys.revoked', { name: words.title(record) }) }
        : { color: 'red', title: t('failed'), message: problemText(outcome.error) },
    );
  };
  const stateOf = (record: RecordEnvelope) => {
    const expiresAt = textIn(record.body, 'expiresAt');
    if (record.status === 'active' && expiresAt !== '' && Date.parse(expiresAt) < now) return 'expired';
    return record.status === 'active' ? 'active' : 'revoked';
  };
  return (
    <section className={classes.section} aria-label={t('keys.title')}>
      <div className={classes.headRow}>
        <div>
          <h2 className={classes.heading}>{t('keys.title')}</h2>
          <p className={classes.quiet}>{noRight || t('keys.text')}</p>
        </div>
        <GuardedButton
          leftSection={<IconPlus size={14} />}
          whyNot={access('apiKeys.create') || offline}
          data-testid="new-key"
          onClick={() => setAsked('new')}
        >
          {t('keys.new')}
        </GuardedButton>
      </div>
      {found.rows.length === 0 ? (
        noRight === '' && <p className={classes.quiet}>{t(found.state === 'reading' ? 'reading' : 'keys.empty')}</p>
      ) : (
        <Table verticalSpacing={6}>
          <Table.Thead>
            <Table.Tr>
              <Table.Th>{t('keys.name')}</Table.Th>
              <Table.Th>{t('keys.key')}</Table.Th>
              <Table.Th>{words.kind('tenant')}</Table.Th>
              <Table.Th>{t('keys.state')}</Table.Th>
              <Table.Th>{t('keys.lastUsed')}</Table.Th>
              <Table.Th>{t('keys.expires')}</Table.Th>
              <Table.Th aria-label={t('keys.revoke')} />
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {found.rows.map(({ record }) => {
              const state = stateOf(record);
              const [lastUsed, expires] = [textIn(record.body, 'lastUsedAt'), textIn(record.body, 'expiresAt')];
              return (
                <Table.Tr key={record.id} data-testid={`key-${record.id}`}>
                  <Table.Td>
                    <bdi>{words.title(record)}</bdi>
                  </Table.Td>
                  <Table.Td>
                    <code className={classes.code} dir="ltr">
                      {textIn(record.body, 'prefix')}…
                    </code>
                  </Table.Td>
                  <Table.Td>{record.tenantId === '' ? t('platform') : words.name('tenant', record.tenantId)}</Table.Td>
                  <Table.Td>
                    <StatusMark tone={state === 'active' ? 'success' : 'neutral'}>{t(`keys.${state}State`)}</StatusMark>
                  </Table.Td>
                  <Table.Td>{lastUsed === '' ? t('rules.never') : <RelativeTime instant={lastUsed} />}</Table.Td>
                  <Table.Td>{expires === '' ? t('keys.noExpiry') : words.instant(expires)}</Table.Td>
                  <Table.Td className={classes.end}>
                    {record.status === 'active' && (
                      <GuardedButton
                        size="compact-xs"
                        variant="subtle"
                        color="red"
                        whyNot={access('apiKeys.edit', record) || offline}
                        data-testid={`revoke-${record.id}`}
                        onClick={() => setAsked(record)}
                      >
                        {t('keys.revoke')}
                      </GuardedButton>
                    )}
                  </Table.Td>
                </Table.Tr>
              );
            })}
          </Table.Tbody>
        </Table>
      )}
      {asked === 'new' && <NewKeyDialog onClose={() => setAsked(undefined)} />}
      {asked !== undefined && asked !== 'new' && (
        <ReasonDialog
          reason="none"
          danger
          words={{
            title: t('keys.revokeTitle', { name: words.title(asked) }),
            confirm: t('keys.revoke'),
            cancel: t('cancel'),
          }}
          onClose={() => setAsked(undefined)}
          onConfirm={() => void revoke(asked)}
        >
          {t('keys.revokeText')}
        </ReasonDialog>
      )}
    </section>
  );
}
