import { Alert, Badge } from '@mantine/core';
import { IconAlertCircle, IconDeviceDesktop, IconDeviceLaptop } from '@tabler/icons-react';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useRecordList } from '#renderer/data/hooks/useRecordList.ts';
import { useReauthentication } from '#renderer/data/hooks/useReauthentication.ts';
import { useReplica } from '#renderer/data/hooks/useReplica.ts';
import { useSyncPart } from '#renderer/data/hooks/useSyncStatus.ts';
import { GuardedButton } from '#renderer/ui/GuardedButton.tsx';
import { RelativeTime } from '#renderer/ui/RelativeTime.tsx';
import { useProblemText } from '#renderer/ui/problems/useProblemText.ts';
import { session } from '#shared/resources/access/session.ts';
import classes from './Account.module.css';
import { AccountRow } from './AccountRow.tsx';

interface SessionsCardProps {
  staffId: string;
  /** The session of this console; '' = not known yet. */
  sessionId: string;
}

const systems: Readonly<Record<string, string>> = { linux: 'Linux', darwin: 'macOS', win32: 'Windows' };

/** Where the person is signed in, live; each can be ended, and ended ones lose what they hold. */
export function SessionsCard({ staffId, sessionId }: SessionsCardProps) {
  const { t } = useTranslation('account');
  const problemText = useProblemText();
  const replica = useReplica();
  const confirm = useReauthentication();
  const online = useSyncPart((status) => status.connection === 'online' && !status.workOffline);
  const [problem, setProblem] = useState('');
  const [ending, setEnding] = useState('');
  const query = useMemo(
    () => ({
      kind: 'session',
      filters: [
        { path: 'body.staffId', operator: 'is' as const, value: staffId },
        { path: 'status', operator: 'is' as const, value: 'active' },
      ],
      sort: [{ path: 'body.lastSeenAt', descending: true }],
    }),
    [staffId],
  );
  const { rows, state } = useRecordList(query);
  const sessions = rows
    .map(({ record }) => ({ id: record.id, body: session.body.parse(record.body) }))
    .sort((left, right) => Number(right.id === sessionId) - Number(left.id === sessionId));
  const whyNot = online ? '' : t('needsConnection');
  const revoke = async (id: string) => {
    setEnding(id);
    setProblem('');
    const outcome = await confirm(() => replica.call('POST', `/v1/sessions/${id}/revoke`));
    setEnding('');
    if (!outcome.ok && outcome.error.code !== 'reauthentication_required')
      setProblem(
        problemText(outcome.error, t(`problem.${outcome.error.code}`, { defaultValue: outcome.error.message })),
      );
  };
  return (
    <section className={classes.card} aria-label={t('sessions.title')} data-testid="sessions">
      <div className={classes.cardHead}>
        <div className={classes.cardWords}>
          <h2 className={classes.cardTitle}>{t('sessions.title')}</h2>
          <p className={classes.quiet}>{t('sessions.text')}</p>
        </div>
        {sessions.length > 1 && (
          <GuardedButton
            variant="default"
            whyNot={whyNot}
            loading={ending === 'others'}
            data-testid="revoke-others"
            onClick={() => void revoke('others')}
          >
            {t('sessions.endOthers')}
          </GuardedButton>
        )}
      </div>
      {problem !== '' && (
        <Alert color="red" icon={<IconAlertCircle size={16} />} m="0 16px 12px" role="alert">
          {problem}
        </Alert>
      )}
      {sessions.map(({ id, body }) => (
        <AccountRow
          key={id}
          testId={`session-${id}`}
          icon={id === sessionId ? <IconDeviceDesktop size={18} /> : <IconDeviceLaptop size={18} />}
          title={
            <>
              <bdi>{deviceName(body.device)}</bdi>
              {id === sessionId && <Badge variant="light">{t('sessions.this')}</Badge>}
            </>
          }
          text={
            <>
              {t(`sessions.method.${body.method}`)} · {t('sessions.begun')} <RelativeTime instant={body.startedAt} /> ·{' '}
              {t('sessions.seen')} <RelativeTime instant={body.lastSeenAt} />
              {body.network !== '' && (
                <>
                  {' '}
                  · {t('sessions.network')} <bdi>{body.network}</bdi>
                </>
              )}
            </>
          }
        >
          {id !== sessionId && (
            <GuardedButton
              variant="subtle"
              color="red"
              whyNot={whyNot}
              loading={ending === id}
              data-testid={`revoke-${id}`}
              onClick={() => void revoke(id)}
            >
              {t('sessions.end')}
            </GuardedButton>
          )}
        </AccountRow>
      ))}
      {state === 'ready' && sessions.length === 0 && (
        <p className={`${classes.row} ${classes.quiet}`}>{t('sessions.none')}</p>
      )}
    </section>
  );
}

/** What a console says of its computer (`linux 45.4.1`) in words; other clients name themselves. */
function deviceName(device: string): string {
  const [platform = '', version] = device.split(' ');
  const system = systems[platform];
  if (!system) return device === '' ? '—' : device;
  return version ? `Steward · ${system}` : system;
}
