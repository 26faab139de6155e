import { Badge, Menu, Button } from '@mantine/core';
import { IconBuilding, IconCopy, IconDotsVertical, IconEye, IconFlask, IconTrash } from '@tabler/icons-react';
import { notifications } from '@mantine/notifications';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocation } from 'wouter';
import { useAccess } from '#renderer/data/hooks/useAccess.ts';
import { useReplica } from '#renderer/data/hooks/useReplica.ts';
import { useViewAs } from '#renderer/data/hooks/viewAsContext.ts';
import { useRoleWords } from '#renderer/data/hooks/useRoleWords.ts';
import type { SyncBadge } from '#renderer/data/replicaApi.ts';
import { GuardedMenuItem } from '#renderer/ui/GuardedMenuItem.tsx';
import { ReasonDialog } from '#renderer/ui/ReasonDialog.tsx';
import { RelativeTime } from '#renderer/ui/RelativeTime.tsx';
import { SyncMark } from '#renderer/ui/SyncMark.tsx';
import { useNow } from '#renderer/ui/useNow.ts';
import detailPage from '#renderer/ui/DetailPage.module.css';
import { useProblemText } from '#renderer/ui/problems/useProblemText.ts';
import { holdersOf } from '../holders.ts';
import { usePeople } from '../useRoles.ts';
import type { RoleEditor } from './useRoleEditor.ts';

/** The role's name and standing, and what can be done with it as a whole. */
export function RoleHeader({ editor, badge }: { editor: RoleEditor; badge: SyncBadge | undefined }) {
  const { t } = useTranslation('access');
  const problemText = useProblemText();
  const roleWords = useRoleWords();
  const access = useAccess();
  const replica = useReplica();
  const viewAs = useViewAs();
  const people = usePeople();
  const now = useNow();
  const [, navigate] = useLocation();
  const [removing, setRemoving] = useState(false);
  const { role, draft, changes } = editor;
  const name = roleWords.name({ ...draft, isSystem: role?.body.isSystem }) || t('role.new');
  const holders = role ? holdersOf(role.id, people.all, now).length : 0;
  const look = () => {
    viewAs.begin({
      roleId: role?.id ?? '',
      name,
      key: draft.key || 'new',
      draft: changes > 0,
      rights: draft,
    });
    navigate('/');
  };
  const remove = async () => {
    setRemoving(false);
    if (!role) return;
    const outcome = await replica.remove('role', role.id);
    if (outcome.ok) navigate('/roles');
    else notifications.show({ color: 'red', title: t('failed'), message: problemText(outcome.error) });
  };
  const whyNotRemove = role?.body.isSystem ? t('role.systemStays') : role ? access('roles.delete', role) : '';
  return (
    <header className={detailPage.head}>
      <div className={detailPage.headWords}>
        <div className={detailPage.marks}>
          {role?.body.isSystem && (
            <Badge size="sm" variant="light" color="gray">
              {t('role.systemMark')}
            </Badge>
          )}
          {draft.key !== '' && (
            <code dir="ltr" data-testid="role-key">
              {draft.key}
            </code>
          )}
          {draft.tenants.length > 0 && (
            <span>
              <IconBuilding size={12} aria-hidden="true" /> {t('roles.limited', { count: draft.tenants.length })}
            </span>
          )}
          {role && <span>{t('roles.holders', { count: holders })}</span>}
          {role && (
            <span>
              {t('role.changed')} <RelativeTime instant={role.updatedAt} />
            </span>
          )}
          {badge && <SyncMark badge={badge} />}
        </div>
        <h1 className={detailPage.title}>
          <bdi>{name}</bdi>
        </h1>
      </div>
      <div className={detailPage.headActions}>
        <Button size="xs" variant="default" leftSection={<IconEye size={14} />} data-testid="view-as" onClick={look}>
          {t('role.viewAs')}
        </Button>
        {role && (
          <Button
            size="xs"
            variant="default"
            leftSection={<IconFlask size={14} />}
            data-testid="simulate-role"
            onClick={() => navigate(`/roles/simulator?role=${encodeURIComponent(role.id)}`)}
          >
            {t('role.simulate')}
          </Button>
        )}
        {role && (
          <Menu position="bottom-end">
            <Menu.Target>
              <Button size="xs" variant="default" leftSection={<IconDotsVertical size={14} />} data-testid="role-more">
                {t('more')}
              </Button>
            </Menu.Target>
            <Menu.Dropdown>
              <GuardedMenuItem
                whyNot={access('roles.create')}
                leftSection={<IconCopy size={14} />}
                data-testid="copy-role"
                onClick={() => navigate(`/roles/new?copy=${encodeURIComponent(role.id)}`)}
              >
                {t('role.copy')}
              </GuardedMenuItem>
              <GuardedMenuItem
                whyNot={whyNotRemove}
                color="red"
                leftSection={<IconTrash size={14} />}
                data-testid="remove-role"
                onClick={() => setRemoving(true)}
              >
                {t('role.remove')}
              </GuardedMenuItem>
            </Menu.Dropdown>
          </Menu>
        )}
      </div>
      {removing && (
        <ReasonDialog
          reason="none"
          danger
          words={{ title: t('role.removeTitle', { name }), confirm: t('role.remove'), cancel: t('cancel') }}
          onClose={() => setRemoving(false)}
          onConfirm={() => void remove()}
        >
          {t('role.removeText', { count: holders })}
        </ReasonDialog>
      )}
    </header>
  );
}
