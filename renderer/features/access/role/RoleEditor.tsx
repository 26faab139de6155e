import { Button, Kbd, Tabs } from '@mantine/core';
import { useHotkeys } from '@mantine/hooks';
import { notifications } from '@mantine/notifications';
import { IconAlertTriangle, IconInfoCircle } from '@tabler/icons-react';
import type { ComponentType } from 'react';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useRoleWords } from '#renderer/data/hooks/useRoleWords.ts';
import { useLocation } from 'wouter';
import type { SyncBadge } from '#renderer/data/replicaApi.ts';
import { FormFoot } from '#renderer/ui/FormFoot.tsx';
import { GuardedButton } from '#renderer/ui/GuardedButton.tsx';
import { LeaveGuard } from '#renderer/ui/LeaveGuard.tsx';
import detailPage from '#renderer/ui/DetailPage.module.css';
import { useProblemText } from '#renderer/ui/problems/useProblemText.ts';
import type { RecordEnvelope } from '#shared/records/envelope.ts';
import type { Role } from '#shared/resources/access/role.ts';
import { useRoles } from '../useRoles.ts';
import { AboutTab } from './AboutTab.tsx';
import { FieldsTab } from './FieldsTab.tsx';
import { HoldersTab } from './HoldersTab.tsx';
import { PermissionsTab } from './PermissionsTab.tsx';
import classes from './Role.module.css';
import type { RoleDraft } from './roleDraft.ts';
import { RoleHeader } from './RoleHeader.tsx';
import { SaveRoleDialog } from './SaveRoleDialog.tsx';
import { useRoleEditor } from './useRoleEditor.ts';

interface RoleEditorProps {
  /** Undefined = a new one. */
  role: Role | undefined;
  badge?: SyncBadge;
  /** What a new role begins with; undefined = what was left unsaved, or nothing. */
  initial?: RoleDraft | undefined;
  /** Under which what is typed is kept. */
  draftId: string;
  /** The log of a record, which another feature draws. */
  History: ComponentType<{ record: RecordEnvelope }>;
}

/** What a role may do, where, with which fields; who holds it, and what a change would mean to them. */
export function RoleEditor({ role, badge, initial, draftId, History }: RoleEditorProps) {
  const { t } = useTranslation('access');
  const problemText = useProblemText();
  const roleWords = useRoleWords();
  const [, navigate] = useLocation();
  const roles = useRoles();
  const taken = useMemo(() => new Set(roles.all.map((one) => one.body.key)), [roles]);
  const editor = useRoleEditor({ role, initial, draftId, taken });
  const [tab, setTab] = useState<string>(role ? 'permissions' : 'about');
  const [asking, setAsking] = useState(false);
  const { draft, change, whyNot } = editor;
  const readOnly = whyNot !== '';
  const ask = () => {
    if (readOnly || editor.changes === 0) return;
    if (editor.problem === '') setAsking(true);
    else {
      setTab('about');
      notifications.show({ color: 'red', title: t('role.notSaved'), message: editor.problem });
    }
  };
  useHotkeys([['mod+S', ask, { usePhysicalKeys: true }]], []);
  const save = async (reason: string) => {
    setAsking(false);
    const outcome = await editor.save(reason);
    if (!outcome.ok) {
      notifications.show({ color: 'red', title: t('role.notSaved'), message: problemText(outcome.error) });
      return;
    }
    notifications.show({ message: t('role.saved', { name: draft.name }) });
    if (!role) navigate(`/roles/${outcome.value.id}`);
  };
  const title = roleWords.name({ ...draft, isSystem: role?.body.isSystem }) || t('role.new');
  return (
    <article className={detailPage.page} aria-label={title} data-testid="role-page">
      <RoleHeader editor={editor} badge={badge} />
      {readOnly && (
        <p className={classes.lock} data-testid="role-locked">
          <IconInfoCircle size={14} aria-hidden="true" /> {whyNot}
        </p>
      )}
      <Tabs
        value={tab}
        onChange={(value) => setTab(value ?? 'permissions')}
        keepMounted={false}
        className={detailPage.tabs}
      >
        <Tabs.List px="sm">
          {(['permissions', 'fields', 'about', 'holders', 'history'] as const)
            .filter((name) => role || (name !== 'holders' && name !== 'history'))
            .map((name) => (
              <Tabs.Tab key={name} value={name} data-testid={`tab-${name}`}>
                {t(`role.tab.${name}`)}
              </Tabs.Tab>
            ))}
        </Tabs.List>
        <Tabs.Panel value="permissions" className={classes.panel}>
          <PermissionsTab editor={editor} roles={roles.all} />
        </Tabs.Panel>
        <Tabs.Panel value="fields" className={classes.panel}>
          <FieldsTab
            rules={draft.fieldRules}
            permissions={draft.permissions}
            onChange={readOnly ? undefined : (fieldRules) => change({ fieldRules })}
          />
        </Tabs.Panel>
        <Tabs.Panel value="about" className={classes.scroll}>
          <AboutTab editor={editor} />
        </Tabs.Panel>
        <Tabs.Panel value="holders" className={classes.scroll}>
          {role && <HoldersTab role={role} />}
        </Tabs.Panel>
        <Tabs.Panel value="history" className={classes.scroll}>
          {role && <History record={role} />}
        </Tabs.Panel>
      </Tabs>
      {!readOnly && (
        <FormFoot
          dirty={editor.changes > 0}
          state={
            <>
              {editor.problem !== '' && editor.changes > 0 && <IconAlertTriangle size={14} aria-hidden="true" />}
              {editor.changes === 0
                ? t('role.nothingUnsaved')
                : editor.problem || t(editor.restored ? 'role.restored' : 'role.unsaved', { count: editor.changes })}
            </>
          }
          data-testid="role-state"
        >
          <Button
            size="xs"
            variant="default"
            disabled={editor.changes === 0}
            data-testid="discard-role"
            onClick={editor.discard}
          >
            {t('role.discard')}
          </Button>
          <GuardedButton
            size="xs"
            whyNot={editor.changes === 0 ? t('role.nothingUnsaved') : editor.problem}
            rightSection={<Kbd size="xs">Ctrl S</Kbd>}
            data-testid="save-role"
            onClick={ask}
          >
            {t('role.save')}
          </GuardedButton>
        </FormFoot>
      )}
      {asking && (
        <SaveRoleDialog editor={editor} onClose={() => setAsking(false)} onSave={(reason) => void save(reason)} />
      )}
      <LeaveGuard dirty={editor.changes > 0 && !readOnly} title={title} onDiscard={editor.discard} />
    </article>
  );
}
