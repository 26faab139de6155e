import { Table } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { IconDevices } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { SessionRecord } from '#shared/resources/access/session.ts';
import type { Staff } from '#shared/resources/access/staff.ts';
import { useAccess } from '#renderer/data/hooks/useAccess.ts';
import { usePrincipal } from '#renderer/data/hooks/usePrincipal.ts';
import { useReauthentication } from '#renderer/data/hooks/useReauthentication.ts';
import { useRecordWords } from '#renderer/data/hooks/useRecordWords.ts';
import { useReplica } from '#renderer/data/hooks/useReplica.ts';
import { EmptyState } from '#renderer/ui/EmptyState.tsx';
import { GrowingRows } from '#renderer/ui/GrowingRows.tsx';
import { GuardedButton } from '#renderer/ui/GuardedButton.tsx';
import { ReasonDialog } from '#renderer/ui/ReasonDialog.tsx';
import { RelativeTime } from '#renderer/ui/RelativeTime.tsx';
import { StatusMark } from '#renderer/ui/StatusMark.tsx';
import { useProblemText } from '#renderer/ui/problems/useProblemText.ts';
import classes from '../Access.module.css';
import { useOnlineReason } from './useOnlineReason.ts';
import { useSessions } from './useSessions.ts';

/** Where the person is and was signed in; a session that lives can be ended. */
export function PersonSessions({ person }: { person: Staff }) {
  const { t } = useTranslation('access');
  const problemText = useProblemText();
  const words = useRecordWords();
  const access = useAccess();
  const replica = useReplica();
  const principal = usePrincipal();
  const confirm = useReauthentication();
  const offline = useOnlineReason();
  const sessions = useSessions(person.id);
  const [ending, setEnding] = useState<SessionRecord>();
  const whyNot = (person.id === principal?.id ? '' : access('sessions.manage')) || offline;
  const end = async (session: SessionRecord) => {
    setEnding(undefined);
    const path = `/v1/sessions/${encodeURIComponent(session.id)}/revoke`;
    const outcome = await confirm(() => replica.call('POST', path));
    notifications.show(
      outcome.ok
        ? { message: t('sessions.ended') }
        : { color: 'red', title: t('failed'), message: problemText(outcome.error) },
    );
  };
  if (sessions.all.length === 0)
    return (
      <EmptyState
        icon={<IconDevices size={32} />}
        title={t(sessions.state === 'reading' ? 'reading' : 'sessions.none')}
        description={sessions.state === 'reading' ? undefined : access('sessions.view_all') || t('sessions.noneText')}
      />
    );
  return (
    <>
      <Table verticalSpacing={8} data-testid="sessions">
        <Table.Thead>
          <Table.Tr>
            {(['device', 'method', 'network', 'startedAt', 'lastSeenAt'] as const).map((name) => (
              <Table.Th key={name}>{words.field('session', `body.${name}`)}</Table.Th>
            ))}
            <Table.Th>{words.field('session', 'status')}</Table.Th>
            <Table.Th aria-label={t('sessions.end')} />
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          <GrowingRows
            rows={sessions.all}
            subject={person.id}
            render={(session) => (
              <Table.Tr key={session.id} data-testid={`session-${session.id}`}>
                <Table.Td>
                  <bdi>{session.body.device || session.body.clientId}</bdi>
                  <span className={classes.second}>{session.body.appVersion}</span>
                </Table.Td>
                <Table.Td>{words.value('session', 'body.method', session.body.method)}</Table.Td>
                <Table.Td>
                  <code dir="ltr">{session.body.network.slice(0, 12)}</code>
                </Table.Td>
                <Table.Td>
                  <RelativeTime instant={session.body.startedAt} />
                </Table.Td>
                <Table.Td>
                  <RelativeTime instant={session.body.lastSeenAt} />
                </Table.Td>
                <Table.Td>
                  <StatusMark tone={words.tone('session', session.status)}>
                    {words.state('session', session.status)}
                  </StatusMark>
                  {session.body.endReason !== '' && (
                    <span className={classes.second}>
                      {t(`sessions.reason.${session.body.endReason}`, { defaultValue: session.body.endReason })}
                    </span>
                  )}
                </Table.Td>
                <Table.Td className={classes.end}>
                  {session.status === 'active' && (
                    <GuardedButton
                      size="compact-xs"
                      variant="subtle"
                      color="red"
                      whyNot={whyNot}
                      data-testid={`end-${session.id}`}
                      onClick={() => setEnding(session)}
                    >
                      {t('sessions.end')}
                    </GuardedButton>
                  )}
                </Table.Td>
              </Table.Tr>
            )}
          />
        </Table.Tbody>
      </Table>
      {ending && (
        <ReasonDialog
          reason="none"
          danger
          words={{ title: t('sessions.endTitle'), confirm: t('sessions.end'), cancel: t('cancel') }}
          onClose={() => setEnding(undefined)}
          onConfirm={() => void end(ending)}
        >
          {t('sessions.endText')}
        </ReasonDialog>
      )}
    </>
  );
}
