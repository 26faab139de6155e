import { Button, Menu, Modal } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import {
  IconDeviceMobileOff,
  IconDotsVertical,
  IconKey,
  IconLockOpen,
  IconMailForward,
  IconUserCheck,
  IconUserOff,
} from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Staff } from '#shared/resources/access/staff.ts';
import { useAccess } from '#renderer/data/hooks/useAccess.ts';
import { usePrincipal } from '#renderer/data/hooks/usePrincipal.ts';
import { useRecordWords } from '#renderer/data/hooks/useRecordWords.ts';
import { useReplica } from '#renderer/data/hooks/useReplica.ts';
import type { SyncBadge } from '#renderer/data/replicaApi.ts';
import detailPage from '#renderer/ui/DetailPage.module.css';
import { GuardedButton } from '#renderer/ui/GuardedButton.tsx';
import { GuardedMenuItem } from '#renderer/ui/GuardedMenuItem.tsx';
import { ReasonDialog } from '#renderer/ui/ReasonDialog.tsx';
import { RelativeTime } from '#renderer/ui/RelativeTime.tsx';
import { StatusMark } from '#renderer/ui/StatusMark.tsx';
import { SyncMark } from '#renderer/ui/SyncMark.tsx';
import { useProblemText } from '#renderer/ui/problems/useProblemText.ts';
import { useProvenWrite } from '../useProvenWrite.ts';
import { OneTimeLinkView } from './OneTimeLinkView.tsx';
import { factsOfSessions, noSessions } from './sessionFacts.ts';
import { useAccountActs } from './useAccountActs.ts';
import type { LinkKind } from './useAccountActs.ts';
import { useOnlineReason } from './useOnlineReason.ts';
import { useSessions } from './useSessions.ts';

type Asked = LinkKind | 'second-factor' | 'status';

/** Who this is, and what can be done with their account. */
export function PersonHeader({ person, badge }: { person: Staff; badge: SyncBadge }) {
  const { t } = useTranslation('access');
  const problemText = useProblemText();
  const words = useRecordWords();
  const access = useAccess();
  const replica = useReplica();
  const proven = useProvenWrite();
  const principal = usePrincipal();
  const offline = useOnlineReason();
  const acts = useAccountActs(person.id);
  const sessions = useSessions(person.id);
  const [asked, setAsked] = useState<Asked>();
  const [shown, setShown] = useState<LinkKind>();
  const facts = factsOfSessions(sessions.all).get(person.id) ?? noSessions;
  const self = person.id === principal?.id ? t('person.self') : '';
  const whyNotManage = self || access('staff.manage') || offline;
  const whyNotStatus = self || access('staff.edit', person);
  const active = person.status === 'active';
  const tell = (outcome: boolean, done: string) =>
    notifications.show(
      outcome ? { message: done } : { color: 'red', title: t('failed'), message: acts.problem || t('person.tryAgain') },
    );
  const unlock = async () => tell(await acts.unlock(), t('person.unlocked'));
  const removeFactor = async () => tell(await acts.removeSecondFactor(), t('person.factorRemoved'));
  const makeLink = async (kind: LinkKind) => {
    setAsked(undefined);
    setShown(kind);
    await acts.makeLink(kind);
  };
  const changeStatus = async (reason: string) => {
    setAsked(undefined);
    const outcome = await proven(() =>
      replica.edit('staff', person.id, {
        status: active ? 'disabled' : 'active',
        ...(reason === '' ? {} : { reason }),
      }),
    );
    if (!outcome.ok) notifications.show({ color: 'red', title: t('failed'), message: problemText(outcome.error) });
  };
  return (
    <header className={detailPage.head}>
      <div className={detailPage.headWords}>
        <div className={detailPage.marks}>
          <StatusMark tone={words.tone('staff', person.status)}>{words.state('staff', person.status)}</StatusMark>
          <bdi>{person.body.email}</bdi>
          <span>
            {facts.lastSeenAt === '' ? (
              t('people.notSeen')
            ) : (
              <>
                {t('people.seen')} <RelativeTime instant={facts.lastSeenAt} />
              </>
            )}
          </span>
          <span>{t(facts.secondFactor === 'used' ? 'people.factorUsedLong' : 'people.factorUnknownLong')}</span>
          <SyncMark badge={badge} />
        </div>
        <h1 className={detailPage.title}>
          <bdi>{person.body.displayName}</bdi>
        </h1>
      </div>
      <div className={detailPage.headActions}>
        <GuardedButton
          size="xs"
          variant="default"
          color={active ? 'red' : undefined}
          leftSection={active ? <IconUserOff size={14} /> : <IconUserCheck size={14} />}
          whyNot={whyNotStatus}
          data-testid="change-status"
          onClick={() => setAsked('status')}
        >
          {t(active ? 'person.disable' : 'person.enable')}
        </GuardedButton>
        <Menu position="bottom-end" width={260}>
          <Menu.Target>
            <Button size="xs" variant="default" leftSection={<IconDotsVertical size={14} />} data-testid="person-more">
              {t('person.account')}
            </Button>
          </Menu.Target>
          <Menu.Dropdown>
            <GuardedMenuItem
              whyNot={whyNotManage}
              leftSection={<IconMailForward size={14} />}
              data-testid="make-invitation"
              onClick={() => setAsked('invitation')}
            >
              {t('person.invitation')}
            </GuardedMenuItem>
            <GuardedMenuItem
              whyNot={whyNotManage}
              leftSection={<IconKey size={14} />}
              data-testid="make-reset"
              onClick={() => setAsked('password-reset')}
            >
              {t('person.passwordReset')}
            </GuardedMenuItem>
            <GuardedMenuItem
              whyNot={whyNotManage}
              leftSection={<IconLockOpen size={14} />}
              data-testid="unlock"
              onClick={() => void unlock()}
            >
              {t('person.unlock')}
            </GuardedMenuItem>
            <GuardedMenuItem
              whyNot={whyNotManage}
              color="red"
              leftSection={<IconDeviceMobileOff size={14} />}
              data-testid="remove-factor"
              onClick={() => setAsked('second-factor')}
            >
              {t('person.removeFactor')}
            </GuardedMenuItem>
          </Menu.Dropdown>
        </Menu>
      </div>
      {asked === 'status' && (
        <ReasonDialog
          reason={active ? 'required' : 'optional'}
          danger={active}
          words={{
            title: t(active ? 'person.disableTitle' : 'person.enableTitle', { name: person.body.displayName }),
            confirm: t(active ? 'person.disable' : 'person.enable'),
            cancel: t('cancel'),
            reason: t('grants.reason'),
            reasonMissing: t('save.reasonMissing'),
          }}
          onClose={() => setAsked(undefined)}
          onConfirm={(reason) => void changeStatus(reason)}
        >
          {t(active ? 'person.disableText' : 'person.enableText', { count: facts.active })}
        </ReasonDialog>
      )}
      {(asked === 'invitation' || asked === 'password-reset') && (
        <ReasonDialog
          reason="none"
          words={{ title: t(`person.ask.${asked}`), confirm: t('person.makeLink'), cancel: t('cancel') }}
          onClose={() => setAsked(undefined)}
          onConfirm={() => void makeLink(asked)}
        >
          {t(`person.askText.${asked}`, { name: person.body.displayName })}
        </ReasonDialog>
      )}
      {asked === 'second-factor' && (
        <ReasonDialog
          reason="none"
          danger
          words={{ title: t('person.removeFactor'), confirm: t('person.remove'), cancel: t('cancel') }}
          onClose={() => setAsked(undefined)}
          onConfirm={() => {
            setAsked(undefined);
            void removeFactor();
          }}
        >
          {t('person.removeFactorText', { name: person.body.displayName })}
        </ReasonDialog>
      )}
      {shown && (acts.link || acts.problem !== '') && (
        <Modal
          opened
          centered
          closeOnClickOutside={false}
          title={t(`person.ask.${shown}`)}
          onClose={() => setShown(undefined)}
        >
          {acts.link ? <OneTimeLinkView link={acts.link} purpose={shown} /> : <p role="alert">{acts.problem}</p>}
        </Modal>
      )}
    </header>
  );
}
